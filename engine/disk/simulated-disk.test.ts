import { describe, expect, test } from 'vitest';
import { ClosedError, DiskError, InvalidInputError } from '../base/errors.ts';
import { describeDisk } from './disk-conformance.ts';
import {
  allSurvive,
  type DiskState,
  type Survivors,
  surviveCrash,
} from './disk-state.ts';
import type { DiskFactory } from './disk-suite.ts';
import type { DiskCall, DiskFault, FaultPlan } from './fault-plan.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { readWholeFile, writeFully } from './whole-file.ts';

const simulatedDisks: DiskFactory<SimulatedDisk> = {
  create: async () => new SimulatedDisk(),
  // A killed process: the operating system keeps everything.
  reopen: async (disk) => {
    disk.close();
    return new SimulatedDisk({ state: disk.captureState() });
  },
  dispose: async (disk) => disk.close(),
};

describeDisk('the simulated disk', simulatedDisks);

/** The content of `a` after a power cut that spares nothing unsynced. */
function afterPowerCut(state: DiskState): number[] | undefined {
  return bytesOf(surviveCrash(state, new Map()));
}

function bytesOf(state: DiskState): number[] | undefined {
  const inode = state.names.get('a');
  const file = inode === undefined ? undefined : state.files.get(inode);
  return file === undefined ? undefined : [...file.cached];
}

/** All that is pending, the lost included: they must not come through. */
function everySurvivor(state: DiskState): Survivors {
  return new Map(state.pending.map(({ id }) => [id, 'whole'] as const));
}

/** A disk with an open, durable, empty file `a`. */
async function diskWithFile(config: {
  faults?: FaultPlan;
  syncLatency?: () => Promise<void>;
}) {
  const base = new SimulatedDisk();
  await base.open('a', 'create');
  await base.syncDirectory();
  const disk = new SimulatedDisk({ ...config, state: base.captureState() });
  return { disk, file: await disk.open('a', 'existing') };
}

/** Fails the calls of one operation, in turn, as the list says. */
function faultsOf(
  operation: DiskCall['operation'],
  faults: readonly (DiskFault | undefined)[],
): FaultPlan {
  let callCount = 0;
  return (call) =>
    call.operation === operation ? faults[callCount++] : undefined;
}

const ioError: DiskFault = { kind: 'fail', reason: 'EIO' };

describe('a sync', () => {
  test('makes durable what was written before it, and only that', async () => {
    const { disk, file } = await diskWithFile({});
    file.write(Uint8Array.of(1), 0);
    expect(afterPowerCut(disk.captureState())).toEqual([]);
    await file.sync();
    file.write(Uint8Array.of(2), 1);
    expect(afterPowerCut(disk.captureState())).toEqual([1]);
    expect(disk.captureState().pending).toHaveLength(1);
  });

  test('that is slow does not cover what is written meanwhile', async () => {
    let finish = () => {};
    const { disk, file } = await diskWithFile({
      syncLatency: () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    });
    file.write(Uint8Array.of(1), 0);
    const syncing = file.sync();
    file.write(Uint8Array.of(2), 1);
    expect(afterPowerCut(disk.captureState())).toEqual([]);
    finish();
    await syncing;
    expect(afterPowerCut(disk.captureState())).toEqual([1]);
    expect([...readWholeFile(file)]).toEqual([1, 2]);
  });

  test('covers its own file and no name', async () => {
    const disk = new SimulatedDisk();
    const first = await disk.open('a', 'create');
    const second = await disk.open('b', 'create');
    first.write(Uint8Array.of(1), 0);
    second.write(Uint8Array.of(2), 0);
    await first.sync();
    expect(disk.captureState().pending.map(({ kind }) => kind)).toEqual([
      'create',
      'create',
      'write',
    ]);
  });

  test('of the directory covers names and no content', async () => {
    const disk = new SimulatedDisk();
    const file = await disk.open('a', 'create');
    file.write(Uint8Array.of(1), 0);
    await disk.syncDirectory();
    expect(afterPowerCut(disk.captureState())).toEqual([]);
  });

  test('of the directory does not cover later names', async () => {
    let finish = () => {};
    const disk = new SimulatedDisk({
      syncLatency: () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    });
    await disk.open('a', 'create');
    const syncing = disk.syncDirectory();
    await disk.open('b', 'create');
    finish();
    await syncing;
    const state = surviveCrash(disk.captureState(), new Map());
    expect([...state.names.keys()]).toEqual(['a']);
  });

  test('of a handle follows the file through a rename', async () => {
    const { disk, file } = await diskWithFile({});
    disk.rename('a', 'b');
    file.write(Uint8Array.of(1), 0);
    await file.sync();
    expect(afterPowerCut(disk.captureState())).toEqual([1]);
  });
});

describe('a failed sync', () => {
  test('loses the data for good, though it can still be read', async () => {
    const faults = faultsOf('sync', [ioError]);
    const { disk, file } = await diskWithFile({ faults });
    file.write(Uint8Array.of(1), 0);
    await expect(file.sync()).rejects.toThrow(DiskError);
    expect([...readWholeFile(file)]).toEqual([1]);
    await file.sync();
    const state = disk.captureState();
    expect(state.pending).toMatchObject([{ kind: 'write', place: 'lost' }]);
    expect(allSurvive(state).size).toBe(0);
    expect(bytesOf(surviveCrash(state, everySurvivor(state)))).toEqual([]);
  });

  test('does not hold back what is written after it', async () => {
    const faults = faultsOf('sync', [ioError]);
    const { disk, file } = await diskWithFile({ faults });
    file.write(Uint8Array.of(1), 0);
    await expect(file.sync()).rejects.toThrow('EIO');
    file.write(Uint8Array.of(2), 1);
    await file.sync();
    // The hole where the lost byte was is exactly what makes this dangerous.
    expect(afterPowerCut(disk.captureState())).toEqual([0, 2]);
  });

  test('does not touch what was written while it ran', async () => {
    let finish = () => {};
    const { disk, file } = await diskWithFile({
      faults: faultsOf('sync', [ioError]),
      syncLatency: () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    });
    file.write(Uint8Array.of(1), 0);
    const syncing = file.sync();
    file.write(Uint8Array.of(2), 0);
    finish();
    await expect(syncing).rejects.toThrow('EIO');
    const places = disk.captureState().pending.map(({ place }) => place);
    expect(places).toEqual(['lost', 'os']);
  });

  test('of the directory loses the names', async () => {
    const faults = faultsOf('sync-directory', [ioError]);
    const disk = new SimulatedDisk({ faults });
    await disk.open('a', 'create');
    await expect(disk.syncDirectory()).rejects.toThrow('EIO');
    await disk.syncDirectory();
    expect(disk.list()).toEqual(['a']);
    const state = disk.captureState();
    expect(surviveCrash(state, everySurvivor(state)).names.size).toBe(0);
  });
});

describe('a lying sync', () => {
  const lie: DiskFault = { kind: 'lying-sync' };

  test('resolves and leaves the data in the drive', async () => {
    const { disk, file } = await diskWithFile({
      faults: faultsOf('sync', [lie]),
    });
    file.write(Uint8Array.of(1), 0);
    await file.sync();
    const state = disk.captureState();
    expect(state.pending).toMatchObject([{ place: 'drive' }]);
    expect(afterPowerCut(state)).toEqual([]);
    expect(bytesOf(surviveCrash(state, allSurvive(state)))).toEqual([1]);
  });

  test('is made good by an honest one', async () => {
    const { disk, file } = await diskWithFile({
      faults: faultsOf('sync', [lie]),
    });
    file.write(Uint8Array.of(1), 0);
    await file.sync();
    await file.sync();
    expect(disk.captureState().pending).toEqual([]);
    expect(afterPowerCut(disk.captureState())).toEqual([1]);
  });

  test('leaves in the drive what a failed sync no longer reaches', async () => {
    const { disk, file } = await diskWithFile({
      faults: faultsOf('sync', [lie, ioError]),
    });
    file.write(Uint8Array.of(1), 0);
    await file.sync();
    file.write(Uint8Array.of(2), 1);
    await expect(file.sync()).rejects.toThrow('EIO');
    const places = disk.captureState().pending.map(({ place }) => place);
    expect(places).toEqual(['drive', 'lost']);
  });

  test('of the directory keeps what its drive may yet bring back', async () => {
    const { disk, file } = await diskWithFile({
      faults: faultsOf('sync-directory', [lie]),
    });
    writeFully(file, Uint8Array.of(1), 0);
    await file.sync();
    file.close();
    disk.remove('a');
    const next = await disk.open('b', 'create');
    writeFully(next, Uint8Array.of(2), 0);
    await next.sync();
    next.close();
    disk.remove('b');
    await disk.syncDirectory();
    const state = disk.captureState();
    expect(afterPowerCut(state)).toEqual([1]);
    const create = state.pending.find(({ kind }) => kind === 'create');
    if (create === undefined) throw new Error('the creation is forgotten');
    const after = surviveCrash(state, new Map([[create.id, 'whole']]));
    expect([...after.names.keys()].sort()).toEqual(['a', 'b']);
  });

  test('of the directory leaves the names in the drive', async () => {
    const disk = new SimulatedDisk({
      faults: faultsOf('sync-directory', [lie]),
    });
    await disk.open('a', 'create');
    await disk.syncDirectory();
    expect(disk.captureState().pending).toMatchObject([
      { kind: 'create', place: 'drive' },
    ]);
  });
});

describe('the fault plan', () => {
  test('sees each call once, numbered from 0', async () => {
    const calls: DiskCall[] = [];
    const disk = new SimulatedDisk({
      faults: (call) => {
        calls.push(call);
        return undefined;
      },
    });
    const file = await disk.open('a', 'create');
    file.write(Uint8Array.of(1), 0);
    file.read(new Uint8Array(1), 0);
    file.truncate(0);
    file.size();
    disk.list();
    await file.sync();
    disk.rename('a', 'b');
    await disk.syncDirectory();
    file.close();
    disk.remove('b');
    expect(calls.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(calls.map(({ operation, file }) => `${operation} ${file}`)).toEqual([
      'open a',
      'write a',
      'read a',
      'truncate a',
      'sync a',
      'rename a',
      'sync-directory .',
      'remove b',
    ]);
  });

  test.each(['EIO', 'ENOSPC'] as const)(
    '%s fails a call before it does anything',
    async (reason) => {
      const fault: DiskFault = { kind: 'fail', reason };
      let failing: DiskCall['operation'] | undefined;
      const disk = new SimulatedDisk({
        faults: ({ operation }) => (operation === failing ? fault : undefined),
      });
      const file = await disk.open('a', 'create');
      file.write(Uint8Array.of(1, 2), 0);
      const before = disk.captureState();
      const failWith = (operation: DiskCall['operation'], call: () => void) => {
        failing = operation;
        expect(call).toThrow(`${reason}: ${operation} of`);
      };
      failWith('write', () => file.write(Uint8Array.of(9), 0));
      failWith('read', () => file.read(new Uint8Array(1), 0));
      failWith('truncate', () => file.truncate(0));
      failWith('rename', () => disk.rename('a', 'b'));
      failWith('remove', () => disk.remove('a'));
      failing = 'open';
      await expect(disk.open('b', 'create')).rejects.toThrow(DiskError);
      expect(disk.captureState()).toEqual(before);
    },
  );

  test('a short write writes its first bytes and says so', async () => {
    const { disk, file } = await diskWithFile({
      faults: faultsOf('write', [{ kind: 'short-write', sizeBytes: 2 }]),
    });
    expect(file.write(Uint8Array.of(1, 2, 3), 0)).toBe(2);
    expect([...readWholeFile(file)]).toEqual([1, 2]);
    await file.sync();
    expect(afterPowerCut(disk.captureState())).toEqual([1, 2]);
  });

  test('a write of nothing leaves no effect', async () => {
    const { disk, file } = await diskWithFile({
      faults: faultsOf('write', [{ kind: 'short-write', sizeBytes: 0 }]),
    });
    expect(file.write(Uint8Array.of(1), 0)).toBe(0);
    expect(disk.captureState().pending).toEqual([]);
  });
});

test('what a power cut leaves is not changed by who wrote it', async () => {
  const { disk, file } = await diskWithFile({});
  const source = Uint8Array.of(1, 2);
  file.write(source, 0);
  source.fill(9);
  const state = disk.captureState();
  expect(bytesOf(surviveCrash(state, allSurvive(state)))).toEqual([1, 2]);
});

describe('a captured state', () => {
  test('does not change when the disk does', async () => {
    const { disk, file } = await diskWithFile({});
    writeFully(file, Uint8Array.of(1, 2, 3, 4), 0);
    const states = [disk.captureState()];
    const copies = [structuredClone(states[0])];
    const change = async (step: () => unknown) => {
      await step();
      states.push(disk.captureState());
      copies.push(structuredClone(states.at(-1)));
    };
    await change(() => file.write(Uint8Array.of(9), 0));
    // A sync between a capture and a write must not make the bytes ours.
    await change(() => file.sync());
    await change(() => file.write(Uint8Array.of(8), 1));
    await change(() => file.truncate(2));
    await change(() => file.write(Uint8Array.of(7, 7, 7), 2));
    await change(() => disk.flipBit('a', 0, 0));
    await change(() => disk.syncDirectory());
    await change(() => disk.rename('a', 'b'));
    await change(() => file.sync());
    await change(() => file.write(Uint8Array.of(6), 0));
    expect(states).toEqual(copies);
  });

  test('is not changed by a sync and a write without a capture', async () => {
    const { disk, file } = await diskWithFile({});
    writeFully(file, Uint8Array.of(1, 2, 3, 4), 0);
    const state = disk.captureState();
    const before = structuredClone(state);
    await file.sync();
    file.write(Uint8Array.of(9, 9), 0);
    expect(state).toEqual(before);
  });

  test('is not changed by a disk that starts from it', async () => {
    const { disk, file } = await diskWithFile({});
    writeFully(file, Uint8Array.of(1, 2, 3, 4), 0);
    const state = disk.captureState();
    const before = structuredClone(state);
    const next = new SimulatedDisk({ state });
    const again = await next.open('a', 'existing');
    await again.sync();
    again.write(Uint8Array.of(9), 0);
    again.truncate(1);
    next.flipBit('a', 0, 7);
    await next.open('b', 'create');
    await next.syncDirectory();
    expect(state).toEqual(before);
  });

  test('shares the files that did not change with the one before', async () => {
    const { disk, file } = await diskWithFile({});
    const other = await disk.open('b', 'create');
    writeFully(other, Uint8Array.of(1), 0);
    const before = disk.captureState();
    file.write(Uint8Array.of(1), 0);
    const after = disk.captureState();
    const inodeOf = (name: string) => {
      const inode = after.names.get(name);
      if (inode === undefined) throw new Error(`there is no ${name}`);
      return inode;
    };
    const [unchanged, changed] = [inodeOf('b'), inodeOf('a')];
    expect(after.files.get(unchanged)).toBe(before.files.get(unchanged));
    expect(after.files.get(changed)).not.toBe(before.files.get(changed));
  });

  test('forgets replaced files once nothing can bring them back', async () => {
    const disk = new SimulatedDisk();
    for (let save = 0; save < 5; save++) {
      const file = await disk.open('new', 'create');
      writeFully(file, Uint8Array.of(save), 0);
      // Only every other save syncs: unsynced content must go as well.
      if (save % 2 === 0) await file.sync();
      file.close();
      disk.rename('new', 'a');
      expect(disk.captureState().files.size).toBeLessThanOrEqual(2);
      await disk.syncDirectory();
      expect(disk.captureState().files.size).toBe(1);
    }
    expect(disk.captureState().pending).toEqual([]);
    expect(bytesOf(disk.captureState())).toEqual([4]);
  });
});

describe('a killed process', () => {
  test('loses nothing that a power cut would take', async () => {
    const disk = new SimulatedDisk();
    const file = await disk.open('a', 'create');
    writeFully(file, Uint8Array.of(1, 2, 3), 0);
    disk.close();
    const state = disk.captureState();
    const next = new SimulatedDisk({ state });
    expect([...readWholeFile(await next.open('a', 'existing'))]).toEqual([
      1, 2, 3,
    ]);
    expect(next.captureState()).toEqual(state);
    expect(surviveCrash(state, new Map()).names.size).toBe(0);
  });

  test('leaves effects that a sync of the next one covers', async () => {
    const { disk, file } = await diskWithFile({});
    writeFully(file, Uint8Array.of(1, 2, 3), 0);
    disk.close();
    const next = new SimulatedDisk({ state: disk.captureState() });
    const again = await next.open('a', 'existing');
    await again.sync();
    expect(afterPowerCut(next.captureState())).toEqual([1, 2, 3]);
  });

  test('cannot use its disk any more', async () => {
    const { disk } = await diskWithFile({});
    disk.close();
    expect(() => disk.flipBit('a', 0, 0)).toThrow(ClosedError);
  });
});

describe('a flipped bit', () => {
  test('is seen at once, and neither synced nor cut away', async () => {
    const { disk, file } = await diskWithFile({});
    writeFully(file, Uint8Array.of(0, 0), 0);
    await file.sync();
    file.write(Uint8Array.of(0b1000), 1);
    disk.flipBit('a', 0, 7);
    disk.flipBit('a', 1, 0);
    expect([...readWholeFile(file)]).toEqual([0x80, 0b1001]);
    const state = disk.captureState();
    expect(afterPowerCut(state)).toEqual([0x80, 1]);
    expect(bytesOf(surviveCrash(state, allSurvive(state)))).toEqual([
      0x80, 0b1001,
    ]);
    await file.sync();
    expect(afterPowerCut(disk.captureState())).toEqual([0x80, 0b1001]);
  });

  test('flipped again is whole again', async () => {
    const { disk, file } = await diskWithFile({});
    writeFully(file, Uint8Array.of(1, 2, 3), 0);
    const before = disk.captureState();
    disk.flipBit('a', 2, 5);
    expect(bytesOf(disk.captureState())).toEqual([1, 2, 3 ^ 32]);
    disk.flipBit('a', 2, 5);
    expect(disk.captureState()).toEqual(before);
  });

  test.each([
    [3, 0],
    [-1, 0],
    [0, 8],
    [0, -1],
  ])('at byte %i, bit %i does not exist', async (offset, bit) => {
    const { disk, file } = await diskWithFile({});
    writeFully(file, Uint8Array.of(1, 2, 3), 0);
    expect(() => disk.flipBit('a', offset, bit)).toThrow(InvalidInputError);
    expect(() => disk.flipBit('b', 0, 0)).toThrow(DiskError);
  });
});

test('the same calls make the same disk, bit for bit', async () => {
  const play = async () => {
    const disk = new SimulatedDisk({
      faults: ({ index }) =>
        index % 7 === 5 ? { kind: 'short-write', sizeBytes: 3 } : undefined,
    });
    for (let round = 0; round < 5; round++) {
      const file = await disk.open(`file-${round % 2}`, 'create');
      file.write(Uint8Array.of(round, 1, 2, 3, 4), round * 3);
      if (round % 2 === 0) await file.sync();
      file.close();
      disk.rename(`file-${round % 2}`, 'target');
      if (round === 3) await disk.syncDirectory();
    }
    return disk.captureState();
  };
  expect(await play()).toEqual(await play());
});
