/**
 * One hash over everything that a build reads. Equal hashes mean that a build
 * would give the same files again, so it can be left out.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/**
 * The hash of the files below `root` that the glob patterns name; a pattern
 * with `!` before it leaves files out. A file's path counts as well as its
 * bytes: a renamed page is another site.
 */
export function inputHash(root: string, patterns: readonly string[]): string {
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!'));
  const exclude = patterns
    .filter((pattern) => pattern.startsWith('!'))
    .map((pattern) => pattern.slice(1));
  const paths = globSync(wanted, { cwd: root, exclude })
    .filter((path) => statSync(join(root, path)).isFile())
    .map((path) => path.split(sep).join('/'))
    .sort();
  const hash = createHash('sha256');
  for (const path of new Set(paths)) {
    const bytes = readFileSync(join(root, path));
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/** Whether the stamp file is absent or was written for another hash. */
export function isStale(stampPath: string, hash: string): boolean {
  return !existsSync(stampPath) || readFileSync(stampPath, 'utf8') !== hash;
}
