import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { text } from '../disk/disk-expectation-suite.ts';
import { lineFormat } from './line-record.ts';
import { type LogRecord, readLog } from './log-format.ts';

const anyBytes = fc.uint8Array({ maxLength: 30 });
const records: fc.Arbitrary<LogRecord> = fc.oneof(
  fc.record({
    kind: fc.constant('put' as const),
    key: anyBytes,
    value: anyBytes,
  }),
  fc.record({ kind: fc.constant('delete' as const), key: anyBytes }),
  fc.record({ kind: fc.constant('closed' as const) }),
);

function logOf(list: readonly LogRecord[]): Uint8Array {
  const lines = list.flatMap((record) => [...lineFormat.encode(record, 0, 0)]);
  return Uint8Array.from(lines);
}

test('a record is a line that people can read', () => {
  const put = { kind: 'put', key: text('cat'), value: text('Mina') } as const;
  const line = new TextDecoder().decode(lineFormat.encode(put, 0, 0));
  expect(line).toBe('{"put":"cat","value":"Mina"}\n');
});

test('what was written is what is read, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.array(records), (list) => {
      const reading = readLog(lineFormat, logOf(list), 0);
      expect(reading.damage).toBeUndefined();
      expect(reading.records.map(({ record }) => record)).toEqual(list);
    }),
  );
});

describe('the format is wrong, which is what it is for', () => {
  test('half a line cannot say that it is only a torn tail', () => {
    const bytes = text('{"put":"cat","value":"Mina"}\n{"put":"dog","va');
    const { records: found, damage } = readLog(lineFormat, bytes, 0);
    expect(found).toHaveLength(1);
    expect(damage).toMatchObject({ offset: 29, place: 'middle' });
  });

  test('a flipped bit in a value is another value', () => {
    const bytes = text('{"put":"cat","value":"Mina"}\n');
    bytes[22] = (bytes[22] ?? 0) ^ 0x01;
    const { records: found, damage } = readLog(lineFormat, bytes, 0);
    expect(damage).toBeUndefined();
    expect(found[0]?.record).toMatchObject({ value: text('Lina') });
  });
});

test.each([
  ['an empty line', '\n'],
  ['a number', '7\n'],
  ['null', 'null\n'],
  ['an empty object', '{}\n'],
  ['a put without a value', '{"put":"cat"}\n'],
  ['a put of a number', '{"put":7,"value":"x"}\n'],
  ['a delete of a number', '{"delete":7}\n'],
  ['a letter beyond a byte', '{"delete":"\u0100"}\n'],
])('%s is not a record', (_what, line) => {
  expect(lineFormat.decode(text(line), 0)).toBeTypeOf('string');
});

test('whatever the bytes are, reading them ends', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const reading = readLog(lineFormat, bytes, 0);
      expect(reading.endOffset).toBeLessThanOrEqual(bytes.length);
    }),
  );
});
