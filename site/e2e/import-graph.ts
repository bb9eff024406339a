/** Which scripts a script needs, from the built files themselves. */
import { globSync } from 'node:fs';
import { posix } from 'node:path';
import { siteFolder } from '../../scripts/build-site.ts';
import { builtFile, builtPage } from './site-pages.ts';

export interface BuiltIsland {
  /** Paths of its own script and of the framework's. */
  readonly component: string;
  readonly renderer: string;
}

/** The islands of a page. */
export function islandsOf(path: string): BuiltIsland[] {
  const tags = builtPage(path).match(/<astro-island\b[^>]*>/g) ?? [];
  return tags.map((tag) => ({
    component: attribute(tag, 'component-url'),
    renderer: attribute(tag, 'renderer-url'),
  }));
}

/** A script and all that it imports before it runs; with `lazyToo`, later. */
export function importGraph(
  path: string,
  { lazyToo = false } = {},
): Set<string> {
  const found = new Set<string>();
  const follow = (script: string) => {
    if (found.has(script)) return;
    found.add(script);
    const code = builtFile(script).toString('utf8');
    for (const [, lazy, file] of code.matchAll(
      /\b(?:from|import)\s*(\()?\s*["'`](\.\.?\/[^"'`]+\.js)["'`]/g,
    )) {
      if (file === undefined || (lazy && !lazyToo)) continue;
      follow(posix.join(posix.dirname(script), file));
    }
  };
  follow(path);
  return found;
}

/** The scripts that run in a thread of their own. */
export function workerFiles(): string[] {
  return globSync('_astro/*.worker*.js', { cwd: siteFolder }).map(
    (file) => `/${posix.normalize(file)}`,
  );
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
  if (value === undefined) throw new Error(`no ${name} in ${tag}`);
  return value;
}
