/**
 * One open file of a simulated disk, and the inode that it leads to.
 *
 * Why two: a name, a handle and a file are three things. Several handles may
 * lead to one inode, and a rename moves a name away from under all of them.
 *
 * Invariants: (1) a read sees every write, synced or not: `content` is what
 * the process sees, `durable` what the medium has. (2) each change of content
 * is reported as one effect, with bytes that nobody changes later.
 * Cost: that of growable-bytes.ts, and one copy of each write for its effect.
 */
import { ClosedError } from '../base/errors.ts';
import { assertFilePosition, type DiskFile } from './disk.ts';
import type { FileState, InodeId } from './disk-state.ts';
import type { DiskCall, DiskFault } from './fault-plan.ts';
import { GrowableBytes } from './growable-bytes.ts';

/** A file without its name. */
export class SimulatedInode {
  readonly id: InodeId;
  readonly content: GrowableBytes;
  /** What the medium has. Replaced, never changed. */
  durable: Uint8Array;
  openCount = 0;
  #captured: FileState;

  constructor(id: InodeId, state: FileState) {
    this.id = id;
    this.content = new GrowableBytes(state.cached);
    this.durable = state.durable;
    this.#captured = state;
  }

  /** The inode as a value; the same object while nothing changed. */
  capture(): FileState {
    const cached = this.content.freeze();
    const { durable } = this;
    const last = this.#captured;
    if (last.cached !== cached || last.durable !== durable) {
      this.#captured = { durable, cached };
    }
    return this.#captured;
  }
}

/** A change of content that its disk has not numbered yet. */
export type NewContentEffect =
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
    };

/** What an open file needs from its disk. */
export interface FileDoor {
  /** Throws ClosedError when the disk is closed. */
  checkOpen(): void;
  /** Counts the call and throws if the plan says so. */
  begin(operation: DiskCall['operation'], file: string): DiskFault | undefined;
  addContentEffect(effect: NewContentEffect): void;
  syncContent(inode: InodeId, file: string): Promise<void>;
}

export class SimulatedFile implements DiskFile {
  readonly name: string;
  readonly #inode: SimulatedInode;
  readonly #door: FileDoor;
  #isClosed = false;

  constructor(name: string, inode: SimulatedInode, door: FileDoor) {
    this.name = name;
    this.#inode = inode;
    this.#door = door;
    inode.openCount++;
  }

  read(target: Uint8Array, offset: number): number {
    this.#begin('read', offset);
    return this.#inode.content.read(target, offset);
  }

  write(source: Uint8Array, offset: number): number {
    const fault = this.#begin('write', offset);
    const sizeBytes =
      fault?.kind === 'short-write'
        ? Math.min(source.length, fault.sizeBytes)
        : source.length;
    if (sizeBytes === 0) return 0;
    const bytes = source.slice(0, sizeBytes);
    const inode = this.#inode.id;
    this.#inode.content.write(bytes, offset);
    this.#door.addContentEffect({ kind: 'write', inode, offset, bytes });
    return sizeBytes;
  }

  truncate(sizeBytes: number): void {
    this.#begin('truncate', sizeBytes);
    const inode = this.#inode.id;
    this.#inode.content.truncate(sizeBytes);
    this.#door.addContentEffect({ kind: 'truncate', inode, sizeBytes });
  }

  size(): number {
    this.#checkOpen();
    return this.#inode.content.sizeBytes;
  }

  async sync(): Promise<void> {
    this.#checkOpen();
    await this.#door.syncContent(this.#inode.id, this.name);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#inode.openCount--;
  }

  #begin(
    operation: 'read' | 'write' | 'truncate',
    position: number,
  ): DiskFault | undefined {
    this.#checkOpen();
    assertFilePosition(position);
    return this.#door.begin(operation, this.name);
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new ClosedError(`${this.name} is closed`);
    this.#door.checkOpen();
  }
}
