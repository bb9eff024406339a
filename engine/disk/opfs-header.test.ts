import { describe, expect, test } from 'vitest';
import { slicedCrc32 } from '../bytes/crc32.ts';
import { bytesToHex } from '../bytes/hex.ts';
import {
  decodeOpfsHeader,
  encodeOpfsHeader,
  newestOpfsHeader,
  OPFS_HEADER_OFFSETS,
  OPFS_HEADER_SIZE_BYTES,
} from './opfs-header.ts';

const header = { sequence: 258, name: 'a.log' };
const bytes = encodeOpfsHeader(header, slicedCrc32);

/** A first page with these copies of a header. */
function pageOf(first?: Uint8Array, second?: Uint8Array): Uint8Array {
  const page = new Uint8Array(4096);
  if (first !== undefined) page.set(first, OPFS_HEADER_OFFSETS[0]);
  if (second !== undefined) page.set(second, OPFS_HEADER_OFFSETS[1]);
  return page;
}

function encoded(sequence: number, name: string): Uint8Array {
  return encodeOpfsHeader({ sequence, name }, slicedCrc32);
}

test('the worked example is what is written', () => {
  expect(bytesToHex(bytes.subarray(0, 27), ' ')).toBe(
    '57 52 4f 4e 47 46 53 31 34 7d 68 bb 02 01 00 00 00 00 00 00 ' +
      '05 00 61 2e 6c 6f 67',
  );
  expect(bytes.subarray(27).every((byte) => byte === 0)).toBe(true);
  expect(bytes).toHaveLength(OPFS_HEADER_SIZE_BYTES);
});

test.each([
  header,
  { sequence: 0, name: '' },
  { sequence: Number.MAX_SAFE_INTEGER, name: 'x'.repeat(128) },
])('what is written is read again: %o', (each) => {
  const copy = encodeOpfsHeader(each, slicedCrc32);
  expect(decodeOpfsHeader(copy, slicedCrc32)).toEqual(each);
});

test('a header with any bit flipped is none', () => {
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const damaged = bytes.slice();
    damaged.set([(damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))], bit >> 3);
    expect(decodeOpfsHeader(damaged, slicedCrc32)).toBeUndefined();
  }
});

test('a header that was cut at any byte is none', () => {
  for (let size = 0; size < bytes.length; size++) {
    expect(decodeOpfsHeader(bytes.subarray(0, size), slicedCrc32)).toBe(
      undefined,
    );
  }
});

test('a whole checksum does not make a bad name a name', () => {
  for (const name of ['a/b', '.lock', 'é']) {
    expect(decodeOpfsHeader(encoded(1, name), slicedCrc32)).toBeUndefined();
  }
});

describe('of two copies', () => {
  test('the newer one counts', () => {
    const [old, young] = [encoded(1, 'old'), encoded(2, 'young')];
    expect(newestOpfsHeader(pageOf(old, young), slicedCrc32)).toEqual({
      header: { sequence: 2, name: 'young' },
      copy: 1,
    });
    expect(newestOpfsHeader(pageOf(young, old), slicedCrc32)).toEqual({
      header: { sequence: 2, name: 'young' },
      copy: 0,
    });
  });

  test('the older one counts when the newer one is torn', () => {
    const torn = encoded(2, 'young').fill(0, 100);
    torn.set([7], 140);
    const page = pageOf(encoded(1, 'old'), torn);
    expect(newestOpfsHeader(page, slicedCrc32)).toEqual({
      header: { sequence: 1, name: 'old' },
      copy: 0,
    });
  });

  test('one alone counts, and without any there is no header', () => {
    expect(newestOpfsHeader(pageOf(bytes), slicedCrc32)?.copy).toBe(0);
    expect(newestOpfsHeader(pageOf(undefined, bytes), slicedCrc32)?.copy).toBe(
      1,
    );
    expect(newestOpfsHeader(pageOf(), slicedCrc32)).toBeUndefined();
    const short = new Uint8Array(0);
    expect(newestOpfsHeader(short, slicedCrc32)).toBeUndefined();
  });
});
