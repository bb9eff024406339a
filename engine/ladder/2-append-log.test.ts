import { describe, expect, test } from 'vitest';
import { CorruptionError } from '../base/errors.ts';
import { slicedCrc32 } from '../bytes/crc32.ts';
import { text } from '../disk/disk-expectation-suite.ts';
import { MemoryDisk } from '../disk/memory-disk.ts';
import { TracedDisk } from '../disk/traced-disk.ts';
import type { TraceEvent } from '../trace/trace-event.ts';
import { tracerTo } from '../trace/tracer.ts';
import { APPEND_LOG_NAME, AppendLog } from './2-append-log.ts';

const config = { crc32: slicedCrc32 };
const LETTERS = ['a', 'b', 'c', 'd'];

function diskWith(bytes: Uint8Array): MemoryDisk {
  return new MemoryDisk(new Map([[APPEND_LOG_NAME, bytes]]));
}

/** A log of four synced puts; `closed` adds the witness of a clean close. */
async function fourPuts(closed: boolean) {
  const disk = new MemoryDisk();
  const store = await AppendLog.open(disk, config);
  const ends: number[] = [];
  for (const letter of LETTERS) {
    store.put(text(letter), text(letter.repeat(8)));
    await store.sync();
    const inspection = store.inspect();
    if (inspection.rung === 'append-log') ends.push(inspection.endOffset);
  }
  if (closed) await store.close();
  const bytes = disk.capture().get(APPEND_LOG_NAME) ?? new Uint8Array(0);
  return { bytes, ends };
}

async function keysOf(disk: MemoryDisk): Promise<string[]> {
  const store = await AppendLog.open(disk, config);
  const decoder = new TextDecoder();
  const keys = store.scan().map(({ key, value }) => {
    expect(decoder.decode(value)).toBe(decoder.decode(key).repeat(8));
    return decoder.decode(key);
  });
  await store.close();
  return keys;
}

function flip(bytes: Uint8Array, offset: number, bit: number): Uint8Array {
  return bytes.map((byte, at) => (at === offset ? byte ^ (1 << bit) : byte));
}

describe('a log that was cut', () => {
  test('opens with exactly the records that are whole', async () => {
    const { bytes, ends } = await fourPuts(true);
    for (let size = 16; size <= bytes.length; size++) {
      const disk = diskWith(bytes.subarray(0, size));
      const wholeCount = ends.filter((end) => end <= size).length;
      expect(await keysOf(disk)).toEqual(LETTERS.slice(0, wholeCount));
    }
  });

  test('goes on where the last whole record ends', async () => {
    const { bytes, ends } = await fourPuts(false);
    const events: TraceEvent[] = [];
    const tracer = tracerTo((event) => events.push(event));
    const disk = diskWith(bytes.subarray(0, (ends[3] ?? 0) - 5));
    const store = await AppendLog.open(disk, { ...config, tracer });
    expect(store.inspect()).toMatchObject({ endOffset: ends[2] });
    expect(events).toContainEqual({
      type: 'recovery.cut',
      file: APPEND_LOG_NAME,
      offset: ends[2],
      cutBytes: (ends[3] ?? 0) - 5 - (ends[2] ?? 0),
    });
    store.put(text('d'), text('dddddddd'));
    await store.close();
    expect(await keysOf(disk)).toEqual(LETTERS);
  });

  test('inside its header is a new log, if nothing else is in it', async () => {
    const { bytes } = await fourPuts(true);
    for (let size = 0; size < 16; size++) {
      expect(await keysOf(diskWith(bytes.subarray(0, size)))).toEqual([]);
      expect(await keysOf(diskWith(new Uint8Array(size)))).toEqual([]);
    }
  });
});

describe('a log with a flipped bit', () => {
  test('is refused with its offset when it had been closed', async () => {
    const { bytes, ends } = await fourPuts(true);
    for (let offset = 0; offset < (ends[3] ?? 0); offset++) {
      const open = AppendLog.open(diskWith(flip(bytes, offset, 3)), config);
      const error: unknown = await open.catch((thrown) => thrown);
      expect(error).toBeInstanceOf(CorruptionError);
      const recordStart = [16, ...ends].findLast((end) => end <= offset);
      const expected = recordStart ?? (offset < 8 ? 0 : 8);
      expect(error).toMatchObject({ file: APPEND_LOG_NAME, offset: expected });
    }
  });

  test('never gives a wrong answer, only a refusal or fewer keys', async () => {
    for (const closed of [true, false]) {
      const { bytes, ends } = await fourPuts(closed);
      for (let index = 0; index < bytes.length * 8; index++) {
        const damaged = diskWith(flip(bytes, index >> 3, index & 7));
        const keys = await keysOf(damaged).catch((error: unknown) => {
          if (error instanceof CorruptionError) return undefined;
          throw error;
        });
        if (keys === undefined) continue;
        // Only the last record has no later one to testify for it.
        expect(index >> 3).toBeGreaterThanOrEqual(ends[closed ? 3 : 2] ?? 0);
        expect(keys).toEqual(LETTERS.slice(0, closed ? 4 : 3));
      }
    }
  });

  test('is noticed by a get when it flips while the store is open', async () => {
    const { bytes } = await fourPuts(false);
    const disk = diskWith(bytes);
    const store = await AppendLog.open(disk, config);
    const file = await disk.open(APPEND_LOG_NAME, 'existing');
    file.write(Uint8Array.of(0xff), 50);
    expect(() => store.get(text('a'))).toThrow(/append\.log at offset 16/);
  });
});

test('acknowledgements count writes, once each', async () => {
  const counts: number[] = [];
  const tracer = tracerTo((event) => {
    if (event.type === 'store.acknowledged') counts.push(event.writeCount);
  });
  const store = await AppendLog.open(new MemoryDisk(), { ...config, tracer });
  store.put(text('a'), text('1'));
  store.delete(text('a'));
  await Promise.all([store.sync(), store.sync()]);
  store.put(text('b'), text('2'));
  await store.close();
  expect(counts).toEqual([2, 1]);
});

test('without group commit each caller pays for a sync of its own', async () => {
  const syncCounts: number[] = [];
  for (const groupCommit of [true, false]) {
    let syncCount = 0;
    const tracer = tracerTo(({ type }) => {
      if (type === 'disk.sync') syncCount++;
    });
    const disk = new TracedDisk(new MemoryDisk(), tracer);
    const store = await AppendLog.open(disk, { ...config, groupCommit });
    syncCount = 0;
    const commits = Array.from({ length: 10 }, (_, index) => {
      store.put(text(`key-${index}`), text('x'));
      return store.sync();
    });
    await Promise.all(commits);
    syncCounts.push(syncCount);
    await store.close();
  }
  expect(syncCounts).toEqual([2, 10]);
});
