/**
 * Builds the site into dist/ (Astro, then pagefind's search index), unless
 * what stands there was built from the same files. `npm start`, the link
 * check and the end-to-end tests all ask here, and the first one builds.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inputHash, isStale } from './input-hash.ts';
import { runNode, toolPath } from './run-tool.ts';

const repository = join(import.meta.dirname, '..');

/** Where the built site stands. */
export const siteFolder = join(repository, 'dist');

// A dot file, so that the static server does not show it.
const stampPath = join(siteFolder, '.build-stamp');

// The engine's tests are inputs too: posts print how many there are.
const inputPatterns = [
  'astro.config.mjs',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
  'site/**',
  '!site/e2e/**',
  'blog/**',
  'engine/**',
  'images/**',
  'scripts/build-site.ts',
];

export interface BuildOptions {
  /** Build even when nothing has changed. */
  readonly force?: boolean;
  readonly report?: (line: string) => void;
}

/** Brings dist/ up to date. Throws, with the tool's output, on failure. */
export async function buildSite({
  force = false,
  report = console.log,
}: BuildOptions = {}): Promise<'built' | 'fresh'> {
  // Taken before the build: an edit made during it counts as not yet built.
  const { SITE_URL = '' } = process.env;
  const hash = `${inputHash(repository, inputPatterns)} ${SITE_URL}`;
  if (!force && !isStale(stampPath, hash)) return 'fresh';
  const startMs = performance.now();
  report('Building the site, which takes some seconds ...');
  rmSync(stampPath, { force: true });
  await runStep('astro build', [toolPath('astro'), 'build']);
  await runStep('pagefind', [toolPath('pagefind'), '--site', siteFolder]);
  writeFileSync(stampPath, hash);
  const seconds = (performance.now() - startMs) / 1000;
  report(`Built in ${seconds.toFixed(1)} s.`);
  return 'built';
}

async function runStep(name: string, args: readonly string[]): Promise<void> {
  const { exitCode, output } = await runNode(args, { output: 'keep' });
  if (exitCode !== 0) throw new Error(`${name} failed:\n${output}`);
}

if (import.meta.main) {
  const force = process.argv.includes('--force');
  const report = (line: string) => console.log(line);
  await buildSite({ force, report }).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
