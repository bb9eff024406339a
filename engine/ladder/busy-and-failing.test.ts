/** Stores whose disk is slow, full or damaged while others still call. */
import { expect, test } from 'vitest';
import { CorruptionError, InvalidInputError } from '../base/errors.ts';
import { slicedCrc32 } from '../bytes/crc32.ts';
import { encodeUtf8 } from '../bytes/text.ts';
import { surviveCrash } from '../disk/disk-state.ts';
import { SimulatedDisk } from '../disk/simulated-disk.ts';
import { SimulatedClock } from '../simulation/clock.ts';
import { AppendLog } from './2-append-log.ts';
import { HashIndex } from './3-hash-index.ts';
import { openStore } from './open-store.ts';
import { RUNGS } from './wrong-switches.ts';

const CONFIG = { crc32: slicedCrc32 };
const key = (text: string) => encodeUtf8(text);

/** The disk after a power cut that nothing unsynced survived. */
function afterPowerCut(disk: SimulatedDisk): SimulatedDisk {
  const state = surviveCrash(disk.captureState(), new Map());
  return new SimulatedDisk({ state });
}

test('what a refused write left behind the end is cut by the sync', async () => {
  let isFull = false;
  const disk = new SimulatedDisk({
    faults: ({ operation }) => {
      if (!isFull || operation !== 'write') return undefined;
      isFull = false;
      return { kind: 'short-write', sizeBytes: 500 };
    },
  });
  const failing = new SimulatedDisk({
    faults: (call) => {
      if (call.operation !== 'write' || call.index < 6) return undefined;
      if (call.index === 6) return { kind: 'short-write', sizeBytes: 500 };
      if (call.index === 7) return { kind: 'fail', reason: 'ENOSPC' };
      return undefined;
    },
  });
  for (const one of [disk, failing]) {
    const store = await AppendLog.open(one, CONFIG);
    store.put(key('a'), key('1'));
    await store.sync();
    isFull = true;
    try {
      store.put(key('b'), new Uint8Array(900).fill(0x62));
    } catch {
      // Refused: nothing of it may be left.
    }
    store.put(key('k'), key('2'));
    await store.sync();
    const inspection = store.inspect();
    if (inspection.rung !== 'append-log') throw new Error('another rung');
    const file = await one.open('append.log', 'existing');
    expect(file.size()).toBe(inspection.endOffset);
  }
});

test('a sync ends although others never stop writing', async () => {
  const clock = new SimulatedClock();
  const disk = new SimulatedDisk({ syncLatency: () => clock.sleep(5) });
  const opening = HashIndex.open(disk, { ...CONFIG, segmentSizeBytesMax: 200 });
  await clock.runUntil(100);
  const store = await opening;
  let isDone = false;
  let puts = 0;
  const writer = async () => {
    while (!isDone && puts < 500) {
      store.put(key(`k${puts++}`), key('value'));
      await clock.sleep(1);
    }
  };
  const syncs = async () => {
    for (let turn = 0; turn < 3; turn++) await store.sync();
    isDone = true;
  };
  void writer();
  void syncs();
  await clock.runUntil(1000);
  expect(isDone).toBe(true);
  expect(puts).toBeLessThan(300);
});

test.each(RUNGS)(
  '%s: whoever closes twice waits for the sync',
  async (rung) => {
    const clock = new SimulatedClock();
    const disk = new SimulatedDisk({ syncLatency: () => clock.sleep(5) });
    const opening = openStore(rung, disk, CONFIG);
    await clock.runUntil(100);
    const store = await opening;
    store.put(key('a'), key('1'));
    const first = store.close();
    const second = store.close();
    await clock.runUntil(300);
    await second;
    const again = await openStore(rung, afterPowerCut(disk), CONFIG);
    expect(again.get(key('a'))).toEqual(key('1'));
    await first;
  },
);

test('syncs of their own are served before a store closes', async () => {
  const disk = new SimulatedDisk();
  const store = await AppendLog.open(disk, { ...CONFIG, groupCommit: false });
  const syncs = ['a', 'b', 'c', 'd'].map((name) => {
    store.put(key(name), key('1'));
    return store.sync();
  });
  const closing = store.close();
  await expect(Promise.all([...syncs, closing])).resolves.toHaveLength(5);
});

test('a hint that cannot be written does not stop the store', async () => {
  const disk = new SimulatedDisk({
    faults: ({ operation, file }) =>
      operation === 'write' && file.endsWith('.hint')
        ? { kind: 'fail', reason: 'ENOSPC' }
        : undefined,
  });
  const store = await HashIndex.open(disk, CONFIG);
  for (const name of ['a', 'b']) {
    store.put(key(name), key('1'));
    await store.roll();
  }
  await store.merge();
  expect(store.get(key('a'))).toEqual(key('1'));
  await store.close();
  const again = await HashIndex.open(afterPowerCut(disk), CONFIG);
  expect(again.get(key('b'))).toEqual(key('1'));
});

test('inputs of a merge stay while its output cannot be read', async () => {
  const disk = new SimulatedDisk();
  const store = await HashIndex.open(disk, CONFIG);
  for (const name of ['a', 'b']) {
    store.put(key(name), key('1'));
    await store.roll();
  }
  const before = disk.captureState();
  await store.merge();
  const merged = disk.captureState();
  // As if the crash had come before the first input was removed.
  const first = before.names.get('segment-000001.log');
  const file = first === undefined ? undefined : before.files.get(first);
  if (first === undefined || file === undefined) throw new Error('no input');
  const damaged = new SimulatedDisk({
    state: {
      ...merged,
      pending: [],
      files: new Map(merged.files).set(first, file),
      names: new Map(merged.names).set('segment-000001.log', first),
    },
  });
  damaged.remove('segment-000002.hint');
  damaged.flipBit('segment-000002.log', 40, 0);
  await expect(HashIndex.open(damaged, CONFIG)).rejects.toThrow(
    CorruptionError,
  );
  expect(damaged.list()).toContain('segment-000001.log');
});

test.each(RUNGS)('%s: opening without a checksum is refused', async (rung) => {
  // A caller without TypeScript can pass anything.
  const open = openStore(rung, new SimulatedDisk(), {} as never);
  await expect(open).rejects.toThrow(InvalidInputError);
});

test('a segment size or id that is no number is refused', async () => {
  const size = { ...CONFIG, segmentSizeBytesMax: Number.NaN };
  const disk = new SimulatedDisk();
  await expect(HashIndex.open(disk, size)).rejects.toThrow(InvalidInputError);
  const store = await HashIndex.open(disk, CONFIG);
  await expect(store.merge(Number.NaN, 2)).rejects.toThrow(InvalidInputError);
});
