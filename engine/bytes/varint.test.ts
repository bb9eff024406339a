import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AssertionError } from '../base/assert.ts';
import { CorruptionError } from '../base/errors.ts';
import { bytesToHex, hexToBytes } from './hex.ts';
import {
  decodeVarint,
  encodeVarint,
  VARINT_SIZE_BYTES_MAX,
  varintSizeBytes,
} from './varint.ts';

const source = { file: 'cats.log', startOffset: 1000 };

function encodeAlone(value: number): Uint8Array {
  const target = new Uint8Array(VARINT_SIZE_BYTES_MAX);
  return target.subarray(0, encodeVarint(value, target, 0));
}

// Small and large values alike: a uniform choice would hardly ever be short.
const anyValue = fc
  .tuple(fc.integer({ min: 0, max: 53 }), fc.maxSafeNat())
  .map(([bits, value]) => value % 2 ** bits);

describe('a varint', () => {
  test.each([
    [0, '00'],
    [1, '01'],
    [127, '7f'],
    [128, '80 01'],
    [300, 'ac 02'],
    [16_383, 'ff 7f'],
    [16_384, '80 80 01'],
    [0xffff_ffff, 'ff ff ff ff 0f'],
    [0x1_0000_0000, '80 80 80 80 10'],
    [Number.MAX_SAFE_INTEGER, 'ff ff ff ff ff ff ff 0f'],
  ])('%i is stored as %s', (value, hex) => {
    expect(bytesToHex(encodeAlone(value), ' ')).toBe(hex);
    expect(decodeVarint(hexToBytes(hex), 0, source)).toBe(value);
  });

  test('every value comes back, and its size is the distance moved', () => {
    fc.assert(
      fc.property(anyValue, fc.nat({ max: 5 }), (value, offset) => {
        const target = new Uint8Array(20).fill(0xee);
        const next = encodeVarint(value, target, offset);
        expect(next - offset).toBe(varintSizeBytes(value));
        expect(decodeVarint(target, offset, source)).toBe(value);
        expect(target.subarray(0, offset).every((b) => b === 0xee)).toBe(true);
        expect(target.subarray(next).every((b) => b === 0xee)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  test('the size grows at each power of 128', () => {
    for (let size = 1; size < VARINT_SIZE_BYTES_MAX; size++) {
      expect(varintSizeBytes(128 ** size - 1)).toBe(size);
      expect(varintSizeBytes(128 ** size)).toBe(size + 1);
    }
  });

  test('bytes that decode are bytes that encode, so one spelling each', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 10 }), (bytes) => {
        let value: number;
        try {
          value = decodeVarint(bytes, 0, source);
        } catch (error) {
          expect(error).toBeInstanceOf(CorruptionError);
          return;
        }
        const size = varintSizeBytes(value);
        expect(encodeAlone(value)).toEqual(bytes.subarray(0, size));
      }),
      { numRuns: 5_000 },
    );
  });

  test.each([
    ['nothing at all', '', 'runs past'],
    ['a byte that promises another', 'ac', 'runs past'],
    ['a padded 300', 'ac 82 00', 'longer than needed'],
    ['a padded zero', '80 00', 'longer than needed'],
    ['2^53', '80 80 80 80 80 80 80 10', 'exceeds 2^53 - 1'],
    ['an eighth byte that goes on', 'ff ff ff ff ff ff ff 8f 00', 'exceeds'],
  ])('%s is corruption', (_what, hex, reason) => {
    const behindTwoBytes = hexToBytes(`00 00 ${hex}`);
    const decode = () => decodeVarint(behindTwoBytes, 2, source);
    expect(decode).toThrow(CorruptionError);
    expect(decode).toThrow(`cats.log at offset 1002: varint`);
    expect(decode).toThrow(reason);
  });

  test.each([-1, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])(
    '%d breaks the assertion instead of being rounded',
    (value) => {
      expect(() => encodeAlone(value)).toThrow(AssertionError);
    },
  );

  test('it is never cut off at the end of its target', () => {
    const target = new Uint8Array(4);
    expect(() => encodeVarint(300, target, 3)).toThrow(AssertionError);
    expect(target).toEqual(new Uint8Array(4));
    expect(encodeVarint(300, target, 2)).toBe(4);
  });
});
