/**
 * Counts of passed and failed tests, read from Vitest's JSON report and added
 * up. A run that ended badly never counts as zero failures: a file that cannot
 * be loaded, a crash before the first test and an unhandled error all show.
 */
import { existsSync, readFileSync } from 'node:fs';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** The part of Vitest's JSON report that is read here. */
export interface TestReport {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** The tally of a run that wrote its report to `path` and ended so. */
export function readTally(path: string, exitCode: number): Tally {
  if (!existsSync(path)) return { passed: 0, failed: 1 };
  const report: TestReport = JSON.parse(readFileSync(path, 'utf8'));
  return tallyOf(report, exitCode);
}

/** Counts a report's tests. A run without any test counts as one failure. */
export function tallyOf(report: TestReport, exitCode: number): Tally {
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const count = (status: string) =>
    tests.filter((result) => result.status === status).length;
  const brokenFilesCount = report.testResults.filter(
    (file) =>
      file.status === 'failed' &&
      file.assertionResults.every((result) => result.status !== 'failed'),
  ).length;
  const passed = count('passed');
  const failed = count('failed') + brokenFilesCount;
  const endedBadly = exitCode !== 0 || passed === 0;
  return { passed, failed: failed === 0 && endedBadly ? 1 : failed };
}

export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, { passed, failed }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
    }),
    { passed: 0, failed: 0 },
  );
}

/** The closing line of `npm test`. */
export function tallyLine({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}
