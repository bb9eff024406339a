/**
 * `npm run check`: everything that can be said about the repository without
 * running its tests. Two lanes, because two cores are what a small machine
 * has; the steps of a lane run one after another. One line for each step, and
 * the whole output of a step that fails.
 */
import { join } from 'node:path';
import { runNode, toolPath } from './run-tool.ts';

interface CheckStep {
  readonly name: string;
  readonly args: readonly string[];
}

export interface CheckResult {
  readonly name: string;
  readonly passed: boolean;
}

const script = (name: string) => join(import.meta.dirname, name);
const nativeCompiler = toolPath('@typescript/native', 'tsc');

// Astro's check and its build write the same cache: they share a lane.
const lanes: readonly (readonly CheckStep[])[] = [
  [
    { name: 'types: site', args: [toolPath('astro'), 'check'] },
    { name: 'links', args: [script('check-links.ts')] },
  ],
  [
    {
      name: 'types: engine core',
      args: [nativeCompiler, '-p', 'engine/tsconfig.json'],
    },
    {
      name: 'types: engine in Node, tests, scripts',
      args: [nativeCompiler, '-p', 'engine/tsconfig.node.json'],
    },
    {
      name: 'format and lint',
      args: [
        ...[toolPath('@biomejs/biome'), 'ci', '--error-on-warnings'],
        ...[`--colors=${process.stdout.isTTY ? 'force' : 'off'}`, '.'],
      ],
    },
    { name: 'layers', args: [script('layers.ts')] },
    { name: 'unused code', args: [toolPath('knip')] },
  ],
];

/** Runs every step, a failing one not stopping the rest, and reports each. */
export async function runChecks(): Promise<CheckResult[]> {
  const results = await Promise.all(lanes.map(runLane));
  return results.flat();
}

async function runLane(steps: readonly CheckStep[]): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const step of steps) results.push(await runStep(step));
  return results;
}

async function runStep({ name, args }: CheckStep): Promise<CheckResult> {
  const startMs = performance.now();
  const { exitCode, output } = await runNode(args, { output: 'keep' });
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  const passed = exitCode === 0;
  const line = `${passed ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`;
  console.log(passed ? line : `${line}\n${output}\n`);
  return { name, passed };
}

if (import.meta.main) {
  const results = await runChecks();
  const failed = results.filter(({ passed }) => !passed);
  if (failed.length > 0) {
    console.log(`failed: ${failed.map(({ name }) => name).join(', ')}`);
    process.exitCode = 1;
  }
}
