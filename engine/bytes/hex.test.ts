import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AssertionError } from '../base/assert.ts';
import { InvalidInputError } from '../base/errors.ts';
import { bytesToHex, hexDump, hexDumpText, hexToBytes } from './hex.ts';

describe('hex', () => {
  test('every byte comes back', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(hexToBytes(bytesToHex(bytes))).toEqual(bytes);
        expect(hexToBytes(bytesToHex(bytes, ' '))).toEqual(bytes);
        expect(bytesToHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
      }),
    );
  });

  test('digits of either case and white space are read', () => {
    expect(hexToBytes(' 0A ff\n7\t0')).toEqual(Uint8Array.of(0x0a, 0xff, 0x70));
  });

  test.each([
    ['half a byte', 'abc', 'found 3 digits'],
    ['a letter beyond f', '0g', '"g" is not a hex digit'],
    ['a prefix', '0x00', '"x" is not a hex digit'],
  ])('%s is refused', (_what, hex, message) => {
    expect(() => hexToBytes(hex)).toThrow(InvalidInputError);
    expect(() => hexToBytes(hex)).toThrow(message);
  });
});

describe('a hex dump', () => {
  test('a row has an offset, two digits a byte and printable ASCII', () => {
    const bytes = hexToBytes('48656c6c6f207420 6f2063617400ff21');
    expect(hexDumpText(bytes, { bytesPerRow: 8 })).toBe(
      [
        '0x0000  48 65 6c 6c 6f 20 74 20  Hello t ',
        '0x0008  6f 20 63 61 74 00 ff 21  o cat..!',
      ].join('\n'),
    );
  });

  test('the last row may be short, and its text stays in its column', () => {
    expect(hexDumpText(hexToBytes('41424344'), { bytesPerRow: 3 })).toBe(
      ['0x0000  41 42 43  ABC', '0x0003  44        D'].join('\n'),
    );
  });

  test('rows hold all bytes once, in order', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 100 }),
        fc.constantFrom(1, 7, 8, 16),
        fc.nat({ max: 70_000 }),
        (bytes, bytesPerRow, offset) => {
          const rows = hexDump(bytes, { offset, bytesPerRow });
          expect(rows.flatMap((row) => row.hex).join('')).toBe(
            bytesToHex(bytes),
          );
          let expectedOffset = offset;
          for (const row of rows) {
            expect(row.offset).toBe(expectedOffset);
            expect(Number(row.offsetText)).toBe(row.offset);
            expect(row.ascii).toHaveLength(row.hex.length);
            expect(row.offsetText).toHaveLength(
              rows[0]?.offsetText.length ?? 0,
            );
            expectedOffset += bytesPerRow;
          }
        },
      ),
    );
  });

  test('offsets start where the bytes do and widen together', () => {
    const rows = hexDump(new Uint8Array(32), { offset: 0xfff0 });
    expect(rows.map((row) => row.offsetText)).toEqual(['0x0fff0', '0x10000']);
  });

  test('only space to tilde is printed as itself', () => {
    const [row] = hexDump(hexToBytes('1f 20 7e 7f 80'));
    expect(row?.ascii).toBe('. ~..');
  });

  test('no bytes make no rows', () => {
    expect(hexDump(new Uint8Array(0))).toEqual([]);
  });

  test('a row of no bytes would never end, and is refused', () => {
    expect(() => hexDump(new Uint8Array(3), { bytesPerRow: 0 })).toThrow(
      AssertionError,
    );
  });
});
