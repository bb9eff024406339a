import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AssertionError } from '../base/assert.ts';
import { slicedCrc32 } from '../bytes/crc32.ts';
import { text } from '../disk/disk-expectation-suite.ts';
import { framedFormat, RECORD_HEADER_SIZE_BYTES } from './framed-record.ts';
import { headShows } from './head-example-suite.ts';
import { type LogRecord, readLog } from './log-format.ts';

const HEADER = Uint8Array.from({ length: 16 }, (_, index) => index + 1);
const format = framedFormat(slicedCrc32, HEADER);

const bytesUpTo = (maxLength: number) => fc.uint8Array({ maxLength });
const keys = fc.uint8Array({ minLength: 1, maxLength: 20 });
const records: fc.Arbitrary<LogRecord> = fc.oneof(
  fc.record({
    kind: fc.constant('put' as const),
    key: keys,
    value: bytesUpTo(60),
  }),
  fc.record({ kind: fc.constant('delete' as const), key: keys }),
  fc.record({ kind: fc.constant('closed' as const) }),
);

/** A log file; after each record but the last `unsyncedCount`, a sync. */
function logOf(list: readonly LogRecord[], unsyncedCount = 0) {
  const ends = [HEADER.length];
  let file: number[] = [...HEADER];
  let durable = file.length;
  for (const [index, record] of list.entries()) {
    file = [...file, ...format.encode(record, file.length, durable)];
    if (index < list.length - unsyncedCount) durable = file.length;
    ends.push(file.length);
  }
  return { bytes: Uint8Array.from(file), ends };
}

function read(bytes: Uint8Array) {
  return readLog(format, bytes, HEADER.length);
}

const threeLetters: LogRecord[] = ['a', 'b', 'c'].map((letter) => ({
  kind: 'put',
  key: text(letter),
  value: text(letter.repeat(10)),
}));

test('the example in the head is what the code writes', () => {
  const put = { kind: 'put', key: text('k'), value: text('v') } as const;
  const bytes = format.encode(put, 16, 16);
  expect(bytes.length).toBe(RECORD_HEADER_SIZE_BYTES + 2);
  expect(headShows('framed-record.ts', bytes)).toBe(true);
  expect(
    headShows(
      'framed-record.ts',
      bytes.map((byte) => byte ^ 1),
    ),
  ).toBe(false);
});

test('what was written is what is read', () => {
  fc.assert(
    fc.property(fc.array(records), (list) => {
      const { bytes, ends } = logOf(list);
      const reading = read(bytes);
      expect(reading.damage).toBeUndefined();
      expect(reading.endOffset).toBe(bytes.length);
      expect(reading.records.map(({ record }) => record)).toEqual(list);
      const offsets = reading.records.map(({ offset }) => offset);
      expect(offsets).toEqual(ends.slice(0, -1));
    }),
  );
});

test('a record at another position than its own is refused', () => {
  const bytes = format.encode({ kind: 'delete', key: text('k') }, 40, 16);
  expect(format.decode(bytes, 0, 40)).toMatchObject({ offset: 40 });
  expect(format.decode(bytes, 0, 0)).toBe('a record for position 40');
});

test('more cannot be synced than was written', () => {
  const encode = () => format.encode({ kind: 'closed' }, 16, 17);
  expect(encode).toThrow(AssertionError);
});

describe('a file that was cut', () => {
  test('keeps every record before the cut, and no part of one', () => {
    const { bytes, ends } = logOf(threeLetters);
    for (let size = HEADER.length; size <= bytes.length; size++) {
      const whole = ends.filter((end) => end <= size).length - 1;
      const reading = read(bytes.subarray(0, size));
      expect(reading.records).toHaveLength(whole);
      expect(reading.endOffset).toBe(ends[whole]);
      const isTorn = size !== ends[whole];
      expect(reading.damage?.place).toBe(isTorn ? 'tail' : undefined);
    }
  });

  test('may end in zeros, which are no records', () => {
    const { bytes } = logOf(threeLetters);
    const grown = Uint8Array.from([...bytes, ...new Uint8Array(900)]);
    const { records: found, damage } = read(grown);
    expect(found).toHaveLength(3);
    expect(damage).toMatchObject({ offset: bytes.length, place: 'tail' });
  });
});

describe('a damaged record', () => {
  test('is a damaged middle when a later record proves its sync', () => {
    const { bytes, ends } = logOf(threeLetters);
    const [start = 0, second = 0, third = 0] = ends;
    for (let offset = start; offset < third; offset++) {
      const { damage } = read(flip(bytes, offset));
      const damaged = offset < second ? start : second;
      expect(damage).toMatchObject({ offset: damaged, place: 'middle' });
    }
  });

  test('is a torn tail when nothing proves that it was promised', () => {
    const { bytes, ends } = logOf(threeLetters, 3);
    const { records: found, damage } = read(flip(bytes, ends[1] ?? 0));
    expect(found).toHaveLength(1);
    expect(damage).toMatchObject({ place: 'tail', nextOffset: ends[2] });
  });

  test('is noticed whichever bit it is', () => {
    const { bytes } = logOf(threeLetters);
    for (let offset = HEADER.length; offset < bytes.length; offset++) {
      for (let bit = 0; bit < 8; bit++) {
        expect(read(flip(bytes, offset, bit)).damage).toBeDefined();
      }
    }
  });
});

describe('whatever the bytes are', () => {
  test('reading them ends, inside them, and invents nothing', () => {
    const base = logOf(threeLetters).bytes;
    const mutations = fc.array(
      fc.record({ at: fc.nat(base.length), bytes: bytesUpTo(30) }),
      { minLength: 1, maxLength: 4 },
    );
    const written = threeLetters.map((record) => JSON.stringify(record));
    fc.assert(
      fc.property(mutations, (list) => {
        const bytes = mutate(base, list);
        const reading = read(bytes);
        for (const { record, offset, sizeBytes } of reading.records) {
          expect(written).toContain(JSON.stringify(record));
          expect(offset + sizeBytes).toBeLessThanOrEqual(bytes.length);
        }
        expect(reading.endOffset).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 500 },
    );
  });

  test('a decoder at any index answers, and never throws', () => {
    const index = fc.integer({ min: 0, max: 120 });
    fc.assert(
      fc.property(bytesUpTo(100), index, (bytes, at) => {
        expect(format.decode(bytes, at)).toBeTypeOf('string');
      }),
    );
  });

  test('without the checksum the reading still ends inside them', () => {
    const trusting = framedFormat(slicedCrc32, HEADER, { checksum: false });
    fc.assert(
      fc.property(bytesUpTo(300), (bytes) => {
        const reading = readLog(trusting, bytes, 0);
        const sum = reading.records.reduce(
          (all, one) => all + one.sizeBytes,
          0,
        );
        expect(sum).toBe(reading.endOffset);
        expect(reading.endOffset).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});

function flip(bytes: Uint8Array, offset: number, bit = 0): Uint8Array {
  return bytes.map((byte, at) => (at === offset ? byte ^ (1 << bit) : byte));
}

/** Puts each run of bytes into the file, in place of what was there. */
function mutate(
  base: Uint8Array,
  list: readonly { at: number; bytes: Uint8Array }[],
): Uint8Array {
  const file = [...base];
  for (const { at, bytes } of list) file.splice(at, bytes.length, ...bytes);
  return Uint8Array.from(file);
}
