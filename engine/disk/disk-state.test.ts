import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SECTOR_SIZE_BYTES } from '../base/limits.ts';
import {
  allSurvive,
  type DiskState,
  type EffectId,
  EMPTY_DISK_STATE,
  type Survival,
  type Survivors,
  sectorCount,
  surviveCrash,
} from './disk-state.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { writeFully } from './whole-file.ts';

/** A disk whose file `a` is durable with `size` bytes of value 1. */
async function diskWithFile(sizeBytes: number) {
  const disk = new SimulatedDisk();
  const file = await disk.open('a', 'create');
  writeFully(file, new Uint8Array(sizeBytes).fill(1), 0);
  await file.sync();
  await disk.syncDirectory();
  return { disk, file };
}

function contentOf(state: DiskState, name: string): Uint8Array | undefined {
  const inode = state.names.get(name);
  return inode === undefined ? undefined : state.files.get(inode)?.cached;
}

function onlyPendingId(state: DiskState): EffectId {
  const [effect, ...others] = state.pending;
  if (effect === undefined || others.length > 0) {
    throw new Error(`${state.pending.length} effects are pending, not one`);
  }
  return effect.id;
}

/** The only pending effect survives as `survival` says. */
function survivingAs(state: DiskState, survival: Survival): Survivors {
  return new Map([[onlyPendingId(state), survival]]);
}

/** Every subset of the numbers from 0 to count - 1. */
function subsetsOf(count: number): number[][] {
  return Array.from({ length: 2 ** count }, (_, mask) =>
    Array.from({ length: count }, (_, index) => index).filter(
      (index) => mask & (1 << index),
    ),
  );
}

describe('sectors', () => {
  test.each([
    [0, 0, 0],
    [700, 0, 0],
    [0, 1, 1],
    [0, 512, 1],
    [0, 513, 2],
    [511, 1, 1],
    [511, 2, 2],
    [512, 512, 1],
    [100, 1024, 3],
    [1024, 1024, 2],
  ])('a write at %i of %i bytes touches %i', (offset, sizeBytes, count) => {
    expect(sectorCount(offset, sizeBytes)).toBe(count);
  });

  test('a torn write leaves exactly the sectors that survived', async () => {
    const oldSizeBytes = 1000;
    const { disk, file } = await diskWithFile(oldSizeBytes);
    const offset = 300;
    const bytes = new Uint8Array(1500).fill(2);
    file.write(bytes, offset);
    const state = disk.captureState();
    const count = sectorCount(offset, bytes.length);
    expect(count).toBe(4);
    for (const sectors of subsetsOf(count)) {
      const after = surviveCrash(state, survivingAs(state, sectors));
      const expected = expectedTear(oldSizeBytes, offset, bytes, sectors);
      expect(contentOf(after, 'a'), `sectors ${sectors}`).toEqual(expected);
    }
  });

  test('a sector that the write does not touch is passed over', async () => {
    const { disk, file } = await diskWithFile(10);
    file.write(new Uint8Array(600).fill(2), 0);
    const state = disk.captureState();
    expect(surviveCrash(state, survivingAs(state, [0, 2, 9]))).toEqual(
      surviveCrash(state, survivingAs(state, [0])),
    );
  });

  test('the order in which sectors are named does not matter', async () => {
    const { disk, file } = await diskWithFile(10);
    file.write(new Uint8Array(1500).fill(2), 0);
    const state = disk.captureState();
    expect(surviveCrash(state, survivingAs(state, [2, 0]))).toEqual(
      surviveCrash(state, survivingAs(state, [0, 2])),
    );
  });
});

/** The same, byte by byte and slowly. */
function expectedTear(
  oldSizeBytes: number,
  offset: number,
  bytes: Uint8Array,
  sectors: readonly number[],
): Uint8Array {
  const image: number[] = Array.from({ length: oldSizeBytes }, () => 1);
  const firstSector = Math.floor(offset / SECTOR_SIZE_BYTES);
  bytes.forEach((byte, index) => {
    const at = offset + index;
    const sector = Math.floor(at / SECTOR_SIZE_BYTES) - firstSector;
    if (!sectors.includes(sector)) return;
    while (image.length < at) image.push(0);
    image[at] = byte;
  });
  return Uint8Array.from(image);
}

describe('a power cut', () => {
  test('leaves nothing of effects that it does not name', async () => {
    const { disk, file } = await diskWithFile(4);
    file.write(Uint8Array.of(9, 9), 0);
    file.truncate(1);
    const after = surviveCrash(disk.captureState(), new Map());
    expect(contentOf(after, 'a')).toEqual(Uint8Array.of(1, 1, 1, 1));
  });

  test('may keep a later write and lose an earlier one', async () => {
    const { disk, file } = await diskWithFile(2);
    file.write(Uint8Array.of(8), 0);
    file.write(Uint8Array.of(9), 5);
    const state = disk.captureState();
    const [first, second] = state.pending.map(({ id }) => id);
    if (first === undefined || second === undefined) throw new Error('lost');
    expect(
      contentOf(surviveCrash(state, new Map([[second, 'whole']])), 'a'),
    ).toEqual(Uint8Array.of(1, 1, 0, 0, 0, 9));
    expect(
      contentOf(surviveCrash(state, new Map([[first, 'whole']])), 'a'),
    ).toEqual(Uint8Array.of(8, 1));
  });

  test('applies what survives in order of issue', async () => {
    const { disk, file } = await diskWithFile(2);
    file.write(Uint8Array.of(8), 0);
    file.write(Uint8Array.of(9), 0);
    const state = disk.captureState();
    const reversed = new Map([...allSurvive(state)].reverse());
    expect(contentOf(surviveCrash(state, reversed), 'a')).toEqual(
      Uint8Array.of(9, 1),
    );
  });

  test('may keep the new size with zeros for content', async () => {
    const { disk, file } = await diskWithFile(2);
    file.write(Uint8Array.of(9, 9), 3);
    const state = disk.captureState();
    const after = surviveCrash(state, survivingAs(state, 'size'));
    expect(contentOf(after, 'a')).toEqual(Uint8Array.of(1, 1, 0, 0, 0));
  });

  test('keeps the old bytes when only the size survives', async () => {
    const { disk, file } = await diskWithFile(4);
    file.write(Uint8Array.of(9, 9, 9), 2);
    const state = disk.captureState();
    const after = surviveCrash(state, survivingAs(state, 'size'));
    expect(contentOf(after, 'a')).toEqual(Uint8Array.of(1, 1, 1, 1, 0));
  });

  test('may keep or lose a truncate', async () => {
    const { disk, file } = await diskWithFile(3);
    file.truncate(1);
    const state = disk.captureState();
    expect(contentOf(surviveCrash(state, allSurvive(state)), 'a')).toEqual(
      Uint8Array.of(1),
    );
    expect(contentOf(surviveCrash(state, new Map()), 'a')).toEqual(
      Uint8Array.of(1, 1, 1),
    );
  });

  test('takes a file whose creation was not synced', async () => {
    const disk = new SimulatedDisk();
    const file = await disk.open('a', 'create');
    writeFully(file, Uint8Array.of(1, 2, 3), 0);
    await file.sync();
    const state = disk.captureState();
    const without = surviveCrash(state, new Map());
    expect([...without.names.keys()]).toEqual([]);
    expect(without.files.size).toBe(0);
    const kept = surviveCrash(state, survivingAs(state, 'whole'));
    expect(contentOf(kept, 'a')).toEqual(Uint8Array.of(1, 2, 3));
  });

  test('undoes a rename, or keeps it whole, and nothing between', async () => {
    const { disk } = await diskWithFile(1);
    const next = await disk.open('b', 'create');
    writeFully(next, Uint8Array.of(7), 0);
    await next.sync();
    await disk.syncDirectory();
    next.close();
    // The durable file `a` is open, so it is `b` that is replaced.
    disk.rename('a', 'b');
    const state = disk.captureState();
    const undone = surviveCrash(state, new Map());
    expect([...undone.names.keys()].sort()).toEqual(['a', 'b']);
    expect(contentOf(undone, 'b')).toEqual(Uint8Array.of(7));
    const kept = surviveCrash(state, survivingAs(state, 'whole'));
    expect([...kept.names.keys()]).toEqual(['b']);
    expect(contentOf(kept, 'b')).toEqual(Uint8Array.of(1));
  });

  test('never leaves one file under two names', async () => {
    const { disk } = await diskWithFile(1);
    disk.rename('a', 'b');
    disk.rename('b', 'c');
    const state = disk.captureState();
    const last = state.pending.at(-1);
    if (last === undefined) throw new Error('nothing is pending');
    const after = surviveCrash(state, new Map([[last.id, 'whole']]));
    expect([...after.names.keys()]).toEqual(['c']);
  });

  test('may bring a removed file back', async () => {
    const { disk, file } = await diskWithFile(2);
    file.close();
    disk.remove('a');
    const state = disk.captureState();
    expect(contentOf(surviveCrash(state, new Map()), 'a')).toEqual(
      Uint8Array.of(1, 1),
    );
    expect(surviveCrash(state, allSurvive(state)).names.size).toBe(0);
  });

  test('does not remove another file of the same name', async () => {
    const { disk } = await diskWithFile(2);
    disk.rename('a', 'b');
    (await disk.open('a', 'create')).close();
    disk.remove('a');
    const state = disk.captureState();
    const removal = state.pending.at(-1);
    if (removal?.kind !== 'remove') throw new Error('nothing was removed');
    const after = surviveCrash(state, new Map([[removal.id, 'whole']]));
    expect(contentOf(after, 'a')).toEqual(Uint8Array.of(1, 1));
  });

  test('may keep the new file of a name and not the removal', async () => {
    const { disk, file } = await diskWithFile(2);
    file.close();
    disk.remove('a');
    await disk.open('a', 'create');
    const state = disk.captureState();
    const create = state.pending.find(({ kind }) => kind === 'create');
    if (create === undefined) throw new Error('nothing was created');
    const after = surviveCrash(state, new Map([[create.id, 'whole']]));
    expect(contentOf(after, 'a')).toEqual(new Uint8Array(0));
  });

  test('leaves a disk with nothing pending as it is', async () => {
    const { disk } = await diskWithFile(2);
    const state = disk.captureState();
    expect(state.pending).toEqual([]);
    expect(surviveCrash(state, new Map())).toEqual(state);
  });

  test('does not change the state that it is given', async () => {
    const { disk, file } = await diskWithFile(2);
    file.write(Uint8Array.of(9), 0);
    const state = disk.captureState();
    const before = structuredClone(state);
    surviveCrash(state, allSurvive(state));
    surviveCrash(state, survivingAs(state, [0]));
    expect(state).toEqual(before);
  });

  test('of an empty disk leaves an empty disk', () => {
    expect(surviveCrash(EMPTY_DISK_STATE, new Map())).toEqual(EMPTY_DISK_STATE);
  });
});

describe('whatever was done before', () => {
  const steps = fc.array(stepArbitrary(), { maxLength: 30 });

  test('all survivors give what the process saw', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const state = await stateAfter(list);
        const after = surviveCrash(state, allSurvive(state));
        expect(visibleFiles(after)).toEqual(visibleFiles(state));
        expect(after.durableNames).toEqual(after.names);
      }),
    );
  });

  test('no survivors give what the medium has', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const state = await stateAfter(list);
        const after = surviveCrash(state, new Map());
        const durable = new Map(
          [...state.durableNames].map(([name, inode]) => [
            name,
            state.files.get(inode)?.durable,
          ]),
        );
        expect(visibleFiles(after)).toEqual(durable);
      }),
    );
  });

  test('a sync of everything leaves nothing to chance', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const disk = new SimulatedDisk({ state: await stateAfter(list) });
        const seen = visibleFiles(disk.captureState());
        for (const name of disk.list()) {
          await (await disk.open(name, 'existing')).sync();
        }
        await disk.syncDirectory();
        const state = disk.captureState();
        expect(state.pending).toEqual([]);
        expect(visibleFiles(surviveCrash(state, new Map()))).toEqual(seen);
      }),
    );
  });

  test('what a crash leaves holds exactly what its names lead to', async () => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.infiniteStream(fc.boolean()),
        async (list, coins) => {
          const state = await stateAfter(list);
          const survivors = new Map(
            [...allSurvive(state)].filter(() => coins.next().value),
          );
          const after = surviveCrash(state, survivors);
          expect(new Set(after.files.keys())).toEqual(
            new Set(after.names.values()),
          );
          // Each name leads to a file of its own.
          expect(after.files.size).toBe(after.names.size);
        },
      ),
    );
  });
});

type Step =
  | {
      readonly kind: 'write';
      readonly name: string;
      readonly offset: number;
      readonly bytes: Uint8Array;
    }
  | {
      readonly kind: 'truncate';
      readonly name: string;
      readonly sizeBytes: number;
    }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string }
  | { readonly kind: 'sync' | 'remove'; readonly name: string }
  | { readonly kind: 'sync-directory' };

function stepArbitrary(): fc.Arbitrary<Step> {
  const name = fc.constantFrom('a', 'b', 'c');
  return fc.oneof(
    fc.record({
      kind: fc.constant('write' as const),
      name,
      offset: fc.nat(1500),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 1200 }),
    }),
    fc.record({
      kind: fc.constant('truncate' as const),
      name,
      sizeBytes: fc.nat(1500),
    }),
    fc.record({ kind: fc.constant('rename' as const), name, to: name }),
    fc.record({ kind: fc.constantFrom('sync', 'remove'), name }),
    fc.record({ kind: fc.constant('sync-directory' as const) }),
  );
}

async function stateAfter(steps: readonly Step[]): Promise<DiskState> {
  const disk = new SimulatedDisk();
  for (const step of steps) await take(disk, step);
  return disk.captureState();
}

async function take(disk: SimulatedDisk, step: Step): Promise<void> {
  if (step.kind === 'sync-directory') return disk.syncDirectory();
  const exists = disk.list().includes(step.name);
  if (step.kind === 'rename' || step.kind === 'remove') {
    if (!exists) return;
    if (step.kind === 'rename') disk.rename(step.name, step.to);
    else disk.remove(step.name);
    return;
  }
  const file = await disk.open(step.name, 'create');
  if (step.kind === 'write') writeFully(file, step.bytes, step.offset);
  else if (step.kind === 'truncate') file.truncate(step.sizeBytes);
  else await file.sync();
  file.close();
}

function visibleFiles(state: DiskState): Map<string, Uint8Array | undefined> {
  return new Map(
    [...state.names].map(([name, inode]) => [
      name,
      state.files.get(inode)?.cached,
    ]),
  );
}
