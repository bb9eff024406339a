import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { slicedCrc32 } from '../bytes/crc32.ts';
import { text } from '../disk/disk-expectation-suite.ts';
import { headShows } from './head-example-suite.ts';
import {
  decodeHint,
  encodeHint,
  type HintEntry,
  hintName,
  SEGMENT_HEADER_SIZE_BYTES,
  segmentHeader,
  segmentIdOf,
  segmentName,
} from './segment-file.ts';

const merged = { id: 3, replacesFromId: 1 };

const entries: HintEntry[] = [
  { kind: 'put', key: text('k'), offset: 24, sizeBytes: 29 },
  { kind: 'delete', key: text('gone'), offset: 53, sizeBytes: 31 },
];

test('the examples in the head are what the code writes', () => {
  const header = segmentHeader(merged, slicedCrc32);
  expect(header).toHaveLength(SEGMENT_HEADER_SIZE_BYTES);
  expect(headShows('segment-file.ts', header)).toBe(true);
  const hint = encodeHint(merged, 0x35, entries.slice(0, 1), slicedCrc32);
  expect(headShows('segment-file.ts', hint)).toBe(true);
});

test('a name leads to its id, and no other name does', () => {
  expect(segmentName(7)).toBe('segment-000007.log');
  expect(hintName(7)).toBe('segment-000007.hint');
  expect(segmentIdOf(segmentName(123456))).toBe(123456);
  const others = ['segment.new', 'merge.new', hintName(7), 'segment-7.log'];
  for (const name of [...others, 'xsegment-000007.log', 'append.log']) {
    expect(segmentIdOf(name)).toBeUndefined();
  }
});

describe('a hint', () => {
  const hint = encodeHint(merged, 84, entries, slicedCrc32);
  const decode = (
    bytes: Uint8Array,
    { segment = merged, sizeBytes = 84, trusting = false } = {},
  ) => decodeHint(bytes, segment, sizeBytes, slicedCrc32, trusting);

  test('gives back what was put in', () => {
    const key = fc.uint8Array({ minLength: 1, maxLength: 40 });
    const entry = fc.record({
      kind: fc.constantFrom('put', 'delete'),
      key,
      offset: fc.nat(),
      sizeBytes: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(entry), (list) => {
        const bytes = encodeHint(merged, 84, list, slicedCrc32);
        expect(decode(bytes)).toEqual(list);
      }),
    );
  });

  test('about another segment is ignored', () => {
    expect(decode(hint)).toEqual(entries);
    const others = [
      { segment: { id: 4, replacesFromId: 1 } },
      { segment: { id: 3, replacesFromId: 2 } },
      { sizeBytes: 85 },
    ];
    for (const other of others) expect(decode(hint, other)).toBeUndefined();
  });

  test('with any bit flipped or any byte cut is ignored', () => {
    for (let offset = 0; offset < hint.length; offset++) {
      expect(decode(hint.subarray(0, offset))).toBeUndefined();
      for (let bit = 0; bit < 8; bit++) {
        const bytes = hint.slice();
        bytes[offset] = (bytes[offset] ?? 0) ^ (1 << bit);
        expect(decode(bytes)).toBeUndefined();
      }
    }
  });

  test('of any bytes is ignored, or believed by whoever trusts it', () => {
    const tail = fc.uint8Array({ maxLength: 80 });
    fc.assert(
      fc.property(fc.nat(hint.length), tail, (size, bytes) => {
        const file = Uint8Array.from([...hint.subarray(0, size), ...bytes]);
        const isWhole = file.join() === hint.join();
        expect(decode(file)).toEqual(isWhole ? entries : undefined);
        const trusted = decode(file, { trusting: true });
        expect(trusted).toBeInstanceOf(Array);
      }),
    );
  });
});
