import { describe, expect, test } from 'vitest';
import {
  addTallies,
  readTally,
  type TestReport,
  tallyLine,
  tallyOf,
} from './tally.ts';

function reportOf(...files: readonly (readonly string[])[]): TestReport {
  return {
    testResults: files.map((statuses) => ({
      status: statuses.includes('failed') ? 'failed' : 'passed',
      assertionResults: statuses.map((status) => ({ status })),
    })),
  };
}

describe('a tally', () => {
  test('counts passed and failed tests, and skipped ones as neither', () => {
    const report = reportOf(['passed', 'skipped', 'failed'], ['passed']);
    expect(tallyOf(report, 1)).toEqual({ passed: 2, failed: 1 });
  });

  test('counts a file that could not be loaded as one failure', () => {
    const report: TestReport = {
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
      ],
    };
    expect(tallyOf(report, 1)).toEqual({ passed: 1, failed: 1 });
  });

  test('counts a bad end without a failed test as one failure', () => {
    const report = reportOf(['passed']);
    expect(tallyOf(report, 1)).toEqual({ passed: 1, failed: 1 });
  });

  test('counts a run without tests as one failure', () => {
    expect(tallyOf(reportOf(), 0)).toEqual({ passed: 0, failed: 1 });
    expect(tallyOf(reportOf(['skipped']), 0).failed).toBe(1);
  });

  test('counts a run that left no report as one failure', () => {
    expect(readTally('/nowhere/report.json', 0).failed).toBe(1);
  });
});

test('tallies add up to one plain line', () => {
  const sum = addTallies([
    { passed: 7, failed: 0 },
    { passed: 120, failed: 2 },
  ]);
  expect(tallyLine(sum)).toBe('127 passed, 2 failed');
});
