/**
 * `npm test`: the checks, then the tests in three runs: in Node, in a real
 * browser, and end to end against the built site. Ends with one plain line,
 * `N passed, N failed`, over all of them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecks } from './check.ts';
import { runNode, toolPath } from './run-tool.ts';
import { addTallies, readTally, type Tally, tallyLine } from './tally.ts';

// One run after another: a browser beside busy unit tests misses deadlines.
const testRuns: readonly (readonly string[])[] = [
  ['engine', 'site'],
  ['browser'],
  ['e2e'],
];

async function runTests(
  projects: readonly string[],
  reportFolder: string,
): Promise<Tally> {
  console.log(`\nTests: ${projects.join(', ')}`);
  const reportPath = join(reportFolder, `${projects.join('-')}.json`);
  const args = [
    ...[toolPath('vitest'), 'run'],
    ...projects.flatMap((project) => ['--project', project]),
    ...['--reporter=default', '--reporter=json'],
    `--outputFile.json=${reportPath}`,
  ];
  const { exitCode } = await runNode(args, { output: 'show' });
  return readTally(reportPath, exitCode);
}

async function testEverything(): Promise<Tally> {
  const checks = await runChecks();
  const passed = checks.filter((check) => check.passed).length;
  const tallies: Tally[] = [{ passed, failed: checks.length - passed }];
  const reportFolder = mkdtempSync(join(tmpdir(), 'wrongodb-test-'));
  try {
    for (const projects of testRuns) {
      tallies.push(await runTests(projects, reportFolder));
    }
  } finally {
    rmSync(reportFolder, { recursive: true });
  }
  return addTallies(tallies);
}

const total = await testEverything();
console.log(`\n${tallyLine(total)}`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
