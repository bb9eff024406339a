import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CorruptionError } from '../base/errors.ts';
import { slicedCrc32 } from '../bytes/crc32.ts';
import {
  applyContent,
  type DiskState,
  type EffectId,
  type InodeId,
  type PendingEffect,
  type Survival,
  surviveCrash,
} from './disk-state.ts';
import { OpfsPool } from './opfs-pool.ts';
import { OpfsSlot, type SlotHandle } from './opfs-slot.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { readWholeFile, writeFully } from './whole-file.ts';

/** A real file of the browser's, with what a power cut may take from it. */
class CrashableFile implements SlotHandle {
  durable: Uint8Array;
  pending: PendingEffect[] = [];
  #nextId = 1;

  constructor(durable: Uint8Array = new Uint8Array(0)) {
    this.durable = durable;
  }

  read(target: Uint8Array, { at }: { at: number }): number {
    const bytes = this.#visible().subarray(at, at + target.length);
    target.set(bytes);
    return bytes.length;
  }

  write(source: Uint8Array, { at }: { at: number }): number {
    const bytes = source.slice();
    this.pending.push({
      ...this.#newEffect(),
      kind: 'write',
      offset: at,
      bytes,
    });
    return source.length;
  }

  truncate(sizeBytes: number): void {
    this.pending.push({ ...this.#newEffect(), kind: 'truncate', sizeBytes });
  }

  getSize(): number {
    return this.#visible().length;
  }

  flush(): void {
    this.durable = this.#visible();
    this.pending = [];
  }

  close(): void {}

  /** The bytes when only these effects survive. */
  after(survivors: ReadonlyMap<EffectId, Survival>): Uint8Array {
    return applyContent(this.durable, INODE, this.pending, survivors);
  }

  #visible(): Uint8Array {
    return this.after(new Map(this.pending.map(({ id }) => [id, 'whole'])));
  }

  #newEffect() {
    const id = this.#nextId++ as EffectId;
    return { id, place: 'os', inode: INODE } as const;
  }
}

const INODE = 0 as InodeId;

/** A pool and the files under it. */
class Bench {
  readonly files: CrashableFile[];
  readonly slots: OpfsSlot[];
  readonly pool: OpfsPool;

  constructor(files: CrashableFile[] = []) {
    this.files = files;
    this.slots = files.map((file, index) => slotOver(file, `slot-${index}`));
    this.pool = new OpfsPool(this.slots);
  }

  /** Makes a file with durable content, in a new slot if there is none. */
  create(name: string, content: string): void {
    if (!this.pool.hasFreeSlot) {
      const file = new CrashableFile();
      this.files.push(file);
      const slot = slotOver(file, 'slot-new');
      this.slots.push(slot);
      this.pool.add(slot);
    }
    const slot = this.pool.create(name);
    slot.write(new TextEncoder().encode(content), 0);
  }

  /** Names with their content. */
  contents(): Map<string, string> {
    return new Map(this.pool.names().map((name) => [name, this.#text(name)]));
  }

  get pendingCount(): number {
    return this.files.reduce((sum, file) => sum + file.pending.length, 0);
  }

  /** The same files after a power cut; `survives` is asked for each effect. */
  crash(survives: () => Survival | undefined): Bench {
    const images = this.files.map((file) => {
      const survivors = new Map<EffectId, Survival>();
      for (const { id } of file.pending) {
        const survival = survives();
        if (survival !== undefined) survivors.set(id, survival);
      }
      return new CrashableFile(file.after(survivors));
    });
    return new Bench(images);
  }

  /** Every power cut that keeps each effect whole or not at all. */
  *everyCrash(): Generator<Bench> {
    for (let mask = 0; mask < 2 ** this.pendingCount; mask++) {
      let bit = 0;
      yield this.crash(() => (mask & (1 << bit++) ? 'whole' : undefined));
    }
  }

  #text(name: string): string {
    const slot = this.pool.find(name);
    if (slot === undefined) throw new Error(`there is no ${name}`);
    const bytes = new Uint8Array(slot.size());
    slot.read(bytes, 0);
    return new TextDecoder().decode(bytes);
  }
}

function slotOver(file: CrashableFile, name: string): OpfsSlot {
  return new OpfsSlot(name, file, slicedCrc32);
}

/** A pool with the durable file `old`. */
function benchWithOld(): Bench {
  const bench = new Bench();
  bench.create('old', 'OLD');
  bench.pool.find('old')?.flush();
  expect(bench.pendingCount).toBe(0);
  return bench;
}

describe('a rename that replaces', () => {
  test('is one step, whatever a power cut leaves', () => {
    const bench = benchWithOld();
    bench.create('new', 'NEW');
    bench.pool.find('new')?.flush();
    bench.pool.rename('new', 'old');
    const seen = new Set<string>();
    for (const after of bench.everyCrash()) {
      seen.add(JSON.stringify([...after.contents()].sort()));
    }
    expect([...seen].sort()).toEqual([
      '[["new","NEW"],["old","OLD"]]',
      '[["old","NEW"]]',
    ]);
    bench.pool.sync();
    for (const after of bench.everyCrash()) {
      expect([...after.contents()]).toEqual([['old', 'NEW']]);
      expect(after.pool.hasFreeSlot).toBe(true);
    }
  });

  test('frees the replaced file only when it is durable', () => {
    const bench = benchWithOld();
    bench.create('new', 'NEW');
    bench.pool.rename('new', 'old');
    expect(bench.pool.hasFreeSlot).toBe(false);
    bench.pool.sync();
    expect(bench.pool.hasFreeSlot).toBe(true);
  });

  test('survives a header that is torn', () => {
    const bench = benchWithOld();
    bench.create('new', 'NEW');
    bench.pool.find('new')?.flush();
    bench.pool.rename('new', 'old');
    const [write, ...others] = bench.files.flatMap(({ pending }) => pending);
    if (write?.kind !== 'write') throw new Error('no header was written');
    expect(others).toEqual([]);
    for (let size = 0; size <= write.bytes.length; size++) {
      const images = bench.files.map((file) => {
        const image = file.durable.slice();
        if (file.pending.length === 0) return new CrashableFile(image);
        const grown = new Uint8Array(Math.max(image.length, 4096));
        grown.set(image);
        grown.set(write.bytes.subarray(0, size), write.offset);
        return new CrashableFile(grown);
      });
      const contents = new Bench(images).contents();
      expect(['OLD', 'NEW']).toContain(contents.get('old'));
    }
  });
});

describe('a removed file', () => {
  test('comes back whole or stays away', () => {
    const bench = benchWithOld();
    bench.pool.remove('old');
    const seen = new Set<string | undefined>();
    for (const after of bench.everyCrash()) {
      seen.add(after.contents().get('old'));
    }
    expect(seen).toEqual(new Set([undefined, 'OLD']));
  });

  test('lends its slot to nobody before it is gone for good', () => {
    const bench = benchWithOld();
    bench.pool.remove('old');
    expect(bench.pool.hasFreeSlot).toBe(false);
    bench.create('next', 'NEXT');
    expect(bench.files).toHaveLength(2);
    for (const after of bench.everyCrash()) {
      expect([undefined, 'OLD']).toContain(after.contents().get('old'));
    }
    bench.pool.sync();
    bench.create('third', 'THIRD');
    expect(bench.files).toHaveLength(2);
  });

  test('leaves a slot that shows nothing of it', () => {
    const bench = benchWithOld();
    bench.pool.remove('old');
    bench.pool.sync();
    const slot = bench.pool.create('next');
    expect(slot.size()).toBe(0);
    for (const after of bench.everyCrash()) {
      expect(['', undefined]).toContain(after.contents().get('next'));
    }
  });

  test('does not return when the file that replaced it goes', () => {
    const bench = benchWithOld();
    bench.create('new', 'NEW');
    bench.pool.rename('new', 'old');
    bench.pool.remove('old');
    bench.pool.sync();
    for (const after of bench.everyCrash()) {
      expect(after.contents().size).toBe(0);
    }
  });
});

test('what was replaced stays away when its successor goes', () => {
  const bench = benchWithOld();
  bench.create('new', 'NEW');
  bench.pool.rename('new', 'old');
  bench.pool.find('old')?.flush();
  bench.pool.remove('old');
  for (const after of bench.everyCrash()) {
    expect([undefined, 'NEW']).toContain(after.contents().get('old'));
  }
});

describe('a killed process', () => {
  test('leaves a replacement that is finished, and never half', () => {
    const bench = benchWithOld();
    bench.create('new', 'NEW');
    bench.pool.find('new')?.flush();
    bench.pool.rename('new', 'old');
    const next = new Bench(bench.files);
    for (const after of next.everyCrash()) {
      expect([...after.contents()]).toEqual([['old', 'NEW']]);
    }
  });

  test('leaves names that the next one makes durable', () => {
    const bench = benchWithOld();
    bench.pool.remove('old');
    const next = new Bench(bench.files);
    expect(next.contents().size).toBe(0);
    // The slot is free, so from here on it may be written over.
    next.create('next', 'NEXT');
    for (const after of next.everyCrash()) {
      expect(after.contents().has('old')).toBe(false);
    }
  });
});

test('a sync makes all names durable', () => {
  const bench = benchWithOld();
  bench.create('a', 'A');
  bench.create('b', 'B');
  bench.pool.rename('old', 'c');
  bench.pool.sync();
  for (const after of bench.everyCrash()) {
    expect([...after.contents().keys()].sort()).toEqual(['a', 'b', 'c']);
  }
});

test('content without a header is damage, an empty file is not', () => {
  expect(() => slotOver(new CrashableFile(), 'slot-0')).not.toThrow();
  const half = new Uint8Array(4096).fill(7);
  expect(slotOver(new CrashableFile(half), 'slot-0').name).toBe('');
  const damaged = new CrashableFile(new Uint8Array(4097));
  expect(() => slotOver(damaged, 'slot-0')).toThrow(CorruptionError);
  expect(() => slotOver(damaged, 'slot-0')).toThrow('slot-0 at offset 0');
});

type Step =
  | { readonly kind: 'create' | 'remove' | 'flush'; readonly name: string }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string }
  | { readonly kind: 'sync' };

function stepsArbitrary(): fc.Arbitrary<Step[]> {
  const name = fc.constantFrom('a', 'b', 'c');
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ kind: fc.constantFrom('create', 'remove', 'flush'), name }),
    fc.record({ kind: fc.constant('rename' as const), name, to: name }),
    fc.record({ kind: fc.constant('sync' as const) }),
  );
  return fc.array(step, { maxLength: 8 });
}

let contentCount = 0;

/** Does one step to the pool and to a simulated disk. */
async function take(
  bench: Bench,
  disk: SimulatedDisk,
  step: Step,
): Promise<void> {
  if (step.kind === 'sync') {
    bench.pool.sync();
    return disk.syncDirectory();
  }
  const exists = bench.pool.find(step.name) !== undefined;
  if (step.kind === 'create') {
    if (exists) return;
    const content = `content ${contentCount++}`;
    bench.create(step.name, content);
    expectOneHeaderEachName(bench);
    bench.pool.find(step.name)?.flush();
    const file = await disk.open(step.name, 'create');
    writeFully(file, new TextEncoder().encode(content), 0);
    await file.sync();
    file.close();
  } else if (exists && step.kind === 'flush') {
    // Of a file's content. That its name may become durable as well is one
    // of the outcomes that the simulated disk allows.
    bench.pool.find(step.name)?.flush();
  } else if (exists && step.kind === 'remove') {
    bench.pool.remove(step.name);
    disk.remove(step.name);
  } else if (exists && step.kind === 'rename' && step.name !== step.to) {
    bench.pool.rename(step.name, step.to);
    disk.rename(step.name, step.to);
  }
}

/** The first invariant of the pool. */
function expectOneHeaderEachName(bench: Bench): void {
  const moving = bench.slots.flatMap((slot) => slot.unsyncedNames);
  expect(new Set(moving).size).toBe(moving.length);
}

/** All states that a power cut may make of a simulated disk's names. */
function everyOutcome(state: DiskState): DiskState[] {
  const { pending } = state;
  return Array.from({ length: 2 ** pending.length }, (_, mask) => {
    const survivors = pending
      .filter((_effect, index) => mask & (1 << index))
      .map(({ id }) => [id, 'whole'] as const);
    return surviveCrash(state, new Map(survivors));
  });
}

async function contentsOf(state: DiskState): Promise<string> {
  const disk = new SimulatedDisk({ state });
  const contents: [string, string][] = [];
  for (const name of disk.list()) {
    const bytes = readWholeFile(await disk.open(name, 'existing'));
    contents.push([name, new TextDecoder().decode(bytes)]);
  }
  return JSON.stringify(contents);
}

test('a power cut makes of a pool what it could make of a disk', async () => {
  const lives = fc.array(stepsArbitrary(), { minLength: 1, maxLength: 3 });
  const coins = fc.infiniteStream(fc.boolean());
  const property = fc.asyncProperty(lives, coins, async (list, coin) => {
    let bench = new Bench();
    let disk = new SimulatedDisk();
    for (const steps of list) {
      for (const step of steps) {
        await take(bench, disk, step);
        expectOneHeaderEachName(bench);
      }
      const outcomes = everyOutcome(disk.captureState());
      bench = bench.crash(() => (coin.next().value ? 'whole' : undefined));
      const found = JSON.stringify([...bench.contents()].sort());
      const contents = await Promise.all(outcomes.map(contentsOf));
      expect(contents).toContain(found);
      const state = outcomes[contents.indexOf(found)];
      if (state === undefined) throw new Error('no outcome is like it');
      disk = new SimulatedDisk({ state });
    }
  });
  await fc.assert(property, { numRuns: 500 });
});
