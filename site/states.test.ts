import { expect, test } from 'vitest';
import { states } from './states.ts';
import { readColorToken } from './styles/read-tokens.ts';

type Rgb = readonly [number, number, number];

function rgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function luminance(hex: string): number {
  const [r, g, b] = rgb(hex).map((channel) => {
    const c = channel / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort(
    (x, y) => x - y,
  );
  return (light + 0.05) / (dark + 0.05);
}

const coloured = states
  .map(({ name }) => name)
  .filter((name) => name !== 'clean' && name !== 'free');

test('a state named in the text reads well on paper, in both themes', () => {
  for (const name of coloured) {
    const token = `state-${name}-text`;
    for (const [theme, atLeast] of [
      ['light', 5.6],
      ['dark', 7.5],
    ] as const) {
      const ratio = contrast(
        readColorToken(token, theme),
        readColorToken('paper', theme),
      );
      expect(ratio, `${token} in ${theme}`).toBeGreaterThan(atLeast);
    }
  }
});

test('every fill carries its label at 5.6:1 or more', () => {
  const ink = readColorToken('label-ink', 'light');
  const paper = readColorToken('label-paper', 'light');
  for (const name of coloured) {
    const fill = readColorToken(`state-${name}-fill`, 'light');
    const label = name === 'history' || name === 'broken' ? paper : ink;
    expect(contrast(fill, label), name).toBeGreaterThan(5.5);
  }
});

test('soft ink and code comments stay readable', () => {
  for (const theme of ['light', 'dark'] as const) {
    const paper = readColorToken('paper', theme);
    const ground = readColorToken('code-ground', theme);
    const soft = readColorToken('ink-soft', theme);
    expect(contrast(soft, paper)).toBeGreaterThan(7);
    const comment = readColorToken('code-comment', theme);
    expect(contrast(comment, ground)).toBeGreaterThan(5);
  }
});
