import { expect, test } from 'vitest';
import { Random } from './random.ts';

test('the same seed gives the same numbers, another seed gives others', () => {
  const numbers = (seed: number) => {
    const random = new Random(seed);
    return Array.from({ length: 20 }, () => random.u32());
  };
  expect(numbers(7)).toEqual(numbers(7));
  expect(numbers(7)).not.toEqual(numbers(8));
});

test('the first numbers of a seed never change: seeds are kept in notes', () => {
  const random = new Random(1);
  expect([random.u32(), random.u32(), random.u32()]).toMatchInlineSnapshot(`
    [
      1969785453,
      3789556499,
      2405725258,
    ]
  `);
});

test('below() reaches every value and no other', () => {
  const random = new Random(3);
  const seen = new Set<number>();
  for (let turn = 0; turn < 1000; turn++) seen.add(random.below(6));
  expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5]);
});

test('chance() comes out about as often as it says', () => {
  const random = new Random(4);
  let hits = 0;
  for (let turn = 0; turn < 10_000; turn++) if (random.chance(0.2)) hits++;
  expect(hits).toBeGreaterThan(1800);
  expect(hits).toBeLessThan(2200);
});
