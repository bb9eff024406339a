/**
 * What a simulated disk holds at one moment, and what a power cut makes of it.
 *
 * Why: between write() and the platter lie two caches, and a power cut empties
 * them. Which of the waiting effects had already reached the medium is up to
 * chance, so a test must try every choice. Here a choice is a value, and a
 * crash is a pure function from one state to the next.
 *
 *   write() -> [ OS cache ] -> [ drive cache ] -> [ medium ]
 *                place 'os'      place 'drive'      durable
 *
 * An effect waits in the OS cache until a sync; it waits in the drive's cache
 * when the drive answered a sync without writing (a lying drive). A failed
 * sync leaves it 'lost': still readable, marked clean, never written again.
 *
 * Invariants: (1) `pending` is in order of issue and ids only grow. (2) every
 * inode named anywhere is in `files`. (3) no two names lead to one inode.
 * (4) a state is never changed; bytes are shared between states.
 *
 * Real engines: the model is that of ALICE (Pillai et al., OSDI 2014) and of
 * "Can Applications Recover from fsync Failures?" (Rebello et al., ATC 2020).
 */
import { assert } from '../base/assert.ts';
import { SECTOR_SIZE_BYTES } from '../base/limits.ts';

/** A file's identity, which stays when its name changes. */
export type InodeId = number & { readonly inodeId: unique symbol };

/** Number of one pending effect; unique over the disk's life. */
export type EffectId = number & { readonly effectId: unique symbol };

/** Which cache an effect waits in; 'lost' can no longer become durable. */
export type CachePlace = 'os' | 'drive' | 'lost';

/** Something that happened and that a power cut may undo. */
export type PendingEffect = {
  readonly id: EffectId;
  readonly place: CachePlace;
} & (
  | {
      readonly kind: 'write';
      readonly inode: InodeId;
      readonly offset: number;
      readonly bytes: Uint8Array;
    }
  | {
      readonly kind: 'truncate';
      readonly inode: InodeId;
      readonly sizeBytes: number;
    }
  | {
      readonly kind: 'create' | 'remove';
      readonly inode: InodeId;
      readonly name: string;
    }
  | {
      readonly kind: 'rename';
      readonly inode: InodeId;
      readonly from: string;
      readonly to: string;
    }
);

/** One file: what the medium has, and what a read sees. */
export interface FileState {
  readonly durable: Uint8Array;
  readonly cached: Uint8Array;
}

/** Everything a simulated disk holds. Immutable. */
export interface DiskState {
  readonly files: ReadonlyMap<InodeId, FileState>;
  readonly names: ReadonlyMap<string, InodeId>;
  readonly durableNames: ReadonlyMap<string, InodeId>;
  readonly pending: readonly PendingEffect[];
  readonly nextId: number;
}

/**
 * How much of one effect a power cut left: all of it; only the growth of the
 * file, with zeros for content; or some of a write's sectors, counted from
 * the first sector that it touches (others are passed over).
 */
export type Survival = 'whole' | 'size' | readonly number[];

/** The effects that survive; what is not named is gone. */
export type Survivors = ReadonlyMap<EffectId, Survival>;

/** A disk with nothing on it. */
export const EMPTY_DISK_STATE: DiskState = {
  files: new Map(),
  names: new Map(),
  durableNames: new Map(),
  pending: [],
  nextId: 1,
};

/** Survivors that keep every pending effect, but for those already lost. */
export function allSurvive(state: DiskState): Survivors {
  const alive = state.pending.filter((effect) => effect.place !== 'lost');
  return new Map(alive.map((effect) => [effect.id, 'whole'] as const));
}

/** True for effects on a file's content, which the file's sync() flushes. */
export function isContentEffect(
  effect: PendingEffect,
): effect is Extract<PendingEffect, { kind: 'write' | 'truncate' }> {
  return effect.kind === 'write' || effect.kind === 'truncate';
}

/** How many 512-byte sectors a write touches; the unit in which it tears. */
export function sectorCount(offset: number, sizeBytes: number): number {
  if (sizeBytes === 0) return 0;
  const first = Math.floor(offset / SECTOR_SIZE_BYTES);
  const last = Math.floor((offset + sizeBytes - 1) / SECTOR_SIZE_BYTES);
  return last - first + 1;
}

/**
 * The disk after a power cut that `survivors` lived through. Pure.
 * Files that no durable name leads to are gone. Cost: O(files + bytes of
 * changed files).
 */
export function surviveCrash(
  state: DiskState,
  survivors: Survivors,
): DiskState {
  const names = new Map(state.durableNames);
  for (const effect of state.pending) {
    if (isContentEffect(effect) || !isKept(effect, survivors)) continue;
    applyNameEffect(names, effect);
  }
  const files = new Map<InodeId, FileState>();
  for (const inode of names.values()) {
    const file = state.files.get(inode);
    assert(file !== undefined, `inode ${inode} has a name and no file`);
    const image = applyContent(file.durable, inode, state.pending, survivors);
    files.set(inode, { durable: image, cached: image });
  }
  return {
    files,
    names,
    durableNames: names,
    pending: [],
    nextId: state.nextId,
  };
}

/**
 * Changes a directory as the effect did: each effect is one atomic step. A
 * rename that survives while an earlier one of the same file does not moves
 * the file from wherever it is: a file never ends up with two names.
 */
export function applyNameEffect(
  names: Map<string, InodeId>,
  effect: Exclude<PendingEffect, { kind: 'write' | 'truncate' }>,
): void {
  if (effect.kind === 'create') {
    names.set(effect.name, effect.inode);
  } else if (effect.kind === 'rename') {
    for (const [name, inode] of names) {
      if (inode === effect.inode) names.delete(name);
    }
    names.set(effect.to, effect.inode);
  } else if (names.get(effect.name) === effect.inode) {
    names.delete(effect.name);
  }
}

/** The inode's bytes after its surviving content effects, in order. */
export function applyContent(
  durable: Uint8Array,
  inode: InodeId,
  effects: readonly PendingEffect[],
  survivors: Survivors,
): Uint8Array {
  let image: Image | undefined;
  for (const effect of effects) {
    if (!isContentEffect(effect) || effect.inode !== inode) continue;
    const survival = survivors.get(effect.id);
    if (survival === undefined || effect.place === 'lost') continue;
    image ??= { bytes: durable.slice(), sizeBytes: durable.length };
    if (effect.kind === 'truncate') resize(image, effect.sizeBytes);
    else applyWrite(image, effect.offset, effect.bytes, survival);
  }
  return image === undefined
    ? durable
    : image.bytes.subarray(0, image.sizeBytes);
}

/** A file's content while effects are applied; grows by doubling. */
interface Image {
  bytes: Uint8Array;
  sizeBytes: number;
}

function isKept(effect: PendingEffect, survivors: Survivors): boolean {
  return effect.place !== 'lost' && survivors.has(effect.id);
}

/** Cuts the image, or grows it with zeros. */
function resize(image: Image, sizeBytes: number): void {
  if (sizeBytes > image.bytes.length) {
    const grown = new Uint8Array(Math.max(sizeBytes, image.bytes.length * 2));
    grown.set(image.bytes.subarray(0, image.sizeBytes));
    image.bytes = grown;
  }
  image.bytes.fill(0, Math.min(sizeBytes, image.sizeBytes), sizeBytes);
  image.sizeBytes = sizeBytes;
}

/** Puts the surviving part of a write into the image; the rest stays. */
function applyWrite(
  image: Image,
  offset: number,
  bytes: Uint8Array,
  survival: Survival,
): void {
  const end = offset + bytes.length;
  if (survival === 'whole' || survival === 'size') {
    if (end > image.sizeBytes) resize(image, end);
    if (survival === 'whole') image.bytes.set(bytes, offset);
    return;
  }
  const firstSector = Math.floor(offset / SECTOR_SIZE_BYTES);
  for (const sector of survival) {
    const sectorStart = (firstSector + sector) * SECTOR_SIZE_BYTES;
    const from = Math.max(offset, sectorStart);
    const to = Math.min(end, sectorStart + SECTOR_SIZE_BYTES);
    if (from >= to) continue;
    if (to > image.sizeBytes) resize(image, to);
    image.bytes.set(bytes.subarray(from - offset, to - offset), from);
  }
}
