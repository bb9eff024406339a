import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AssertionError } from '../base/assert.ts';
import { ByteWriter } from './byte-writer.ts';
import { bytesToHex, hexToBytes } from './hex.ts';

describe('a byte writer', () => {
  test('each field has the bytes that the file head shows', () => {
    const writer = new ByteWriter()
      .u8(1)
      .u16(2)
      .u32(3)
      .u64(4)
      .varint(300)
      .text('é');
    const hex = '01 02 00 03 00 00 00 04 00 00 00 00 00 00 00 ac 02 c3 a9';
    expect(bytesToHex(writer.toBytes(), ' ')).toBe(hex);
    expect(writer.sizeBytes).toBe(19);
  });

  test('the largest value of each field fits', () => {
    const writer = new ByteWriter()
      .u8(0xff)
      .u16(0xffff)
      .u32(0xffff_ffff)
      .u64(Number.MAX_SAFE_INTEGER);
    expect(bytesToHex(writer.toBytes())).toBe(
      `ff${'ffff'}${'ffffffff'}${'ffffffffffff1f00'}`,
    );
  });

  test.each([
    ['u8', 0x100],
    ['u16', 0x1_0000],
    ['u32', 0x1_0000_0000],
    ['u64', Number.MAX_SAFE_INTEGER + 1],
    ['u32', -1],
    ['u32', 1.5],
    ['u64', Number.NaN],
  ] as const)('%s of %d breaks the assertion, writing nothing', (f, value) => {
    const writer = new ByteWriter();
    expect(() => writer[f](value)).toThrow(AssertionError);
    expect(writer.sizeBytes).toBe(0);
  });

  test('it grows from any capacity without losing a byte', () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 40 }));
    fc.assert(
      fc.property(pieces, fc.nat({ max: 8 }), (parts, capacityBytes) => {
        const writer = new ByteWriter(capacityBytes);
        for (const part of parts) writer.u8(part.length).bytes(part);
        const expected = parts.flatMap((part) => [part.length, ...part]);
        expect(Array.from(writer.toBytes())).toEqual(expected);
      }),
    );
  });

  test('a header is filled in once the rest is known', () => {
    const writer = new ByteWriter().u32(0).text('cat');
    writer.overwriteU32(0, writer.sizeBytes);
    expect(writer.toBytes()).toEqual(hexToBytes('07 00 00 00 63 61 74'));
  });

  test.each([-1, 1, 4])('overwriting at %i of 4 bytes is refused', (offset) => {
    const writer = new ByteWriter().u32(0);
    expect(() => writer.overwriteU32(offset, 1)).toThrow(AssertionError);
  });

  test('toBytes is a copy, written is a view', () => {
    const writer = new ByteWriter().u32(0);
    const copy = writer.toBytes();
    const view = writer.written();
    writer.overwriteU32(0, 0xaabb_ccdd);
    expect(bytesToHex(copy)).toBe('00000000');
    expect(bytesToHex(view)).toBe('ddccbbaa');
  });

  test('a cleared writer starts again at offset 0', () => {
    const writer = new ByteWriter().text('dog');
    writer.clear();
    expect(writer.sizeBytes).toBe(0);
    expect(bytesToHex(writer.u8(7).toBytes())).toBe('07');
  });
});
