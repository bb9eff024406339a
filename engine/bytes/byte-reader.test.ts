import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AssertionError } from '../base/assert.ts';
import { CorruptionError } from '../base/errors.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { hexToBytes } from './hex.ts';

const source = { file: 'cats.log', startOffset: 4096 };

function readerOf(hex: string): ByteReader {
  return new ByteReader(hexToBytes(hex), source);
}

describe('a byte reader', () => {
  test('it reads the example that the writer wrote', () => {
    const reader = readerOf(
      '01 02 00 03 00 00 00 04 00 00 00 00 00 00 00 ac 02 c3 a9',
    );
    expect(reader.u8()).toBe(1);
    expect(reader.u16()).toBe(2);
    expect(reader.u32()).toBe(3);
    expect(reader.u64()).toBe(4);
    expect(reader.varint()).toBe(300);
    expect(reader.offset).toBe(17);
    expect(reader.remainingBytes).toBe(2);
    expect(reader.text(2)).toBe('é');
    expect(reader.remainingBytes).toBe(0);
  });

  test('whatever the writer writes, it reads back', () => {
    fc.assert(
      fc.property(
        fc.record({
          u8: fc.nat({ max: 0xff }),
          u16: fc.nat({ max: 0xffff }),
          u32: fc.nat({ max: 0xffff_ffff }),
          u64: fc.maxSafeNat(),
          varint: fc.maxSafeNat(),
          bytes: fc.uint8Array({ maxLength: 80 }),
        }),
        (values) => {
          const written = new ByteWriter(0)
            .u8(values.u8)
            .u16(values.u16)
            .u32(values.u32)
            .u64(values.u64)
            .varint(values.varint)
            .bytes(values.bytes)
            .toBytes();
          const reader = new ByteReader(written, source);
          expect(reader.u8()).toBe(values.u8);
          expect(reader.u16()).toBe(values.u16);
          expect(reader.u32()).toBe(values.u32);
          expect(reader.u64()).toBe(values.u64);
          expect(reader.varint()).toBe(values.varint);
          expect(reader.bytes(values.bytes.length)).toEqual(values.bytes);
          expect(reader.remainingBytes).toBe(0);
        },
      ),
    );
  });

  test('it reads a view from its own start', () => {
    const whole = hexToBytes('ff ff 07 00 ff');
    const reader = new ByteReader(whole.subarray(2, 4), source);
    expect(reader.u16()).toBe(7);
    expect(() => reader.u8()).toThrow(CorruptionError);
  });

  test.each([
    ['u8', 1],
    ['u16', 2],
    ['u32', 4],
    ['u64', 8],
  ] as const)('%s needs all of its %i bytes', (field, sizeBytes) => {
    const bytes = new Uint8Array(2 + sizeBytes);
    const enough = new ByteReader(bytes, source);
    enough.u16();
    expect(enough[field]()).toBe(0);

    const short = new ByteReader(bytes.subarray(0, sizeBytes + 1), source);
    short.u16();
    expect(() => short[field]()).toThrow(
      `cats.log at offset 4098: ${field} needs ${sizeBytes} bytes, ` +
        `only ${sizeBytes - 1} are left`,
    );
    expect(short.offset).toBe(2);
  });

  test('a huge length is an error, not a short answer', () => {
    const reader = readerOf('ff ff ff ff ff ff ff 0f 63 61 74');
    const length = reader.varint();
    expect(length).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => reader.bytes(length)).toThrow(CorruptionError);
    expect(reader.offset).toBe(8);
    expect(reader.text(3)).toBe('cat');
  });

  test('u64 is read up to 2^53 - 1 and refused beyond', () => {
    const greatest = readerOf('ff ff ff ff ff ff 1f 00');
    expect(greatest.u64()).toBe(Number.MAX_SAFE_INTEGER);
    const tooGreat = readerOf('00 00 00 00 00 00 20 00');
    expect(() => tooGreat.u64()).toThrow('offset 4096: u64 exceeds 2^53 - 1');
    expect(tooGreat.offset).toBe(0);
  });

  test('text that is not UTF-8 is named with its place in the file', () => {
    const reader = readerOf('00 ff');
    reader.u8();
    expect(() => reader.text(1)).toThrow(
      expect.objectContaining({ file: 'cats.log', offset: 4097 }),
    );
    expect(reader.offset).toBe(1);
  });

  test('a damaged varint does not move the reader', () => {
    const reader = readerOf('00 80 00');
    reader.u8();
    expect(() => reader.varint()).toThrow('cats.log at offset 4097');
    expect(reader.offset).toBe(1);
  });

  test.each([-1, 0.5, Number.NaN])('asking for %d bytes is a bug', (count) => {
    expect(() => readerOf('00').bytes(count)).toThrow(AssertionError);
  });
});
