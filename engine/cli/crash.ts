/**
 * `npm run crash`: crash campaigns over every fixed rung, and the kill table.
 *
 *   npm run crash -- [--seconds 60] [--seed S] [--rung NAME] [--json FILE]
 *   npm run crash -- --mutants [--seed S] [--json FILE]
 *
 * Prints the states tried and the violations, with the seed that repeats
 * them. Exit status: 0 all promises kept (or all mutants killed), 1 a promise
 * broken (or a mutant alive), 2 bad arguments.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { zlibCrc32 } from '../bytes/crc32-node.ts';
import { rungNamed } from '../ladder/open-store.ts';
import { RUNGS, type Rung, WRONG_RULES } from '../ladder/wrong-switches.ts';
import { CrashCampaign } from '../simulation/crash-campaign.ts';
import { failEveryCall } from '../simulation/fault-campaign.ts';
import { flipEveryBit } from '../simulation/flip-campaign.ts';
import {
  huntMutant,
  type MutantResult,
  underTest,
} from '../simulation/mutants.ts';

const USAGE = `npm run crash -- [--seconds 60] [--seed S] [--rung NAME] [--json FILE]
npm run crash -- --mutants [--seed S] [--json FILE]
Rungs: ${RUNGS.join(', ')}.`;

interface CrashArguments {
  readonly seconds: number;
  readonly seed: number;
  readonly rungs: readonly Rung[];
  readonly json: string | undefined;
  readonly mutants: boolean;
}

/** Runs the command; returns the exit status. */
export async function runCrash(argv: readonly string[]): Promise<number> {
  let options: CrashArguments;
  try {
    options = readArguments(argv);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message}\n\n${USAGE}\n`);
    return 2;
  }
  return options.mutants ? hunt(options) : campaign(options);
}

function readArguments(argv: readonly string[]): CrashArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string' },
      rung: { type: 'string' },
      json: { type: 'string' },
      mutants: { type: 'boolean', default: false },
    },
  });
  const seed = values.seed ?? String(Date.now() % 1_000_000_000);
  return {
    seconds: positive('--seconds', values.seconds),
    seed: positive('--seed', seed),
    rungs: values.rung === undefined ? RUNGS : [rungNamed(values.rung)],
    json: values.json,
    mutants: values.mutants,
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new Error(`${name} takes a whole number from 1; got ${text}`);
}

async function campaign(options: CrashArguments): Promise<number> {
  const { seed, rungs, seconds } = options;
  process.stdout.write(`seed ${seed}\n`);
  const share = (seconds * 1000) / rungs.length;
  const results = [];
  let broken = 0;
  for (const rung of rungs) {
    const result = await campaignOf(rung, seed, share);
    results.push(result);
    broken += result.violations.length + result.flipViolations;
    broken += result.faultViolations;
    printCampaign(result);
  }
  writeJson(options.json, { seed, seconds, results });
  const states = results.reduce((sum, { counts }) => sum + counts.states, 0);
  process.stdout.write(`\n${states} crash states, ${broken} violations\n`);
  return broken === 0 ? 0 : 1;
}

/** Nine tenths of the time for crashes, the rest for faults and flips. */
async function campaignOf(rung: Rung, seed: number, milliseconds: number) {
  const start = Date.now();
  const store = underTest(rung, zlibCrc32);
  const crashes = new CrashCampaign(store, seed);
  let shownAt = start;
  await crashes.run(({ states }) => {
    const now = Date.now();
    if (process.stderr.isTTY && now - shownAt > 500) {
      shownAt = now;
      process.stderr.write(`\r${rung}: ${states} crash states`);
    }
    return now - start > milliseconds * 0.9;
  });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  const others = { flips: 0, flipViolations: 0, faults: 0, faultViolations: 0 };
  for (let turn = 0; Date.now() - start < milliseconds || turn === 0; turn++) {
    const faults = await failEveryCall(store, seed + turn);
    others.faults += faults.states;
    others.faultViolations += faults.violations.length;
    // Rung 1 has no checksum: it believes flipped bits, and says so.
    if (rung === 'json-file') continue;
    const flips = await flipEveryBit(store, seed + turn);
    others.flips += flips.flips;
    others.flipViolations += flips.violations.length;
  }
  const violations = [...crashes.violations.values()];
  return { rung, counts: crashes.counts, violations, ...others };
}

function printCampaign(result: Awaited<ReturnType<typeof campaignOf>>): void {
  const { rung, counts, violations } = result;
  process.stdout.write(
    `\n${rung}\n` +
      `  ${counts.states} crash states of ${counts.workloads} workloads ` +
      `(${counts.repeated} more looked the same), ` +
      `${counts.violations} violations\n` +
      `  ${result.faults} states after disk errors, ` +
      `${result.faultViolations} violations\n` +
      `  ${result.flips} flipped bits, ${result.flipViolations} violations\n`,
  );
  for (const { promise, seed, stepIndex, evidence, depth } of violations) {
    process.stdout.write(
      `  BROKEN ${promise}: ${evidence}\n` +
        `    --rung ${rung} --seed ${seed}, step ${stepIndex}, depth ${depth}\n`,
    );
  }
}

async function hunt(options: CrashArguments): Promise<number> {
  process.stdout.write(`seed ${options.seed}\n\n`);
  const results: MutantResult[] = [];
  for (const rule of WRONG_RULES) {
    if (!options.rungs.includes(rule.rung)) continue;
    const result = await huntMutant(rule, zlibCrc32, options.seed);
    results.push(result);
    process.stdout.write(
      `${result.killed ? 'killed  ' : 'ALIVE   '} ${rule.rung.padEnd(10)} ` +
        `${rule.name.padEnd(28)} ${rule.promise}\n` +
        `         ${result.statesTried} states; ${result.evidence}\n`,
    );
  }
  const alive = results.filter(({ killed }) => !killed).length;
  writeJson(options.json, { seed: options.seed, mutants: results });
  process.stdout.write(
    `\n${results.length - alive} mutants killed, ${alive} alive\n`,
  );
  return alive === 0 ? 0 : 1;
}

function writeJson(file: string | undefined, result: object): void {
  if (file === undefined) return;
  writeFileSync(file, `${JSON.stringify(result, undefined, 2)}\n`);
}

if (import.meta.main) process.exitCode = await runCrash(process.argv.slice(2));
