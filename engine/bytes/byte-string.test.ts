import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromByteString, toByteString } from './byte-string.ts';
import { compareBytes } from './compare-bytes.ts';

test('ASCII text stays readable', () => {
  expect(toByteString(new TextEncoder().encode('cat'))).toBe('cat');
  expect(fromByteString('cat')).toEqual(Uint8Array.of(0x63, 0x61, 0x74));
});

test('any bytes come back, also more than a call has arguments for', () => {
  const large = Uint8Array.from({ length: 300_000 }, (_, index) => index * 7);
  expect(fromByteString(toByteString(large))).toEqual(large);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 9000, size: 'max' }), (bytes) => {
      const text = toByteString(bytes);
      expect(text).toHaveLength(bytes.length);
      expect(fromByteString(text)).toEqual(bytes);
    }),
    { numRuns: 30 },
  );
});

test('a character beyond a byte is no byte', () => {
  expect(fromByteString('\u00ff')).toEqual(Uint8Array.of(0xff));
  expect(fromByteString('\u0100')).toBeUndefined();
  expect(fromByteString('cat\u{1f408}')).toBeUndefined();
});

test('the strings sort as the bytes do', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (left, right) => {
      const [one, other] = [toByteString(left), toByteString(right)];
      const order = one < other ? -1 : Number(one > other);
      expect(order).toBe(Math.sign(compareBytes(left, right)));
    }),
  );
});
