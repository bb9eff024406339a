import { expect, test } from 'vitest';
import { orderFourCalls } from './order-four-calls.ts';
import { SAVE_CALLS, type SaveCall } from './order-four-calls-answer.ts';

test('of the 24 orders exactly one keeps every promise', async () => {
  const right: string[] = [];
  for (const order of permutations(SAVE_CALLS.map(({ step }) => step))) {
    const { passed } = await orderFourCalls.check(order);
    if (passed) right.push(order.join(' '));
  }
  expect(right).toEqual([orderFourCalls.solution.join(' ')]);
});

function permutations(calls: readonly SaveCall[]): SaveCall[][] {
  if (calls.length === 0) return [[]];
  return calls.flatMap((call) => {
    const rest = calls.filter((other) => other !== call);
    return permutations(rest).map((tail) => [call, ...tail]);
  });
}
