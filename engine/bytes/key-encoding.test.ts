import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CorruptionError, InvalidInputError } from '../base/errors.ts';
import { compareBytes } from './compare-bytes.ts';
import { bytesToHex, hexToBytes } from './hex.ts';
import { decodeKey, encodeKey, type KeyPart } from './key-encoding.ts';

const source = { file: 'cats.index', startOffset: 8192 };

// The order by type, written without a look at bytes: the tests' oracle.

const typeRanks = ['number', 'bigint', 'string', 'object'];

function comparePlain<T extends number | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareLists<T>(
  a: readonly T[],
  b: readonly T[],
  compareItems: (a: T, b: T) => number,
): number {
  for (const [index, item] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = compareItems(item, other);
    if (order !== 0) return order;
  }
  return comparePlain(a.length, b.length);
}

function compareNumbers(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) {
    return comparePlain(Number.isNaN(a) ? 0 : 1, Number.isNaN(b) ? 0 : 1);
  }
  return comparePlain(a, b);
}

function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}

function compareParts(a: KeyPart, b: KeyPart): number {
  if (typeof a === 'number' && typeof b === 'number') {
    return compareNumbers(a, b);
  }
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    return comparePlain(a, b);
  }
  if (typeof a === 'string' && typeof b === 'string') {
    return compareLists(codePoints(a), codePoints(b), comparePlain);
  }
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    return compareLists(Array.from(a), Array.from(b), comparePlain);
  }
  return comparePlain(typeRanks.indexOf(typeof a), typeRanks.indexOf(typeof b));
}

function compareTuples(a: readonly KeyPart[], b: readonly KeyPart[]): number {
  return compareLists(a, b, compareParts);
}

function encodedOrder(a: readonly KeyPart[], b: readonly KeyPart[]): number {
  return Math.sign(compareBytes(encodeKey(a), encodeKey(b)));
}

/** What storing makes of a part: there is one zero and one NaN. */
function asStored(part: KeyPart): KeyPart {
  return part === 0 ? 0 : part;
}

// Small alphabets, so that equal prefixes, zero bytes and ff bytes are common.

const numbers = fc.oneof(
  fc.double(),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 5e-324, -5e-324),
);
const bigints = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -3n, max: 3n }),
);
const strings = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({
    unit: fc.constantFrom('\0', '\u0001', 'a', 'b', '\uffff', '\u{10000}'),
    maxLength: 4,
  }),
);
const byteStrings = fc.oneof(
  fc.uint8Array({ maxLength: 6 }),
  fc
    .array(fc.constantFrom(0, 1, 0x10, 0xfe, 0xff), { maxLength: 4 })
    .map((bytes) => Uint8Array.from(bytes)),
);
const parts: fc.Arbitrary<KeyPart> = fc.oneof(
  numbers,
  bigints,
  strings,
  byteStrings,
);
const tuples = fc.array(parts, { maxLength: 3 });

describe('the encoded order is the order by type', () => {
  test.each<[string, fc.Arbitrary<KeyPart>]>([
    ['numbers', numbers],
    ['bigints', bigints],
    ['strings', strings],
    ['bytes', byteStrings],
    ['parts of all types', parts],
  ])('of 20,000 pairs of %s', (_type, anyPart) => {
    fc.assert(
      fc.property(anyPart, anyPart, (a, b) => {
        expect(encodedOrder([a], [b])).toBe(compareParts(a, b));
      }),
      { numRuns: 20_000 },
    );
  });

  test('of 20,000 pairs of tuples, part by part', () => {
    fc.assert(
      fc.property(tuples, tuples, (a, b) => {
        expect(encodedOrder(a, b)).toBe(compareTuples(a, b));
      }),
      { numRuns: 20_000 },
    );
  });

  test('of tuples that share a beginning', () => {
    fc.assert(
      fc.property(tuples, tuples, tuples, (start, a, b) => {
        const left = [...start, ...a];
        const right = [...start, ...b];
        expect(encodedOrder(left, right)).toBe(compareTuples(left, right));
      }),
      { numRuns: 20_000 },
    );
  });

  test('for a list from the least number to the greatest bytes', () => {
    const ascending: KeyPart[][] = [
      [],
      [Number.NaN],
      [-Infinity],
      [-Number.MAX_VALUE],
      [-1],
      [-5e-324],
      [0],
      [5e-324],
      [1],
      [9],
      [10],
      [Infinity],
      [-(2n ** 63n)],
      [-1n],
      [0n],
      [2n ** 63n - 1n],
      [''],
      ['', 'z'],
      ['\0'],
      ['a'],
      ['a', 'bc'],
      ['a\0'],
      ['ab'],
      ['ab', 'c'],
      ['\uffff'],
      ['\u{10000}'],
      [Uint8Array.of()],
      [Uint8Array.of(0)],
      [Uint8Array.of(0, 0)],
      [Uint8Array.of(0, 0xff)],
      [Uint8Array.of(0xff)],
    ];
    for (const [i, left] of ascending.entries()) {
      for (const [j, right] of ascending.entries()) {
        expect(encodedOrder(left, right)).toBe(Math.sign(i - j));
      }
    }
  });

  test('and all keys that begin with a tuple lie in one range', () => {
    fc.assert(
      fc.property(tuples, tuples, (start, other) => {
        const from = encodeKey(start);
        const to = Uint8Array.from([...from, 0xff]);
        const key = encodeKey(other);
        const inRange =
          compareBytes(from, key) <= 0 && compareBytes(key, to) < 0;
        const begins =
          other.length >= start.length &&
          compareTuples(other.slice(0, start.length), start) === 0;
        expect(inRange).toBe(begins);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('decodeKey', () => {
  test('it gives back every key, with one zero and one NaN', () => {
    fc.assert(
      fc.property(tuples, (key) => {
        const decoded = decodeKey(encodeKey(key), source);
        expect(decoded).toEqual(key.map(asStored));
      }),
      { numRuns: 20_000 },
    );
  });

  test('whatever it accepts is what encodeKey writes', () => {
    // Random bytes are hardly ever a key, so damage real ones as well.
    const damagedKeys = fc
      .tuple(tuples, fc.nat({ max: 40 }), fc.nat({ max: 255 }))
      .map(([key, index, byte]) => {
        const bytes = encodeKey(key);
        if (index < bytes.length) bytes[index] = byte;
        return bytes;
      });
    const anyBytes = fc.uint8Array({ maxLength: 12 });
    fc.assert(
      fc.property(fc.oneof(damagedKeys, anyBytes), (bytes) => {
        let key: KeyPart[];
        try {
          key = decodeKey(bytes, source);
        } catch (error) {
          expect(error).toBeInstanceOf(CorruptionError);
          return;
        }
        expect(bytesToHex(encodeKey(key))).toBe(bytesToHex(bytes));
      }),
      { numRuns: 20_000 },
    );
  });

  test('its byte strings do not share memory with the key', () => {
    const bytes = encodeKey([Uint8Array.of(1, 2)]);
    const [part] = decodeKey(bytes, source);
    bytes.fill(9);
    expect(part).toEqual(Uint8Array.of(1, 2));
  });

  test.each([
    ['an unknown tag', '11', 8192],
    ['a number cut short', '10 80 00 00', 8192],
    ['a string without its end', '20 61', 8192],
    ['a string that ends in an escape', '20 61 00 ff', 8192],
    ['a second string without its end', '20 61 00 30 61', 8195],
    ['text that is not UTF-8', '20 c0 af 00', 8193],
    ['minus zero', '10 7f ff ff ff ff ff ff ff', 8192],
    ['a second NaN', '10 ff f8 00 00 00 00 00 00', 8192],
  ])('%s is corruption', (_what, hex, offset) => {
    const decode = () => decodeKey(hexToBytes(hex), source);
    expect(decode).toThrow(CorruptionError);
    expect(decode).toThrow(`cats.index at offset ${offset}:`);
  });
});

describe('encodeKey', () => {
  test.each<[string, KeyPart[], string]>([
    ['-1 and a\\0', [-1, 'a\0'], '10 400fffffffffffff 20 61 00ff 00'],
    ['1', [1], '10 bff0000000000000'],
    ['0', [0], '10 8000000000000000'],
    ['-0', [-0], '10 8000000000000000'],
    ['NaN', [Number.NaN], '10 0000000000000000'],
    ['-1n', [-1n], '18 7fffffffffffffff'],
    ['1n', [1n], '18 8000000000000001'],
    ['the empty string', [''], '20 00'],
    ['é', ['é'], '20 c3a9 00'],
    ['00 ff as bytes', [Uint8Array.of(0, 0xff)], '30 00ff ff 00'],
    ['no parts', [], ''],
  ])('%s has the bytes of the format', (_what, key, hex) => {
    expect(bytesToHex(encodeKey(key))).toBe(hex.replaceAll(' ', ''));
  });

  test.each([
    ['a bigint above int64', 2n ** 63n],
    ['a bigint below int64', -(2n ** 63n) - 1n],
    ['half a surrogate pair', '\ud83d'],
  ])('%s is refused', (_what, part) => {
    expect(() => encodeKey([part])).toThrow(InvalidInputError);
  });

  test('a part of another type is refused, also without types', () => {
    const untyped: unknown[] = JSON.parse('[null, true, {"a": 1}]');
    for (const part of untyped) {
      const encode = () => encodeKey([part as KeyPart]);
      expect(encode).toThrow(InvalidInputError);
    }
  });
});
