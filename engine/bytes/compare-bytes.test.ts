import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareBytes, equalBytes } from './compare-bytes.ts';

const shortBytes = fc.uint8Array({ maxLength: 12 });

describe('compareBytes', () => {
  test.each([
    ['nothing before anything', [], [0], -1],
    ['a prefix before what it begins', [1, 2], [1, 2, 0], -1],
    ['the first difference decides, not the length', [2], [1, 9, 9], 1],
    ['bytes are unsigned', [0x7f], [0x80], -1],
    ['the last byte counts', [1, 2, 3], [1, 2, 4], -1],
    ['equal bytes are equal', [1, 2, 3], [1, 2, 3], 0],
  ])('%s', (_rule, left, right, sign) => {
    const a = Uint8Array.from(left);
    const b = Uint8Array.from(right);
    expect(Math.sign(compareBytes(a, b))).toBe(sign);
    expect(Math.sign(compareBytes(b, a)) + sign).toBe(0);
  });

  test('it agrees with memcmp, as Buffer.compare calls it', () => {
    fc.assert(
      fc.property(shortBytes, shortBytes, (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('equalBytes', () => {
  test('it is true exactly when the comparison is zero', () => {
    // Few distinct values, so that equal pairs do come up.
    const twoValues = fc.uint8Array({ maxLength: 4, max: 1 });
    fc.assert(
      fc.property(twoValues, twoValues, (a, b) => {
        expect(equalBytes(a, b)).toBe(compareBytes(a, b) === 0);
      }),
      { numRuns: 5_000 },
    );
  });

  test('a view equals a copy of the bytes that it shows', () => {
    const whole = Uint8Array.of(9, 1, 2, 9);
    expect(equalBytes(whole.subarray(1, 3), Uint8Array.of(1, 2))).toBe(true);
  });

  test('a prefix is not equal to what it begins', () => {
    expect(equalBytes(Uint8Array.of(1), Uint8Array.of(1, 0))).toBe(false);
  });
});
