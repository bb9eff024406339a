import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { slicedCrc32 } from '../bytes/crc32.ts';
import { text } from '../disk/disk-expectation-suite.ts';
import { APPEND_LOG_MAGIC, APPEND_LOG_NAME } from './2-append-log.ts';
import { fileHeader } from './file-header.ts';
import { framedFormat } from './framed-record.ts';
import { labelBytes } from './label-bytes.ts';
import type { LogRecord } from './log-format.ts';
import { segmentHeader, segmentName } from './segment-file.ts';

const NAMES = [
  'append.log',
  segmentName(2),
  'segment-000002.hint',
  'data.json',
];
const LOG_HEADER = fileHeader(APPEND_LOG_MAGIC, slicedCrc32);
const SEGMENT_HEADER = segmentHeader({ id: 2, replacesFromId: 1 }, slicedCrc32);

const twoRecords: readonly LogRecord[] = [
  { kind: 'put', key: text('cat'), value: text('Mina') },
  { kind: 'delete', key: text('dog') },
];

function logOf(header: Uint8Array, list: readonly LogRecord[]): Uint8Array {
  const format = framedFormat(slicedCrc32, header);
  let file = [...header];
  for (const record of list) {
    file = [...file, ...format.encode(record, file.length, header.length)];
  }
  return Uint8Array.from(file);
}

function label(name: string, bytes: Uint8Array) {
  return labelBytes(name, bytes, slicedCrc32);
}

test('an append log is a header and the fields of its records', () => {
  const regions = label(APPEND_LOG_NAME, logOf(LOG_HEADER, twoRecords));
  const lines = regions.map(({ offset, field, meaning, record }) =>
    [offset, field, meaning, record].join(' '),
  );
  expect(lines).toEqual([
    '0 magic "WRONGLOG" ',
    '8 version 1 ',
    '12 crc32 0x66971acd ',
    expect.stringMatching(/^16 crc32 0x[0-9a-f]{8} 0$/),
    '20 sizeBytes 34 0',
    '24 position 16 0',
    '32 durablePosition 16 0',
    '40 kind 1: put 0',
    '41 keySizeBytes 3 0',
    '43 key "cat" 0',
    '46 value "Mina" 0',
    expect.stringMatching(/^50 crc32 0x[0-9a-f]{8} 1$/),
    '54 sizeBytes 30 1',
    '58 position 50 1',
    '66 durablePosition 16 1',
    '74 kind 2: delete 1',
    '75 keySizeBytes 3 1',
    '77 key "dog" 1',
  ]);
  expect(regions.every(({ condition }) => condition === 'good')).toBe(true);
});

test('a segment says which segments it replaces', () => {
  const regions = label(segmentName(2), logOf(SEGMENT_HEADER, []));
  const fields = regions.map(({ field, meaning }) => `${field} ${meaning}`);
  expect(fields.slice(0, 4)).toEqual([
    'magic "WRONGSEG"',
    'version 1',
    'id 2',
    'replacesFromId 1',
  ]);
});

describe('damage', () => {
  test('is one broken region up to the next readable record', () => {
    const bytes = logOf(LOG_HEADER, twoRecords);
    bytes[47] = 0;
    const broken = label(APPEND_LOG_NAME, bytes).filter(
      ({ condition }) => condition === 'broken',
    );
    expect(broken).toMatchObject([
      { offset: 16, sizeBytes: 34, field: 'damage', record: 0 },
    ]);
    const keys = label(APPEND_LOG_NAME, bytes).filter(
      ({ field }) => field === 'key',
    );
    expect(keys).toMatchObject([{ meaning: '"dog"', record: 1 }]);
  });

  test('of a header is shown at the header', () => {
    const bytes = logOf(LOG_HEADER, twoRecords);
    bytes[9] = 1;
    const broken = label(APPEND_LOG_NAME, bytes).filter(
      ({ condition }) => condition === 'broken',
    );
    const fields = broken.map(({ field }) => field);
    expect(fields).toEqual(['magic', 'version', 'crc32']);
  });

  test('that is all zeros says so', () => {
    const whole = logOf(LOG_HEADER, twoRecords);
    const bytes = Uint8Array.from([...whole, ...new Uint8Array(40)]);
    const last = label(APPEND_LOG_NAME, bytes).at(-1);
    expect(last).toMatchObject({ offset: whole.length, sizeBytes: 40 });
    expect(last?.meaning).toContain('all zeros');
  });
});

test('lines are labelled as lines', () => {
  const regions = label('append.log', text('{"delete":"cat"}\n{"pu'));
  expect(regions).toMatchObject([
    { offset: 0, sizeBytes: 16, field: 'line', meaning: 'delete' },
    { offset: 16, sizeBytes: 1, field: 'newline' },
    { offset: 17, sizeBytes: 4, field: 'damage', condition: 'broken' },
  ]);
});

test('nothing has no regions', () => {
  for (const name of NAMES) expect(label(name, new Uint8Array(0))).toEqual([]);
});

test('regions cover the bytes in order, whatever the bytes', () => {
  const starts = [LOG_HEADER, SEGMENT_HEADER, text('{"put":"a","value":"'), []];
  const name = fc.constantFrom(...NAMES);
  const part = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.constant(new Uint8Array(30)),
    fc.constantFrom('{"delete":"a"}\n', '\n\n').map(text),
  );
  const whole = fc.constantFrom(
    logOf(LOG_HEADER, twoRecords),
    logOf(SEGMENT_HEADER, twoRecords),
  );
  const random = fc
    .tuple(fc.constantFrom(...starts), fc.array(part, { maxLength: 6 }))
    .map(([start, parts]) =>
      Uint8Array.from([...start, ...parts.flatMap(list)]),
    );
  const damaged = fc
    .tuple(whole, fc.nat(120), part)
    .map(([bytes, at, patch]) => {
      const file = [...bytes];
      file.splice(at, patch.length, ...patch);
      return Uint8Array.from(file);
    });
  fc.assert(
    fc.property(name, fc.oneof(random, damaged), (fileName, bytes) => {
      let offset = 0;
      for (const region of label(fileName, bytes)) {
        expect(region.offset).toBe(offset);
        expect(region.sizeBytes).toBeGreaterThan(0);
        offset += region.sizeBytes;
      }
      expect(offset).toBe(bytes.length);
    }),
    { numRuns: 1000 },
  );
});

function list(bytes: Uint8Array): number[] {
  return [...bytes];
}
