/**
 * What every rung must do, as a table of cases that need no test runner.
 *
 * Why a table: an OPFS disk exists only inside a dedicated worker, where
 * vitest does not run. There the worker runs these cases and reports to its
 * page; everywhere else key-value-conformance.ts wraps the same ones.
 */
import { answerCases } from './key-value-answer-suite.ts';
import { argumentCases } from './key-value-argument-suite.ts';
import type { StoreCase } from './key-value-expectation-suite.ts';
import { checkStoreAgainstModel } from './key-value-model-suite.ts';
import { reopeningCases } from './key-value-reopening-suite.ts';

export const storeCases: readonly StoreCase[] = [
  ...answerCases,
  ...argumentCases,
  ...reopeningCases,
  {
    name: 'random commands do what they do to a Map',
    run: checkStoreAgainstModel,
  },
];
