import { expect, test } from 'vitest';
import { FEWEST_WRITERS, fiveHundred } from './five-hundred.ts';
import type { CommitChoice } from './five-hundred-answer.ts';

test('par is the fewest writers that are fast enough', async () => {
  const shared = (writers: number): CommitChoice => ({
    writers,
    grouping: 'shared',
    acknowledge: 'after-sync',
    drive: 'honest',
  });
  const enough = await fiveHundred.check(shared(FEWEST_WRITERS));
  expect(enough.passed).toBe(true);
  const tooFew = await fiveHundred.check(shared(FEWEST_WRITERS - 1));
  expect(tooFew.message).toContain('too slow');
});
