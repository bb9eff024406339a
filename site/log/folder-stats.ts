/**
 * What stands behind a post: the engine's files that it explains, counted at
 * build from the files themselves, so that the numbers cannot go stale.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export type FolderStats = {
  files: number;
  lines: number;
  tests: number;
};

const testCall = /^\s*(?:test|it)(?:\.\w+)*(?:\(|`)/gm;

/**
 * Statistics of `folders`, each a path below `root`: a folder such as `disk`,
 * or a file without its extension such as `ladder/1-json-file`. A folder with
 * no file in it throws: the post would explain nothing.
 */
export function folderStats(
  folders: readonly string[],
  root = resolve('engine'),
): FolderStats {
  const stats = { files: 0, lines: 0, tests: 0 };
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'));
  for (const folder of folders) {
    const inside = paths.filter((path) => belongsTo(path, folder));
    if (inside.length === 0) {
      throw new Error(`engine/${folder} has no source file`);
    }
    for (const path of inside) {
      const source = readFileSync(join(root, path), 'utf8');
      if (isTestFile(path)) {
        stats.tests += source.match(testCall)?.length ?? 0;
      } else {
        stats.files += 1;
        stats.lines += source.trimEnd().split('\n').length;
      }
    }
  }
  return stats;
}

/** How many golden stories a post has: scenario files named after it. */
export function countScenarios(
  postNumber: number,
  folder = resolve('engine/scenarios/golden'),
): number {
  const prefix = `${String(postNumber).padStart(2, '0')}-`;
  return readdirSync(folder).filter(
    (name) => name.startsWith(prefix) && name.endsWith('.scenario'),
  ).length;
}

// A suite is test code too: every engine that keeps the contract runs it.
function isTestFile(path: string): boolean {
  return /(?:\.test|-suite|-conformance)\.ts$/.test(path);
}

function belongsTo(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`) || path.startsWith(`${folder}.`);
}
