import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CorruptionError } from '../base/errors.ts';
import { slicedCrc32 } from '../bytes/crc32.ts';
import { checkHeader, fileHeader, isTornHeader } from './file-header.ts';
import { headShows } from './head-example-suite.ts';

const header = fileHeader('WRONGLOG', slicedCrc32);

test('the example in the head is what the code writes', () => {
  expect(headShows('file-header.ts', header)).toBe(true);
});

describe('a torn header', () => {
  test('is any mix of its own bytes and zeros, but not the whole', () => {
    const kept = fc.array(fc.boolean(), {
      minLength: header.length,
      maxLength: header.length,
    });
    const size = fc.integer({ min: 0, max: header.length });
    fc.assert(
      fc.property(kept, size, (isKept, sizeBytes) => {
        const bytes = header
          .map((byte, index) => (isKept[index] ? byte : 0))
          .subarray(0, sizeBytes);
        const isWhole = bytes.join() === header.join();
        expect(isTornHeader(bytes, header)).toBe(!isWhole);
      }),
    );
  });

  test('has nothing behind it', () => {
    expect(isTornHeader(new Uint8Array(17), header)).toBe(false);
  });

  test('has no byte of another file', () => {
    const bytes = header.slice();
    bytes[3] = 0x7a;
    expect(isTornHeader(bytes, header)).toBe(false);
  });

  test('of a format without a header is an empty file', () => {
    expect(isTornHeader(new Uint8Array(0), new Uint8Array(0))).toBe(true);
    expect(isTornHeader(Uint8Array.of(0), new Uint8Array(0))).toBe(false);
  });
});

describe('a header that is not ours', () => {
  const check = (bytes: Uint8Array) => () => {
    checkHeader('append.log', bytes, header);
  };

  test('is refused with the name that it should have', () => {
    const foreign = new TextEncoder().encode('GIF89a............');
    expect(check(foreign)).toThrow(CorruptionError);
    expect(check(foreign)).toThrow(/append\.log at offset 0: .*WRONGLOG/);
  });

  test('is refused when only its version or checksum differs', () => {
    for (let offset = 8; offset < header.length; offset++) {
      const bytes = header.slice();
      bytes[offset] = (bytes[offset] ?? 0) ^ 0x10;
      expect(check(bytes)).toThrow(/append\.log at offset 8/);
    }
  });

  test('is refused when it is cut', () => {
    expect(check(header.subarray(0, 15))).toThrow(CorruptionError);
    expect(check(header)).not.toThrow();
  });
});
