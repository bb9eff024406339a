/**
 * The memory disk: a directory of files in memory, as fast as a disk can be.
 *
 * Why: most tests, and most pages, want an engine that works and have no
 * interest in power cuts. This is a real disk with the whole contract, not a
 * mock: what an engine does wrong on files, it does wrong here.
 *
 * It keeps no promise about durability, since memory has none: sync() has
 * nothing to do. To see what an engine loses, use the simulated disk.
 *
 * Invariants: (1) each name leads to a file of its own. (2) a file with an
 * open handle is neither removed nor replaced.
 * Cost: that of growable-bytes.ts; capture() O(files).
 * Real engines: LevelDB's memenv, Pebble's vfs.NewMem, SQLite's memdb VFS.
 */
import { ClosedError, DiskError } from '../base/errors.ts';
import {
  assertFilePosition,
  checkFileName,
  type Disk,
  type DiskFile,
  type OpenMode,
} from './disk.ts';
import { GrowableBytes } from './growable-bytes.ts';

interface MemoryEntry {
  readonly content: GrowableBytes;
  openCount: number;
}

/** A disk in memory; gone with its process. */
export class MemoryDisk implements Disk {
  readonly #entries = new Map<string, MemoryEntry>();
  #isClosed = false;

  /** Starts with `files`, whose bytes are shared and never changed. */
  constructor(files: ReadonlyMap<string, Uint8Array> = new Map()) {
    for (const [name, bytes] of files) {
      checkFileName(name);
      const content = new GrowableBytes(bytes);
      this.#entries.set(name, { content, openCount: 0 });
    }
  }

  /** All files as bytes that no later call changes. Works when closed too. */
  capture(): ReadonlyMap<string, Uint8Array> {
    const files = new Map<string, Uint8Array>();
    for (const [name, entry] of this.#entries) {
      files.set(name, entry.content.freeze());
    }
    return files;
  }

  async open(name: string, mode: OpenMode): Promise<DiskFile> {
    checkFileName(name);
    this.#checkOpen();
    if (mode === 'create' && !this.#entries.has(name)) {
      const content = new GrowableBytes(new Uint8Array(0));
      this.#entries.set(name, { content, openCount: 0 });
    }
    const entry = this.#find(name);
    entry.openCount++;
    return new MemoryFile(name, entry, () => this.#checkOpen());
  }

  list(): string[] {
    this.#checkOpen();
    return [...this.#entries.keys()].sort();
  }

  rename(from: string, to: string): void {
    checkFileName(from);
    checkFileName(to);
    this.#checkOpen();
    const entry = this.#find(from);
    if (from === to) return;
    this.#checkUnused(to);
    this.#entries.delete(from);
    this.#entries.set(to, entry);
  }

  remove(name: string): void {
    checkFileName(name);
    this.#checkOpen();
    this.#find(name);
    this.#checkUnused(name);
    this.#entries.delete(name);
  }

  async syncDirectory(): Promise<void> {
    this.#checkOpen();
  }

  close(): void {
    this.#isClosed = true;
  }

  #find(name: string): MemoryEntry {
    const entry = this.#entries.get(name);
    if (entry !== undefined) return entry;
    throw new DiskError('ENOENT', `there is no file ${name}`);
  }

  #checkUnused(name: string): void {
    const entry = this.#entries.get(name);
    if (entry === undefined || entry.openCount === 0) return;
    throw new DiskError('EBUSY', `${name} is open`);
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new ClosedError('the disk is closed');
  }
}

class MemoryFile implements DiskFile {
  readonly name: string;
  readonly #entry: MemoryEntry;
  readonly #checkDiskOpen: () => void;
  #isClosed = false;

  constructor(name: string, entry: MemoryEntry, checkDiskOpen: () => void) {
    this.name = name;
    this.#entry = entry;
    this.#checkDiskOpen = checkDiskOpen;
  }

  read(target: Uint8Array, offset: number): number {
    this.#checkOpen();
    assertFilePosition(offset);
    return this.#entry.content.read(target, offset);
  }

  write(source: Uint8Array, offset: number): number {
    this.#checkOpen();
    assertFilePosition(offset);
    this.#entry.content.write(source, offset);
    return source.length;
  }

  truncate(sizeBytes: number): void {
    this.#checkOpen();
    assertFilePosition(sizeBytes);
    this.#entry.content.truncate(sizeBytes);
  }

  size(): number {
    this.#checkOpen();
    return this.#entry.content.sizeBytes;
  }

  async sync(): Promise<void> {
    this.#checkOpen();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#entry.openCount--;
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new ClosedError(`${this.name} is closed`);
    this.#checkDiskOpen();
  }
}
