/**
 * The disk contract: the one door between the engine and where bytes live.
 *
 * Why: an engine that calls the operating system directly can only be tested
 * by pulling real plugs. Through this door the same engine runs on Node's
 * files, in a browser (OPFS), in memory, and on a simulated disk whose power
 * fails a hundred thousand times a minute.
 *
 * What a call promises (and what it does not):
 *   - write, truncate: visible to reads at once; durable only after the
 *     file's sync(). Before that a power cut may keep any part of them, in
 *     any order, torn at sectors.
 *   - create, rename, remove: visible at once; durable only after
 *     syncDirectory(). Syncing a file does not make its *name* durable.
 *   - sync(), syncDirectory(): when the promise resolves, everything issued
 *     before the call survives a power cut. If it rejects, nobody knows what
 *     survived, and trying again proves nothing: stop using the file.
 *
 * Synchronous but for opening (OPFS hands out handles asynchronously) and
 * sync (a disk needs milliseconds, which others may use). A function that
 * never suspends keeps its preconditions true to its last line.
 *
 * Names are flat: one disk is one directory, as in WiredTiger's database
 * directory. Errors: DiskError with POSIX's reason; InvalidInputError for a
 * bad name; ClosedError for a closed file or disk.
 *
 * Real engines: WiredTiger's WT_FILE_SYSTEM and WT_FILE_HANDLE, SQLite's VFS,
 * LevelDB's Env, RocksDB's FileSystem.
 */
import { assert } from '../base/assert.ts';
import { InvalidInputError } from '../base/errors.ts';

/** 'create' makes the file when it is missing; 'existing' then fails. */
export type OpenMode = 'create' | 'existing';

/** A directory of files. */
export interface Disk {
  /** Opens a file. Throws DiskError ENOENT for mode 'existing'. */
  open(name: string, mode: OpenMode): Promise<DiskFile>;
  /** All names, sorted by code unit. */
  list(): string[];
  /**
   * Gives `from` the name `to`, replacing a file of that name in one step.
   * Requires: a replaced file has no open handle. The renamed one may.
   */
  rename(from: string, to: string): void;
  /** Requires: no open handle on the file. */
  remove(name: string): void;
  /** Makes creations, renames and removals durable. */
  syncDirectory(): Promise<void>;
  /** Closes what is open, unsynced, and lets others open the directory. */
  close(): void;
}

/** One open file. */
export interface DiskFile {
  /** The name it was opened with. */
  readonly name: string;
  /**
   * Fills `target` from `offset`; returns the bytes read, fewer only at the
   * end of the file (0 beyond it).
   */
  read(target: Uint8Array, offset: number): number;
  /**
   * Writes at `offset`, growing the file and filling any gap with zeros.
   * Returns the bytes written, which may be fewer than given (a short
   * write): use writeFully(). The bytes are copied; `source` stays yours.
   */
  write(source: Uint8Array, offset: number): number;
  /** Cuts the file, or grows it with zeros. */
  truncate(sizeBytes: number): void;
  /** Current size in bytes, unsynced writes included. */
  size(): number;
  /** Makes the file's content and size durable (not its name). */
  sync(): Promise<void>;
  /** Does not sync. Closing twice is allowed. */
  close(): void;
}

const NAME_PATTERN = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/;

/** True for names that a disk takes; others in a directory are not ours. */
export function isFileName(name: string): boolean {
  return typeof name === 'string' && NAME_PATTERN.test(name);
}

/** Throws InvalidInputError unless `name` is a plain file name. */
export function checkFileName(name: string): void {
  if (isFileName(name)) return;
  throw new InvalidInputError(
    `a file name has 1 to 128 of A-Z a-z 0-9 . _ - and does not start ` +
      `with a dot; got ${JSON.stringify(name)}`,
  );
}

/**
 * Throws AssertionError unless `bytes` can be an offset or a size. Offsets
 * are computed by the engine, so a negative one is a bug and not bad input;
 * left unchecked, each kind of disk would misread it in its own way.
 */
export function assertFilePosition(bytes: number): void {
  assert(
    Number.isSafeInteger(bytes) && bytes >= 0,
    `an offset or size in a file is a safe integer from 0; got ${bytes}`,
  );
}
