/**
 * The simulated disk: a disk that remembers what it has not yet made durable.
 *
 * Why: on a real disk a missing sync almost never hurts, until the day it
 * does. This one keeps every unsynced effect apart (disk-state.ts), so that a
 * test or a reader can stop anywhere, choose what a power cut leaves, and
 * open the engine on the result. Everything follows from the calls, the fault
 * plan and the injected clock: same input, same disk, bit for bit.
 *
 * It also fails on request: errors, a full disk, short writes, a failed sync
 * that drops the data and marks it clean (as Linux does: LWN 752063), and a
 * drive that answers a sync without writing.
 *
 * Invariants: (1) a read sees every write of this process, synced or not.
 * (2) what a finished sync() covered is in `durable` and no longer pending.
 * (3) an effect issued after sync() was called is not covered by it.
 * (4) captureState() returns bytes that no later call changes.
 * Cost: that of simulated-file.ts; a sync O(pending + bytes of the file).
 *
 * Left out: the operating system writing back on its own. Any subset of the
 * pending effects may survive anyway, which includes what it would have done.
 */
import { assert } from '../base/assert.ts';
import { ClosedError, DiskError, InvalidInputError } from '../base/errors.ts';
import {
  checkFileName,
  type Disk,
  type DiskFile,
  type OpenMode,
} from './disk.ts';
import {
  applyContent,
  applyNameEffect,
  type CachePlace,
  type DiskState,
  type EffectId,
  EMPTY_DISK_STATE,
  type FileState,
  type InodeId,
  isContentEffect,
  type PendingEffect,
} from './disk-state.ts';
import type { DiskCall, DiskFault, FaultPlan } from './fault-plan.ts';
import {
  type FileDoor,
  SimulatedFile,
  SimulatedInode,
} from './simulated-file.ts';

export type { DiskCall, DiskFault, FaultPlan } from './fault-plan.ts';

/** What a simulated disk is made with; all parts optional. */
export interface SimulatedDiskConfig {
  /** Where to start: an earlier state, or what a crash left. */
  readonly state?: DiskState;
  readonly faults?: FaultPlan;
  /** Waits for as long as a sync takes; resolves at once by default. */
  readonly syncLatency?: () => Promise<void>;
}

/** A disk in memory whose power can fail. Deterministic. */
export class SimulatedDisk implements Disk {
  readonly #faults: FaultPlan;
  readonly #syncLatency: () => Promise<void>;
  readonly #inodes = new Map<InodeId, SimulatedInode>();
  readonly #names: Map<string, InodeId>;
  readonly #durableNames: Map<string, InodeId>;
  readonly #fileDoor: FileDoor;
  #pending: PendingEffect[];
  #nextId: number;
  #callCount = 0;
  #isClosed = false;

  constructor(config: SimulatedDiskConfig = {}) {
    const state = config.state ?? EMPTY_DISK_STATE;
    this.#faults = config.faults ?? (() => undefined);
    this.#syncLatency = config.syncLatency ?? (() => Promise.resolve());
    this.#names = new Map(state.names);
    this.#durableNames = new Map(state.durableNames);
    this.#pending = [...state.pending];
    this.#nextId = state.nextId;
    for (const [id, file] of state.files) {
      this.#inodes.set(id, new SimulatedInode(id, file));
    }
    this.#fileDoor = {
      checkOpen: () => this.#checkOpen(),
      begin: (operation, file) => this.#begin(operation, file),
      addContentEffect: (effect) => {
        this.#pending.push({ ...this.#newEffect(), ...effect });
      },
      syncContent: (inode, file) => this.#syncContent(inode, file),
    };
  }

  /** Everything the disk holds now, as a value that never changes. */
  captureState(): DiskState {
    const files = new Map<InodeId, FileState>();
    for (const inode of this.#inodes.values()) {
      files.set(inode.id, inode.capture());
    }
    return {
      files,
      names: new Map(this.#names),
      durableNames: new Map(this.#durableNames),
      pending: [...this.#pending],
      nextId: this.#nextId,
    };
  }

  async open(name: string, mode: OpenMode): Promise<DiskFile> {
    checkFileName(name);
    this.#begin('open', name);
    if (mode === 'create' && !this.#names.has(name)) this.#create(name);
    return new SimulatedFile(name, this.#find(name), this.#fileDoor);
  }

  list(): string[] {
    this.#checkOpen();
    return [...this.#names.keys()].sort();
  }

  rename(from: string, to: string): void {
    checkFileName(from);
    checkFileName(to);
    this.#begin('rename', from);
    const inode = this.#find(from).id;
    if (from === to) return;
    this.#checkUnused(to);
    const effect = this.#newEffect();
    this.#addNameEffect({ ...effect, kind: 'rename', inode, from, to });
  }

  remove(name: string): void {
    checkFileName(name);
    this.#begin('remove', name);
    const inode = this.#find(name).id;
    this.#checkUnused(name);
    const effect = this.#newEffect();
    this.#addNameEffect({ ...effect, kind: 'remove', inode, name });
  }

  async syncDirectory(): Promise<void> {
    const fault = this.#begin('sync-directory', '.');
    const covered = this.#nextId;
    await this.#syncLatency();
    this.#settle(
      (effect) => !isContentEffect(effect) && effect.id < covered,
      fault,
      'the directory',
    );
    this.#dropUnreachable();
  }

  close(): void {
    this.#isClosed = true;
  }

  /**
   * Flips one bit of a file wherever that byte lies (medium, caches, writes
   * on their way): bit rot that neither a sync nor a power cut heals.
   */
  flipBit(name: string, offset: number, bit: number): void {
    this.#checkOpen();
    const inode = this.#find(name);
    const { sizeBytes } = inode.content;
    if (!(offset >= 0 && offset < sizeBytes && bit >= 0 && bit < 8)) {
      throw new InvalidInputError(
        `${name} has ${sizeBytes} bytes of 8 bits; ` +
          `there is no bit ${bit} of byte ${offset}`,
      );
    }
    const cached = flipped(inode.content.freeze(), offset, bit);
    inode.content.write(cached.subarray(offset, offset + 1), offset);
    inode.durable = flipped(inode.durable, offset, bit);
    this.#pending = this.#pending.map((effect) => {
      if (effect.kind !== 'write' || effect.inode !== inode.id) return effect;
      const bytes = flipped(effect.bytes, offset - effect.offset, bit);
      return { ...effect, bytes };
    });
  }

  async #syncContent(inode: InodeId, file: string): Promise<void> {
    const fault = this.#begin('sync', file);
    const covered = this.#nextId;
    await this.#syncLatency();
    this.#settle(
      (effect) =>
        isContentEffect(effect) &&
        effect.inode === inode &&
        effect.id < covered,
      fault,
      file,
    );
  }

  #begin(
    operation: DiskCall['operation'],
    file: string,
  ): DiskFault | undefined {
    this.#checkOpen();
    const fault = this.#faults({ index: this.#callCount++, operation, file });
    // A failing sync fails at its end: what it drops is dropped then.
    const isSync = operation === 'sync' || operation === 'sync-directory';
    if (fault?.kind === 'fail' && !isSync) {
      throw new DiskError(fault.reason, `${operation} of ${file} failed`);
    }
    return fault;
  }

  /** Ends a sync: the chosen effects become durable, lie or are lost. */
  #settle(
    covers: (effect: PendingEffect) => boolean,
    fault: DiskFault | undefined,
    what: string,
  ): void {
    if (fault?.kind === 'fail') {
      this.#moveTo('lost', covers);
      throw new DiskError(fault.reason, `sync of ${what} failed`);
    }
    if (fault?.kind === 'lying-sync') {
      this.#moveTo('drive', covers);
      return;
    }
    const kept: PendingEffect[] = [];
    for (const effect of this.#pending) {
      if (!covers(effect) || effect.place === 'lost') kept.push(effect);
      else this.#makeDurable(effect);
    }
    this.#pending = kept;
  }

  #makeDurable(effect: PendingEffect): void {
    if (!isContentEffect(effect)) {
      applyNameEffect(this.#durableNames, effect);
      return;
    }
    const inode = this.#inode(effect.inode);
    const survivor = new Map([[effect.id, 'whole'] as const]);
    inode.durable = applyContent(inode.durable, inode.id, [effect], survivor);
  }

  // What the drive holds already stays there, whatever becomes of the rest.
  #moveTo(place: CachePlace, covers: (effect: PendingEffect) => boolean): void {
    this.#pending = this.#pending.map((effect) =>
      covers(effect) && effect.place === 'os' ? { ...effect, place } : effect,
    );
  }

  /**
   * Forgets files that no name leads to, nor can after any power cut, with
   * their effects. A store that replaces its file on each save would
   * otherwise drag all its earlier ones through every captured state.
   */
  #dropUnreachable(): void {
    const reachable = new Set([
      ...this.#names.values(),
      ...this.#durableNames.values(),
    ]);
    for (const effect of this.#pending) {
      const gives = effect.kind === 'create' || effect.kind === 'rename';
      if (gives && effect.place !== 'lost') reachable.add(effect.inode);
    }
    for (const id of this.#inodes.keys()) {
      if (!reachable.has(id)) this.#inodes.delete(id);
    }
    this.#pending = this.#pending.filter(({ inode }) => reachable.has(inode));
  }

  #create(name: string): void {
    const inode = this.#nextId as InodeId;
    const empty = new Uint8Array(0);
    const state = { durable: empty, cached: empty };
    this.#inodes.set(inode, new SimulatedInode(inode, state));
    this.#addNameEffect({ ...this.#newEffect(), kind: 'create', inode, name });
  }

  #addNameEffect(
    effect: Exclude<PendingEffect, { kind: 'write' | 'truncate' }>,
  ): void {
    this.#pending.push(effect);
    applyNameEffect(this.#names, effect);
  }

  #newEffect(): { id: EffectId; place: CachePlace } {
    return { id: this.#nextId++ as EffectId, place: 'os' };
  }

  #find(name: string): SimulatedInode {
    const id = this.#names.get(name);
    if (id !== undefined) return this.#inode(id);
    throw new DiskError('ENOENT', `there is no file ${name}`);
  }

  #inode(id: InodeId): SimulatedInode {
    const inode = this.#inodes.get(id);
    assert(inode !== undefined, `inode ${id} has a name and no file`);
    return inode;
  }

  #checkUnused(name: string): void {
    const id = this.#names.get(name);
    if (id === undefined || this.#inode(id).openCount === 0) return;
    throw new DiskError('EBUSY', `${name} is open`);
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new ClosedError('the disk is closed');
  }
}

/** A copy with one bit turned; the same bytes when `offset` is outside. */
function flipped(bytes: Uint8Array, offset: number, bit: number): Uint8Array {
  const byte = bytes[offset];
  if (byte === undefined) return bytes;
  const copy = bytes.slice();
  copy[offset] = byte ^ (1 << bit);
  return copy;
}
