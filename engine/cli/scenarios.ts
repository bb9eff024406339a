/**
 * `npm run scenarios`: runs the golden stories and compares their answers.
 *
 *   npm run scenarios -- [NAME ...] [--rewrite]
 *
 * `--rewrite` puts today's answers into the files; the diff is the review. A
 * new file needs only its commands. Exit status: 0 all as written, 1 some
 * differ, 2 bad arguments.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { replayScenario } from '../scenarios/replay-scenario.ts';

const FOLDER = new URL('../scenarios/golden/', import.meta.url);
const ENDING = '.scenario';

/** Runs the command; returns the exit status. */
export async function runScenarios(argv: readonly string[]): Promise<number> {
  const parsed = readArguments(argv);
  if (parsed === undefined) return 2;
  const { values, positionals } = parsed;
  const all = readdirSync(FOLDER)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length));
  const unknown = positionals.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    process.stderr.write(`no such scenario: ${unknown.join(', ')}\n`);
    return 2;
  }
  let differing = 0;
  const names = positionals.length > 0 ? positionals : all;
  for (const name of names) {
    const file = new URL(`${name}${ENDING}`, FOLDER);
    const written = readFileSync(file, 'utf8');
    const replayed = await replayScenario(written);
    if (replayed === written) continue;
    differing++;
    process.stdout.write(
      `${name}: ${values.rewrite ? 'rewritten' : 'differs'}\n`,
    );
    if (values.rewrite) writeFileSync(file, replayed);
    else process.stdout.write(`${replayed}\n`);
  }
  process.stdout.write(`${names.length} scenarios, ${differing} differing\n`);
  return differing === 0 || values.rewrite ? 0 : 1;
}

function readArguments(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: { rewrite: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message}\n`);
    return undefined;
  }
}

if (import.meta.main) {
  process.exitCode = await runScenarios(process.argv.slice(2));
}
