import { expect, test } from 'vitest';
import { countEvent, type Meters, NO_METERS } from './meters.ts';
import type { TraceEvent } from './trace-event.ts';

function count(events: readonly TraceEvent[]): Meters {
  return events.reduce(countEvent, NO_METERS);
}

const key = new TextEncoder().encode('cat');

test('nothing has happened at the beginning', () => {
  expect(new Set(Object.values(NO_METERS))).toEqual(new Set([0]));
});

test('logical bytes are keys and values that were put', () => {
  const put = { type: 'store.put', key, valueSizeBytes: 4 } as const;
  expect(count([put, put])).toEqual({
    ...NO_METERS,
    putCount: 2,
    logicalBytes: 14,
  });
});

test('physical bytes are those of disk calls', () => {
  const at = { file: 'a', offset: 0 };
  expect(
    count([
      { type: 'disk.read', ...at, sizeBytes: 100 },
      { type: 'disk.write', ...at, sizeBytes: 31 },
      { type: 'disk.write', ...at, sizeBytes: 9 },
    ]),
  ).toEqual({
    ...NO_METERS,
    ...{ readCount: 1, readBytes: 100, writeCount: 2, writtenBytes: 40 },
  });
});

test('a sync counts when it is finished, of a file or of the directory', () => {
  const meters = count([
    { type: 'disk.sync-started', file: 'a' },
    { type: 'disk.sync', file: 'a' },
    { type: 'disk.sync-directory-started' },
    { type: 'disk.sync-directory' },
  ]);
  expect(meters).toEqual({ ...NO_METERS, syncCount: 2 });
});

test('acknowledgements count writes, not syncs', () => {
  const meters = count([
    { type: 'store.acknowledged', writeCount: 3 },
    { type: 'store.acknowledged', writeCount: 1 },
  ]);
  expect(meters).toEqual({ ...NO_METERS, acknowledgedCount: 4 });
});

test('other events cost nothing', () => {
  const meters = count([
    { type: 'disk.truncate', file: 'a', sizeBytes: 9 },
    { type: 'store.get', key, found: true },
    { type: 'merge.dropped', key, kind: 'value' },
  ]);
  expect(meters).toEqual(NO_METERS);
});
