import { expect, test } from 'vitest';
import { describeEvent } from './describe-event.ts';
import type { TraceEvent } from './trace-event.ts';

const key = new TextEncoder().encode('cat');
const at = { file: 'append.log', offset: 0x1f, sizeBytes: 1 };

/** One of each type: the compiler asks for a new one with each new event. */
const ONE_OF_EACH: { [Type in TraceEvent['type']]: [TraceEvent, string] } = {
  'disk.open': [{ type: 'disk.open', file: 'a' }, 'Open a.'],
  'disk.create': [{ type: 'disk.create', file: 'a' }, 'Create a. Its name'],
  'disk.read': [
    { type: 'disk.read', ...at },
    'Read 1 byte of append.log at 0x1f',
  ],
  'disk.write': [
    { type: 'disk.write', ...at, sizeBytes: 20 },
    'Write 20 bytes to append.log at 0x1f',
  ],
  'disk.truncate': [
    { type: 'disk.truncate', file: 'a', sizeBytes: 0 },
    'Cut a to 0 bytes',
  ],
  'disk.sync-started': [{ type: 'disk.sync-started', file: 'a' }, 'Ask for'],
  'disk.sync': [{ type: 'disk.sync', file: 'a' }, 'The sync of a is finished'],
  'disk.rename': [{ type: 'disk.rename', file: 'a', to: 'b' }, 'Rename a to b'],
  'disk.remove': [{ type: 'disk.remove', file: 'a' }, 'Remove a'],
  'disk.sync-directory-started': [
    { type: 'disk.sync-directory-started' },
    'Ask for a sync of the directory',
  ],
  'disk.sync-directory': [
    { type: 'disk.sync-directory' },
    'The sync of the directory is finished',
  ],
  'disk.failed': [
    { type: 'disk.failed', operation: 'sync', file: 'a', reason: 'EIO' },
    'The sync of a failed: EIO',
  ],
  'store.opened': [
    { type: 'store.opened', rung: 'append-log', wrong: ['no-checksum'] },
    'The append-log store is open, and unsafe: no-checksum',
  ],
  'store.put': [
    { type: 'store.put', key, valueSizeBytes: 4 },
    'put cat, 4 bytes',
  ],
  'store.delete': [{ type: 'store.delete', key }, 'delete cat'],
  'store.get': [{ type: 'store.get', key, found: false }, 'get cat: not found'],
  'store.acknowledged': [
    { type: 'store.acknowledged', writeCount: 2 },
    'Acknowledged: 2 writes',
  ],
  'store.closed': [{ type: 'store.closed' }, 'The store is closed'],
  'recovery.record': [
    { type: 'recovery.record', ...at },
    'Recovery reads a good record of append.log at 0x1f',
  ],
  'recovery.cut': [
    { type: 'recovery.cut', file: 'a', offset: 16, cutBytes: 3 },
    'Recovery cuts a torn tail: 3 bytes of a at 0x10',
  ],
  'recovery.hint': [
    { type: 'recovery.hint', file: 'a', entryCount: 1 },
    'Recovery takes 1 key from the hint a',
  ],
  'recovery.removed': [
    { type: 'recovery.removed', file: 'a' },
    'Recovery removes a',
  ],
  'segment.rolled': [
    { type: 'segment.rolled', file: 'a' },
    'a is the active segment now',
  ],
  'merge.started': [{ type: 'merge.started', files: ['a', 'b'] }, 'Merge a, b'],
  'merge.kept': [
    { type: 'merge.kept', key, kind: 'tombstone' },
    'The merge keeps the tombstone of cat',
  ],
  'merge.dropped': [
    { type: 'merge.dropped', key, kind: 'value' },
    'The merge drops the value of cat',
  ],
  'merge.finished': [
    { type: 'merge.finished', file: 'a' },
    'The merge is in place as a',
  ],
};

test.each(Object.entries(ONE_OF_EACH))('%s is a sentence', (type, example) => {
  const [event, beginning] = example;
  expect(event.type).toBe(type);
  const sentence = describeEvent(event);
  expect(sentence).toMatch(/\.$/);
  expect(sentence.startsWith(beginning), sentence).toBe(true);
  expect(sentence).not.toMatch(/undefined|NaN|\[object/);
});

test('a safe store is not called unsafe', () => {
  const event = {
    type: 'store.opened',
    rung: 'hash-index',
    wrong: [],
  } as const;
  expect(describeEvent(event)).toBe('The hash-index store is open.');
});

test('a key that is not text is shown in hexadecimal', () => {
  const event = { type: 'store.delete', key: Uint8Array.of(0, 0xff) } as const;
  expect(describeEvent(event)).toBe('delete 0x00ff.');
});
