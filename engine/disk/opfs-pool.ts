/**
 * The pool: a directory of names over files that never change theirs.
 *
 * Why: a rename that replaces must be one step even when the power fails in
 * it. In a pool it is one small write: the new file's header takes the name,
 * with a higher sequence, while the old file keeps its header. Of two files
 * with one name the higher sequence counts. Only when the new header is
 * durable is the old file given up.
 *
 *   rename('new', 'old')      slot 1: old, sequence 4     slot 2: new, 5
 *     header of slot 2        slot 1: old, 4              slot 2: old, 6
 *     sync: flush slot 2, then free slot 1 and flush it
 *
 * Invariants:
 *   1. No two unsynced headers concern the same name. A change of a name that
 *      is still in motion syncs first. So any subset of the unsynced headers
 *      may survive a power cut, and each subset is a directory that some
 *      subset of the calls would have made.
 *   2. A replaced or removed file is not reused, and keeps its content, until
 *      the header that made it so is durable.
 *   3. A free slot is empty, durably: a new file never shows old bytes.
 * Cost: a change of a name is one write of 150 bytes; sync() flushes each slot
 * that was touched, and again each one that it frees.
 * Real engines: the idea of opaque files under names of one's own is that of
 * SQLite's "opfs-sahpool" VFS (by Roy Hashimoto and the SQLite team), which
 * has no rename, since SQLite needs none; the sequences are for that.
 */
import { assert } from '../base/assert.ts';
import type { OpfsSlot } from './opfs-slot.ts';

export class OpfsPool {
  readonly #slots: OpfsSlot[];
  readonly #named = new Map<string, OpfsSlot>();
  #free: OpfsSlot[] = [];
  /** Removed or replaced, and waiting for the next sync to become free. */
  #retired: OpfsSlot[] = [];
  #sequence = 0;

  /** Takes the slots as the last process or power cut left them. */
  constructor(slots: readonly OpfsSlot[]) {
    this.#slots = [...slots];
    // A killed process leaves headers that can be read and are not durable.
    // They must be, before anything is given up because of them.
    for (const slot of slots) slot.flush();
    const bySequence = slots.toSorted((a, b) => a.sequence - b.sequence);
    for (const slot of bySequence) {
      this.#sequence = slot.sequence;
      const loser = slot.name === '' ? slot : this.#named.get(slot.name);
      if (slot.name !== '') this.#named.set(slot.name, slot);
      if (loser !== undefined) this.#retired.push(loser);
    }
    this.#freeRetired();
  }

  get hasFreeSlot(): boolean {
    return this.#free.length > 0;
  }

  /** In no order. */
  names(): string[] {
    return [...this.#named.keys()];
  }

  find(name: string): OpfsSlot | undefined {
    return this.#named.get(name);
  }

  /** Requires: a new slot, which is free. */
  add(slot: OpfsSlot): void {
    assert(slot.name === '' && slot.size() === 0, 'a new slot is free');
    this.#slots.push(slot);
    this.#free.push(slot);
  }

  /** Requires: a free slot, and that nothing has the name. */
  create(name: string): OpfsSlot {
    assert(!this.#named.has(name), `${name} exists already`);
    this.#settle(name);
    const slot = this.#free.pop();
    assert(slot !== undefined, 'the pool has no free slot');
    slot.setName(name, this.#nextSequence());
    this.#named.set(name, slot);
    return slot;
  }

  /** Requires: `from` exists and is not `to`. Replaces `to`. */
  rename(from: string, to: string): void {
    this.#settle(from);
    this.#settle(to);
    const slot = this.#existing(from);
    const replaced = this.#named.get(to);
    slot.setName(to, this.#nextSequence());
    this.#named.delete(from);
    this.#named.set(to, slot);
    if (replaced !== undefined) this.#retired.push(replaced);
  }

  /** Requires: `name` exists. */
  remove(name: string): void {
    this.#settle(name);
    const slot = this.#existing(name);
    slot.setName('', this.#nextSequence());
    this.#named.delete(name);
    this.#retired.push(slot);
  }

  /** Makes all names durable, and frees what they gave up. */
  sync(): void {
    for (const slot of this.#slots) {
      if (slot.unsyncedNames.length > 0) slot.flush();
    }
    this.#freeRetired();
  }

  /** Closes the browser's handles, unsynced. */
  close(): void {
    for (const slot of this.#slots) slot.close();
  }

  #nextSequence(): number {
    return ++this.#sequence;
  }

  #existing(name: string): OpfsSlot {
    const slot = this.#named.get(name);
    assert(slot !== undefined, `there is no ${name}`);
    return slot;
  }

  /** Syncs if a power cut could still change where `name` leads. */
  #settle(name: string): void {
    const isMoving =
      this.#slots.some((slot) => slot.unsyncedNames.includes(name)) ||
      this.#retired.some((slot) => slot.name === name);
    if (isMoving) this.sync();
  }

  /** Requires: the headers because of which they retired are durable. */
  #freeRetired(): void {
    for (const slot of this.#retired) {
      const isFree = slot.name === '';
      if (isFree && slot.size() === 0) continue;
      if (!isFree) slot.setName('', this.#nextSequence());
      slot.truncate(0);
      slot.flush();
    }
    this.#free = [...this.#free, ...this.#retired];
    this.#retired = [];
  }
}
