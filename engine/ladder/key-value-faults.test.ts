import { describe, expect, test } from 'vitest';
import { WrongoError } from '../base/errors.ts';
import { toByteString } from '../bytes/byte-string.ts';
import { slicedCrc32 } from '../bytes/crc32.ts';
import { text } from '../disk/disk-expectation-suite.ts';
import { type DiskState, surviveCrash } from '../disk/disk-state.ts';
import type { DiskCall, DiskFault, FaultPlan } from '../disk/fault-plan.ts';
import { SimulatedDisk } from '../disk/simulated-disk.ts';
import { type HistoryWrite, judge } from '../simulation/judge.ts';
import { HashIndex } from './3-hash-index.ts';
import type { KeyValueStore } from './key-value-store.ts';
import { openStore } from './open-store.ts';
import { cutPower } from './power-cut-disks-suite.ts';
import { RUNGS, type Rung } from './wrong-switches.ts';

/** The rungs whose put writes to the disk at once. */
const LOG_RUNGS = ['append-log', 'hash-index'] as const;

const EIO: DiskFault = { kind: 'fail', reason: 'EIO' };
const ENOSPC: DiskFault = { kind: 'fail', reason: 'ENOSPC' };

function open(rung: Rung, disk: SimulatedDisk): Promise<KeyValueStore> {
  const config = { crc32: slicedCrc32, segmentSizeBytesMax: 256 };
  return openStore(rung, disk, config);
}

/** A disk on which the next calls of one operation go wrong, as asked. */
function diskWithFaults(state?: DiskState) {
  const planned: { operation: DiskCall['operation']; fault: DiskFault }[] = [];
  const faults: FaultPlan = ({ operation }) =>
    planned[0]?.operation === operation ? planned.shift()?.fault : undefined;
  const disk = new SimulatedDisk({ faults, ...(state && { state }) });
  const failNext = (operation: DiskCall['operation'], fault: DiskFault) => {
    planned.push({ operation, fault });
  };
  return { disk, failNext };
}

async function reopened(
  rung: Rung,
  state: DiskState,
): Promise<Map<string, string>> {
  const store = await open(rung, new SimulatedDisk({ state }));
  const contents = contentsOf(store);
  await store.close();
  return contents;
}

function contentsOf(store: KeyValueStore): Map<string, string> {
  return new Map(
    store
      .scan()
      .map(({ key, value }) => [toByteString(key), toByteString(value)]),
  );
}

describe.each(LOG_RUNGS)('%s on a full disk', (rung) => {
  async function fullStore(writtenBytes: number | undefined) {
    const { disk, failNext } = diskWithFaults();
    const store = await open(rung, disk);
    store.put(text('cat'), text('Mina'));
    await store.sync();
    if (writtenBytes !== undefined) {
      failNext('write', { kind: 'short-write', sizeBytes: writtenBytes });
    }
    failNext('write', ENOSPC);
    return { disk, store };
  }

  test.each([undefined, 1, 26, 30])(
    'refuses a put that it took %s bytes of, and stays as it was',
    async (writtenBytes) => {
      const { disk, store } = await fullStore(writtenBytes);
      const refused = () => store.put(text('cat'), text('a long new value'));
      expect(refused).toThrow(/ENOSPC/);
      expect([...contentsOf(store)]).toEqual([['cat', 'Mina']]);
      store.put(text('dog'), text('Rex'));
      await store.sync();
      const expected = [
        ['cat', 'Mina'],
        ['dog', 'Rex'],
      ];
      expect([...contentsOf(store)]).toEqual(expected);
      const state = surviveCrash(disk.captureState(), new Map());
      expect([...(await reopened(rung, state))]).toEqual(expected);
    },
  );

  test('refuses a delete, and the key stays', async () => {
    const { disk, store } = await fullStore(5);
    expect(() => store.delete(text('cat'))).toThrow(/ENOSPC/);
    expect([...contentsOf(store)]).toEqual([['cat', 'Mina']]);
    await store.close();
    const contents = await reopened(rung, disk.captureState());
    expect([...contents]).toEqual([['cat', 'Mina']]);
  });
});

test('a segment closes without what a refused put left in it', async () => {
  const { disk, failNext } = diskWithFaults();
  const store = await HashIndex.open(disk, { crc32: slicedCrc32 });
  store.put(text('cat'), text('Mina'));
  failNext('write', { kind: 'short-write', sizeBytes: 20 });
  failNext('write', ENOSPC);
  expect(() => store.put(text('dog'), text('Rex'))).toThrow(/ENOSPC/);
  await store.roll();
  store.put(text('owl'), text('Ulla'));
  await store.roll();
  await store.merge();
  await store.sync();
  const state = surviveCrash(disk.captureState(), new Map());
  const contents = await reopened('hash-index', state);
  expect([...contents.keys()].sort()).toEqual(['cat', 'owl']);
});

describe.each(RUNGS)('%s after a failed sync', (rung) => {
  async function poisonedStore() {
    const { disk, failNext } = diskWithFaults();
    const store = await open(rung, disk);
    store.put(text('cat'), text('Mina'));
    await store.sync();
    store.put(text('dog'), text('Rex'));
    failNext('sync', EIO);
    return { disk, store };
  }

  test('acknowledges nothing and refuses everything', async () => {
    const { disk, store } = await poisonedStore();
    await expect(store.sync()).rejects.toThrow(/EIO/);
    const closed = expect.objectContaining({ code: 'CLOSED' });
    expect(() => store.get(text('cat'))).toThrow(closed);
    expect(() => store.put(text('cat'), text('x'))).toThrow(closed);
    expect(() => store.delete(text('cat'))).toThrow(closed);
    expect(() => store.scan()).toThrow(closed);
    await expect(store.sync()).rejects.toThrow(closed);
    await store.close();
    await store.close();
    const state = surviveCrash(disk.captureState(), new Map());
    expect([...(await reopened(rung, state))]).toEqual([['cat', 'Mina']]);
  });

  test('everyone who waits hears of it, the one who closes too', async () => {
    const { store } = await poisonedStore();
    const outcomes = await Promise.allSettled([
      store.sync(),
      store.sync(),
      store.close(),
    ]);
    const statuses = outcomes.map(({ status }) => status);
    expect(statuses).toEqual(['rejected', 'rejected', 'rejected']);
  });
});

describe.each(RUNGS)('%s when the n-th disk call fails', (rung) => {
  /** Writes and acknowledgements, as far as a run got. */
  class Progress {
    readonly writes: HistoryWrite[] = [];
    acknowledged = 0;
  }

  async function work(disk: SimulatedDisk, progress: Progress) {
    const store = await open(rung, disk);
    try {
      for (let index = 0; index < 6; index++) {
        write(store, progress, `key-${index % 3}`, `value ${index}`);
        if (index % 2 === 1) write(store, progress, 'key-0', undefined);
        await store.sync();
        progress.acknowledged = progress.writes.length;
        if (!(store instanceof HashIndex)) continue;
        await store.roll();
        if (index === 3) await store.merge(1, 2);
        if (index === 4) await store.merge();
      }
    } catch (error) {
      await store.close();
      throw error;
    }
    await store.close();
    progress.acknowledged = progress.writes.length;
  }

  function write(
    store: KeyValueStore,
    progress: Progress,
    key: string,
    value: string | undefined,
  ): void {
    if (value === undefined) store.delete(text(key));
    else store.put(text(key), text(value));
    progress.writes.push({ key, value });
  }

  test.each([
    ['EIO', EIO],
    ['ENOSPC', ENOSPC],
    ['a short write', { kind: 'short-write', sizeBytes: 7 }],
  ] as const)('%s loses nothing acknowledged', async (_name, fault) => {
    let failedCount = 0;
    let isOver = false;
    for (let index = 0; !isOver; index++) {
      isOver = true;
      const disk = new SimulatedDisk({
        faults: (call) => {
          if (call.index < index) return undefined;
          isOver = false;
          return call.index === index ? fault : undefined;
        },
      });
      const progress = new Progress();
      try {
        await work(disk, progress);
      } catch (error) {
        expect(error, `call ${index}`).toBeInstanceOf(WrongoError);
        failedCount++;
      }
      const history = { before: new Map<string, string>(), ...progress };
      for (const salt of [1, 2, 3]) {
        const state = cutPower(disk.captureState(), salt);
        const verdict = judge(history, await reopened(rung, state));
        expect(verdict, `call ${index}, ${salt}`).toMatchObject({ kept: true });
      }
    }
    const isShort = fault.kind === 'short-write';
    expect(failedCount > 10).toBe(!isShort);
  });
});

describe.each(RUNGS)('group commit of %s', (rung) => {
  test('shares few syncs, and none resolves too early', async () => {
    const disk = new SimulatedDisk({
      syncLatency: () => new Promise((resolve) => setTimeout(resolve, 1)),
    });
    const store = await open(rung, disk);
    let syncCount = 0;
    const counting = new SimulatedDisk({
      state: disk.captureState(),
      syncLatency: () => {
        syncCount++;
        return new Promise((resolve) => setTimeout(resolve, 1));
      },
    });
    await store.close();
    const shared = await open(rung, counting);
    const before = syncCount;
    const commits = Array.from({ length: 50 }, async (_, index) => {
      shared.put(text(`key-${index}`), text('x'));
      await shared.sync();
      const state = surviveCrash(counting.captureState(), new Map());
      const contents = await reopened(rung, state);
      expect(contents.get(`key-${index}`), `key-${index}`).toBe('x');
    });
    await Promise.all(commits);
    // Two groups; the JSON file and a roll need a few syncs for each.
    expect(syncCount - before).toBeLessThan(20);
    await shared.close();
  });
});
