/**
 * The error tree: everything that can go wrong without being our bug.
 *
 * Why: a caller must tell "you asked for something impossible" from "the file
 * is damaged" from "the disk refused", because the right reaction differs:
 * fix the call, stop and salvage, or free some space. Each class has a stable
 * code, carries the values that were found and expected, and keeps its cause.
 *
 * An absent key is `undefined`, never an error. A broken invariant is an
 * AssertionError (assert.ts), and nothing catches it.
 *
 * Real engines: WiredTiger returns WT_ERROR, WT_PANIC, WT_TRY_SALVAGE and
 * errno values; LevelDB returns Status with NotFound, Corruption,
 * InvalidArgument, NotSupported and IOError. The split here is theirs.
 */
export type ErrorCode =
  | 'INVALID_INPUT'
  | 'CORRUPTION'
  | 'DISK_FAILURE'
  | 'NOT_SUPPORTED'
  | 'CLOSED'
  | 'LOCKED';

/** The root of every expected error; `code` is stable across versions. */
export class WrongoError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The caller's argument is outside the documented limits or types. */
export class InvalidInputError extends WrongoError {
  constructor(message: string, options?: ErrorOptions) {
    super('INVALID_INPUT', message, options);
  }
}

/** Bytes on disk are not what this engine wrote: names file and offset. */
export class CorruptionError extends WrongoError {
  readonly file: string;
  readonly offset: number;

  constructor(
    file: string,
    offset: number,
    reason: string,
    options?: ErrorOptions,
  ) {
    super('CORRUPTION', `${file} at offset ${offset}: ${reason}`, options);
    this.file = file;
    this.offset = offset;
  }
}

/**
 * Why a disk refused, in POSIX's names. EIO stands for whatever has none
 * here; the platform's own error is then the `cause`.
 */
export type DiskFailureReason =
  | 'EACCES'
  | 'EBUSY'
  | 'EDQUOT'
  | 'EEXIST'
  | 'EFBIG'
  | 'EIO'
  | 'EISDIR'
  | 'EMFILE'
  | 'ENFILE'
  | 'ENOENT'
  | 'ENOSPC'
  | 'ENOTDIR'
  | 'EPERM'
  | 'EROFS';

/** The disk refused an operation. Nothing is known of unsynced writes then. */
export class DiskError extends WrongoError {
  readonly reason: DiskFailureReason;

  constructor(
    reason: DiskFailureReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super('DISK_FAILURE', `${reason}: ${message}`, options);
    this.reason = reason;
  }
}

/** The call is well formed but this store cannot do it. */
export class NotSupportedError extends WrongoError {
  constructor(message: string, options?: ErrorOptions) {
    super('NOT_SUPPORTED', message, options);
  }
}

/** The object was closed, or a failed sync made it unusable. */
export class ClosedError extends WrongoError {
  constructor(message: string, options?: ErrorOptions) {
    super('CLOSED', message, options);
  }
}

/** Another process or tab holds the same directory. */
export class LockedError extends WrongoError {
  constructor(message: string, options?: ErrorOptions) {
    super('LOCKED', message, options);
  }
}
