/**
 * The OPFS disk: files in the browser's origin private file system.
 *
 * Why: here a page's database outlives the page. OPFS gives a dedicated worker
 * synchronous reads and writes (FileSystemSyncAccessHandle), but everything
 * about names is asynchronous, and opening is too. So this disk keeps a pool
 * of files that are open all the time (opfs-pool.ts), and only opening the
 * disk, or a name for which no free file is left, waits for the browser.
 *
 *   lock        held open as long as the disk: a second tab is refused
 *   slot-0 ...  pool files, opfs-header.ts; the content of each file of ours
 *               is byte for byte what a NodeDisk would have, from 4096 on
 *
 * What it promises: what flush() promises, which the standard words carefully
 * ("may" reach the medium). In Chromium it is an fsync. A browser may also
 * delete the whole storage of a site when space is short, unless the site
 * asked for it to be persistent.
 *
 * Invariants: (1) one OpfsDisk a directory. (2) a file with an open handle is
 * neither removed nor replaced.
 * Cost: 0.3 to 0.8 ms a call of 4 KiB in Chromium: write in batches. All calls
 * block the worker, sync() included.
 */
import {
  ClosedError,
  DiskError,
  LockedError,
  NotSupportedError,
} from '../base/errors.ts';
import type { Crc32 } from '../bytes/crc32.ts';
import {
  assertFilePosition,
  checkFileName,
  type Disk,
  type DiskFile,
  type OpenMode,
} from './disk.ts';
import { OpfsPool } from './opfs-pool.ts';
import { OpfsSlot } from './opfs-slot.ts';

const LOCK_NAME = 'lock';
const SLOT_PATTERN = /^slot-(\d+)$/;

/** A directory of the browser's, locked while it is open. */
export class OpfsDisk implements Disk {
  readonly #directory: FileSystemDirectoryHandle;
  readonly #lock: FileSystemSyncAccessHandle;
  readonly #pool: OpfsPool;
  readonly #crc32: Crc32;
  #nextSlotNumber: number;
  #isClosed = false;

  /**
   * Opens the directory of that name, making it when it is missing. Requires:
   * a dedicated worker; elsewhere NotSupportedError. Throws LockedError while
   * another tab or OpfsDisk has it open, CorruptionError for a damaged pool.
   */
  static async open(directoryName: string, crc32: Crc32): Promise<OpfsDisk> {
    checkFileName(directoryName);
    const root = await storageRoot();
    const directory = await root.getDirectoryHandle(directoryName, {
      create: true,
    });
    const handles: FileSystemSyncAccessHandle[] = [];
    const openHandle = async (name: string) => {
      const handle = await openFile(directory, name, directoryName);
      handles.push(handle);
      return handle;
    };
    try {
      // First of all, and also in an empty directory: later comers stop here.
      const lock = await openHandle(LOCK_NAME);
      const slots: OpfsSlot[] = [];
      let nextSlotNumber = 0;
      for (const number of await slotNumbers(directory)) {
        const name = `slot-${number}`;
        const path = `${directoryName}/${name}`;
        slots.push(new OpfsSlot(path, await openHandle(name), crc32));
        nextSlotNumber = Math.max(nextSlotNumber, number + 1);
      }
      const pool = new OpfsPool(slots);
      return new OpfsDisk(directory, lock, pool, crc32, nextSlotNumber);
    } catch (error) {
      for (const handle of handles) handle.close();
      throw opfsErrorFrom(error, `cannot open ${directoryName}`);
    }
  }

  private constructor(
    directory: FileSystemDirectoryHandle,
    lock: FileSystemSyncAccessHandle,
    pool: OpfsPool,
    crc32: Crc32,
    nextSlotNumber: number,
  ) {
    this.#directory = directory;
    this.#lock = lock;
    this.#pool = pool;
    this.#crc32 = crc32;
    this.#nextSlotNumber = nextSlotNumber;
  }

  async open(name: string, mode: OpenMode): Promise<DiskFile> {
    checkFileName(name);
    this.#checkOpen();
    const canCreate = mode === 'create';
    // Another call may have taken the name, or the new slot, during a wait.
    while (canCreate && !this.#pool.find(name) && !this.#pool.hasFreeSlot) {
      await this.#grow();
    }
    return withOpfsErrors(`cannot open ${name}`, () => {
      const slot =
        this.#pool.find(name) ?? (canCreate ? this.#pool.create(name) : null);
      if (slot === null) {
        throw new DiskError('ENOENT', `there is no file ${name}`);
      }
      return new OpfsFile(name, slot, () => this.#checkOpen());
    });
  }

  list(): string[] {
    this.#checkOpen();
    return this.#pool.names().sort();
  }

  rename(from: string, to: string): void {
    checkFileName(from);
    checkFileName(to);
    this.#checkOpen();
    this.#checkExists(from);
    if (from === to) return;
    this.#checkUnused(to);
    withOpfsErrors(`cannot rename ${from} to ${to}`, () =>
      this.#pool.rename(from, to),
    );
  }

  remove(name: string): void {
    checkFileName(name);
    this.#checkOpen();
    this.#checkExists(name);
    this.#checkUnused(name);
    withOpfsErrors(`cannot remove ${name}`, () => this.#pool.remove(name));
  }

  async syncDirectory(): Promise<void> {
    this.#checkOpen();
    withOpfsErrors('cannot sync the names', () => this.#pool.sync());
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#pool.close();
    this.#lock.close();
  }

  async #grow(): Promise<void> {
    const name = `slot-${this.#nextSlotNumber++}`;
    const handle = await openFile(this.#directory, name, this.#directory.name);
    try {
      this.#checkOpen();
      this.#pool.add(new OpfsSlot(name, handle, this.#crc32));
    } catch (error) {
      handle.close();
      throw opfsErrorFrom(error, `cannot make ${name}`);
    }
  }

  #checkExists(name: string): void {
    if (this.#pool.find(name) !== undefined) return;
    throw new DiskError('ENOENT', `there is no file ${name}`);
  }

  #checkUnused(name: string): void {
    const slot = this.#pool.find(name);
    if (slot === undefined || slot.openCount === 0) return;
    throw new DiskError('EBUSY', `${name} is open`);
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new ClosedError('the disk is closed');
  }
}

class OpfsFile implements DiskFile {
  readonly name: string;
  readonly #slot: OpfsSlot;
  readonly #checkDiskOpen: () => void;
  #isClosed = false;

  constructor(name: string, slot: OpfsSlot, checkDiskOpen: () => void) {
    this.name = name;
    this.#slot = slot;
    this.#checkDiskOpen = checkDiskOpen;
    slot.openCount++;
  }

  read(target: Uint8Array, offset: number): number {
    this.#checkOpen();
    assertFilePosition(offset);
    return this.#call('read', () => this.#slot.read(target, offset));
  }

  write(source: Uint8Array, offset: number): number {
    this.#checkOpen();
    assertFilePosition(offset);
    if (source.length === 0) return 0;
    return this.#call('write', () => this.#slot.write(source, offset));
  }

  truncate(sizeBytes: number): void {
    this.#checkOpen();
    assertFilePosition(sizeBytes);
    this.#call('truncate', () => this.#slot.truncate(sizeBytes));
  }

  size(): number {
    this.#checkOpen();
    return this.#call('measure', () => this.#slot.size());
  }

  async sync(): Promise<void> {
    this.#checkOpen();
    this.#call('sync', () => this.#slot.flush());
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#slot.openCount--;
  }

  #call<Result>(operation: string, call: () => Result): Result {
    return withOpfsErrors(`cannot ${operation} ${this.name}`, call);
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new ClosedError(`${this.name} is closed`);
    this.#checkDiskOpen();
  }
}

/**
 * Deletes a directory and all in it; nothing happens when there is none.
 * Throws LockedError while it is open anywhere.
 */
export async function deleteOpfsDisk(directoryName: string): Promise<void> {
  checkFileName(directoryName);
  const root = await storageRoot();
  try {
    await root.removeEntry(directoryName, { recursive: true });
  } catch (error) {
    if (nameOf(error) === 'NotFoundError') return;
    if (nameOf(error) === 'NoModificationAllowedError') {
      throw lockedError(directoryName, error);
    }
    throw opfsErrorFrom(error, `cannot delete ${directoryName}`);
  }
}

async function storageRoot(): Promise<FileSystemDirectoryHandle> {
  if (!('FileSystemSyncAccessHandle' in globalThis)) {
    throw new NotSupportedError(
      'this needs a dedicated worker of a browser with OPFS',
    );
  }
  try {
    return await navigator.storage.getDirectory();
  } catch (error) {
    throw new NotSupportedError('the browser grants no file system here', {
      cause: error,
    });
  }
}

async function slotNumbers(
  directory: FileSystemDirectoryHandle,
): Promise<number[]> {
  const numbers: number[] = [];
  for await (const name of directory.keys()) {
    const [, digits] = SLOT_PATTERN.exec(name) ?? [];
    if (digits !== undefined) numbers.push(Number(digits));
  }
  return numbers;
}

async function openFile(
  directory: FileSystemDirectoryHandle,
  name: string,
  directoryName: string,
): Promise<FileSystemSyncAccessHandle> {
  const file = await directory.getFileHandle(name, { create: true });
  try {
    return await file.createSyncAccessHandle();
  } catch (error) {
    if (nameOf(error) !== 'NoModificationAllowedError') throw error;
    throw lockedError(directoryName, error);
  }
}

function lockedError(directoryName: string, cause: unknown): LockedError {
  return new LockedError(
    `${directoryName} is open in another tab, window or worker`,
    { cause },
  );
}

/** The browser's error as one of the contract's; others as they are. */
function opfsErrorFrom(error: unknown, what: string): unknown {
  if (!(error instanceof DOMException)) return error;
  const isFull = error.name === 'QuotaExceededError';
  const reason = isFull ? 'ENOSPC' : 'EIO';
  const message = isFull ? what : `${what} (${error.name})`;
  return new DiskError(reason, message, { cause: error });
}

function withOpfsErrors<Result>(what: string, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    throw opfsErrorFrom(error, what);
  }
}

function nameOf(error: unknown): string | undefined {
  return error instanceof DOMException ? error.name : undefined;
}
