import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Crc32, slicedCrc32 } from './crc32.ts';
import { zlibCrc32 } from './crc32-node.ts';
import { referenceCrc32 } from './crc32-reference.ts';
import { bytesToHex } from './hex.ts';

const versions: [string, Crc32][] = [
  ['slicedCrc32', slicedCrc32],
  ['referenceCrc32', referenceCrc32],
  ['zlibCrc32', zlibCrc32],
];

const checkText = new TextEncoder().encode('123456789');

/** Bytes without a pattern, the same in every run. */
function scrambledBytes(sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  let state = 0x9e37_79b9;
  for (let index = 0; index < sizeBytes; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const flipped = new Uint8Array(bytes);
  const index = bit >>> 3;
  flipped[index] = (bytes[index] ?? 0) ^ (1 << (bit & 7));
  return flipped;
}

describe.each(versions)('%s', (_name, crc32) => {
  test('the check value of CRC-32 is 0xcbf43926', () => {
    expect(crc32(checkText)).toBe(0xcbf4_3926);
    const stored = new Uint8Array(4);
    new DataView(stored.buffer).setUint32(0, crc32(checkText), true);
    expect(bytesToHex(stored, ' ')).toBe('26 39 f4 cb');
  });

  test('no bytes have the checksum 0', () => {
    expect(crc32(new Uint8Array(0))).toBe(0);
  });

  test('leading zero bytes count', () => {
    expect(crc32(Uint8Array.of(0))).not.toBe(0);
    expect(crc32(Uint8Array.of(0))).not.toBe(crc32(Uint8Array.of(0, 0)));
  });

  test('continuing at every split equals one pass', () => {
    for (const sizeBytes of [1, 16, 33, 300, 1500]) {
      const bytes = scrambledBytes(sizeBytes);
      const whole = crc32(bytes);
      for (let split = 0; split <= sizeBytes; split++) {
        const first = crc32(bytes.subarray(0, split));
        const both = crc32(bytes.subarray(split), first);
        if (both !== whole) expect.fail(`split at ${split} of ${sizeBytes}`);
      }
    }
  });
});

describe('the three versions', () => {
  test('they agree on every length from 0 to 1100', () => {
    const bytes = scrambledBytes(1200);
    for (let sizeBytes = 0; sizeBytes <= 1100; sizeBytes++) {
      // An odd start: a view need not be aligned in its buffer.
      const input = bytes.subarray(sizeBytes % 7, (sizeBytes % 7) + sizeBytes);
      const expected = referenceCrc32(input);
      if (slicedCrc32(input) !== expected || zlibCrc32(input) !== expected) {
        expect.fail(`they differ at ${sizeBytes} bytes`);
      }
    }
  });

  test('they agree on random bytes after any previous checksum', () => {
    const sizes = fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 70_000 }));
    const inputs = sizes.chain((size) =>
      fc.uint8Array({ minLength: size, maxLength: size }),
    );
    const previousChecksums = fc.nat({ max: 0xffff_ffff });
    fc.assert(
      fc.property(inputs, previousChecksums, (bytes, previous) => {
        const expected = referenceCrc32(bytes, previous);
        expect(slicedCrc32(bytes, previous)).toBe(expected);
        expect(zlibCrc32(bytes, previous)).toBe(expected);
      }),
    );
  });
});

describe('what CRC-32 promises', () => {
  test('any one flipped bit of a page changes it', () => {
    const page = scrambledBytes(4096);
    const checksum = slicedCrc32(page);
    for (let bit = 0; bit < page.length * 8; bit++) {
      if (slicedCrc32(flipBit(page, bit)) === checksum) {
        expect.fail(`flipping bit ${bit} went unnoticed`);
      }
    }
  });

  test('any one, two or three flipped bits of any bytes change it', () => {
    const bits = fc.uniqueArray(fc.nat({ max: 8 * 4096 - 1 }), {
      minLength: 1,
      maxLength: 3,
    });
    const page = scrambledBytes(4096);
    fc.assert(
      fc.property(bits, (flips) => {
        const damaged = flips.reduce(flipBit, page);
        expect(slicedCrc32(damaged)).not.toBe(slicedCrc32(page));
      }),
      { numRuns: 1_000 },
    );
  });

  test('damage within 32 neighbouring bits changes it', () => {
    const page = scrambledBytes(4096);
    const damage = fc.integer({ min: 1, max: 0xffff_ffff });
    fc.assert(
      fc.property(damage, fc.nat({ max: 4096 * 8 - 32 }), (mask, start) => {
        let damaged = page;
        for (let bit = 0; bit < 32; bit++) {
          if ((mask >>> bit) & 1) damaged = flipBit(damaged, start + bit);
        }
        expect(slicedCrc32(damaged)).not.toBe(slicedCrc32(page));
      }),
      { numRuns: 200 },
    );
  });
});

describe('what CRC-32 does not promise', () => {
  test('a record of zeros is valid when an empty record may be', () => {
    const header = new DataView(new Uint8Array(8).buffer);
    const length = header.getUint32(0, true);
    const storedChecksum = header.getUint32(4, true);
    expect(slicedCrc32(new Uint8Array(length))).toBe(storedChecksum);
  });

  test('it is linear, so an edit can be repaired without a search', () => {
    const triples = fc.nat({ max: 64 }).chain((size) => {
      const bytes = fc.uint8Array({ minLength: size, maxLength: size });
      return fc.tuple(bytes, bytes, bytes);
    });
    fc.assert(
      fc.property(triples, ([a, b, c]) => {
        const mixed = a.map((byte, i) => byte ^ (b[i] ?? 0) ^ (c[i] ?? 0));
        const mixedChecksums =
          (slicedCrc32(a) ^ slicedCrc32(b) ^ slicedCrc32(c)) >>> 0;
        expect(slicedCrc32(mixed)).toBe(mixedChecksums);
      }),
    );
  });
});
