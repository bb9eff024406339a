/**
 * The Node disk: a directory of the operating system's files.
 *
 * Why: this is where data outlives the process. Three rules of POSIX that are
 * easy to miss are kept here, once, for the whole engine:
 *   - A file's sync does not save its name. Names live in the directory, and
 *     so a directory has to be synced as well (and a new directory's parent).
 *   - A read or a write may stop early.
 *   - A descriptor that is closed while a sync runs may be given to another
 *     file, and the sync goes there. Closing waits for running syncs.
 *
 * sync() runs in Node's thread pool, off the event loop, with fdatasync: it
 * saves content and size but not the time of change, which spares a
 * preallocated log the journal's commit. On macOS Node asks for F_FULLFSYNC,
 * since fsync there stops at the drive's cache.
 *
 * Windows: a directory cannot be synced, so a name is durable when NTFS has
 * written its journal, which it does on its own within seconds; and replacing
 * by rename is not promised to be atomic, though in practice it is. On file
 * systems that ignore case, two names that differ in case are one file.
 *
 * Invariants: (1) one NodeDisk a directory (node-lock.ts). (2) names known
 * here as open are exactly those of open handles.
 * Cost: a system call a read or write, about a microsecond; sync milliseconds.
 * Real engines: WiredTiger's os_posix, LevelDB's env_posix. Left out: mmap,
 * O_DIRECT, fallocate.
 */
import {
  closeSync,
  constants,
  fdatasync,
  fstatSync,
  fsync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ClosedError, DiskError } from '../base/errors.ts';
import {
  assertFilePosition,
  checkFileName,
  type Disk,
  type DiskFile,
  isFileName,
  type OpenMode,
} from './disk.ts';
import { diskErrorFrom, withDiskErrors } from './node-disk-error.ts';
import { lockDirectory } from './node-lock.ts';

const canSyncDirectories = process.platform !== 'win32';

/** A name that has open handles. A rename changes the name, not the entry. */
interface OpenEntry {
  name: string;
  readonly files: Set<NodeFile>;
}

/** A directory on disk, locked while it is open. */
export class NodeDisk implements Disk {
  readonly #directory: string;
  readonly #names: Descriptor | undefined;
  readonly #entries = new Map<string, OpenEntry>();
  readonly #unlock: () => void;
  #isClosed = false;

  /**
   * Opens `directory`, making it durably when it is missing.
   * Throws LockedError while another process or NodeDisk has it open.
   */
  static async open(directory: string): Promise<NodeDisk> {
    const path = resolve(directory);
    return withDiskErrors(`cannot open ${path}`, () => {
      makeDirectory(path);
      const unlock = lockDirectory(path);
      try {
        return new NodeDisk(path, unlock);
      } catch (error) {
        unlock();
        throw error;
      }
    });
  }

  private constructor(directory: string, unlock: () => void) {
    this.#directory = directory;
    this.#unlock = unlock;
    this.#names = canSyncDirectories
      ? new Descriptor(openSync(directory, 'r'), fsync, directory)
      : undefined;
  }

  async open(name: string, mode: OpenMode): Promise<DiskFile> {
    checkFileName(name);
    this.#checkOpen();
    const flags =
      constants.O_RDWR | (mode === 'create' ? constants.O_CREAT : 0);
    const number = this.#call(`open ${name}`, () =>
      openSync(this.#path(name), flags),
    );
    const entry = this.#entries.get(name) ?? { name, files: new Set() };
    this.#entries.set(name, entry);
    const descriptor = new Descriptor(number, fdatasync, name);
    const file = new NodeFile(name, descriptor, () => this.#drop(entry, file));
    entry.files.add(file);
    return file;
  }

  list(): string[] {
    this.#checkOpen();
    const entries = this.#call('list', () =>
      readdirSync(this.#directory, { withFileTypes: true }),
    );
    // What is not a plain name (the lock, editors' backups) is not ours.
    return entries
      .filter((entry) => entry.isFile() && isFileName(entry.name))
      .map((entry) => entry.name)
      .sort();
  }

  rename(from: string, to: string): void {
    checkFileName(from);
    checkFileName(to);
    this.#checkOpen();
    this.#call(`rename ${from}`, () => statSync(this.#path(from)));
    if (from === to) return;
    this.#checkUnused(to);
    this.#call(`rename ${from} to ${to}`, () =>
      renameSync(this.#path(from), this.#path(to)),
    );
    const entry = this.#entries.get(from);
    if (entry === undefined) return;
    this.#entries.delete(from);
    entry.name = to;
    this.#entries.set(to, entry);
  }

  remove(name: string): void {
    checkFileName(name);
    this.#checkOpen();
    this.#checkUnused(name);
    this.#call(`remove ${name}`, () => unlinkSync(this.#path(name)));
  }

  async syncDirectory(): Promise<void> {
    this.#checkOpen();
    await this.#names?.sync();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const entry of [...this.#entries.values()]) {
      for (const file of [...entry.files]) file.close();
    }
    this.#names?.close();
    withDiskErrors(`cannot unlock ${this.#directory}`, this.#unlock);
  }

  #path(name: string): string {
    return join(this.#directory, name);
  }

  #drop(entry: OpenEntry, file: NodeFile): void {
    entry.files.delete(file);
    if (entry.files.size === 0) this.#entries.delete(entry.name);
  }

  #checkUnused(name: string): void {
    if (!this.#entries.has(name)) return;
    throw new DiskError('EBUSY', `${name} is open`);
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new ClosedError('the disk is closed');
  }

  #call<Result>(what: string, call: () => Result): Result {
    return withDiskErrors(`cannot ${what} in ${this.#directory}`, call);
  }
}

class NodeFile implements DiskFile {
  readonly name: string;
  readonly #descriptor: Descriptor;
  readonly #onClose: () => void;
  #isClosed = false;

  constructor(name: string, descriptor: Descriptor, onClose: () => void) {
    this.name = name;
    this.#descriptor = descriptor;
    this.#onClose = onClose;
  }

  read(target: Uint8Array, offset: number): number {
    const number = this.#number();
    assertFilePosition(offset);
    return withDiskErrors(`cannot read ${this.name}`, () => {
      let done = 0;
      while (done < target.length) {
        const rest = target.length - done;
        const count = readSync(number, target, done, rest, offset + done);
        if (count === 0) break;
        done += count;
      }
      return done;
    });
  }

  write(source: Uint8Array, offset: number): number {
    const number = this.#number();
    assertFilePosition(offset);
    if (source.length === 0) return 0;
    return withDiskErrors(`cannot write ${this.name}`, () =>
      writeSync(number, source, 0, source.length, offset),
    );
  }

  truncate(sizeBytes: number): void {
    const number = this.#number();
    assertFilePosition(sizeBytes);
    withDiskErrors(`cannot truncate ${this.name}`, () =>
      ftruncateSync(number, sizeBytes),
    );
  }

  size(): number {
    const number = this.#number();
    return withDiskErrors(
      `cannot measure ${this.name}`,
      () => fstatSync(number).size,
    );
  }

  async sync(): Promise<void> {
    this.#number();
    await this.#descriptor.sync();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#descriptor.close();
    this.#onClose();
  }

  #number(): number {
    if (this.#isClosed) throw new ClosedError(`${this.name} is closed`);
    return this.#descriptor.number;
  }
}

type SyncCall = (
  descriptor: number,
  done: (error: Error | null) => void,
) => void;

/** A number of the operating system's that is not given back too early. */
class Descriptor {
  readonly number: number;
  readonly #syncCall: SyncCall;
  readonly #what: string;
  #runningCount = 0;
  #isClosing = false;

  constructor(number: number, syncCall: SyncCall, what: string) {
    this.number = number;
    this.#syncCall = syncCall;
    this.#what = what;
  }

  sync(): Promise<void> {
    this.#runningCount++;
    return new Promise((resolve, reject) => {
      this.#syncCall(this.number, (error) => {
        this.#runningCount--;
        if (error === null) resolve();
        else reject(diskErrorFrom(error, `cannot sync ${this.#what}`));
        this.#closeWhenIdle();
      });
    });
  }

  close(): void {
    this.#isClosing = true;
    this.#closeWhenIdle();
  }

  #closeWhenIdle(): void {
    if (!this.#isClosing || this.#runningCount > 0) return;
    withDiskErrors(`cannot close ${this.#what}`, () => closeSync(this.number));
  }
}

/** Makes what is missing of `path`, and syncs each parent that got a child. */
function makeDirectory(path: string): void {
  const firstMade = mkdirSync(path, { recursive: true });
  if (firstMade === undefined || !canSyncDirectories) return;
  const top = dirname(firstMade);
  for (let parent = dirname(path); ; parent = dirname(parent)) {
    const number = openSync(parent, 'r');
    try {
      fsyncSync(number);
    } finally {
      closeSync(number);
    }
    if (parent === top) return;
  }
}
