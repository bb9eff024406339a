/**
 * Colours out of tokens.css, for the two places that cannot use a CSS
 * variable: the code themes and the share images, both drawn at build time.
 * Without this, a colour would be written twice and drift.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export type ThemeName = 'light' | 'dark';

const tokensPath = resolve('site/styles/tokens.css');
const colour = '#[0-9a-f]{6}';

/** The colour of a token such as `ink` in one theme. Throws if absent. */
export function readColorToken(name: string, theme: ThemeName): string {
  const css = readFileSync(tokensPath, 'utf8');
  const pair = new RegExp(
    `--${name}: (?:light-dark\\((${colour}), (${colour})\\)|(${colour}));`,
  ).exec(css);
  const value = pair?.[theme === 'light' ? 1 : 2] ?? pair?.[3];
  if (value === undefined) {
    throw new Error(`tokens.css has no colour token --${name}`);
  }
  return value;
}
