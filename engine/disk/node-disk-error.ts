/**
 * Node's file errors as errors of the disk contract.
 *
 * Why: an engine that reads `error.code` of whatever was thrown knows its
 * platform, and runs on that one only. Here each errno gets the reason that
 * the contract has for it, and the original stays as the `cause`.
 *
 * Cost: nothing until something fails.
 */
import { DiskError, type DiskFailureReason } from '../base/errors.ts';

const REASONS: ReadonlySet<string> = new Set<DiskFailureReason>([
  'EACCES',
  'EBUSY',
  'EDQUOT',
  'EEXIST',
  'EFBIG',
  'EIO',
  'EISDIR',
  'EMFILE',
  'ENFILE',
  'ENOENT',
  'ENOSPC',
  'ENOTDIR',
  'EPERM',
  'EROFS',
]);

/** POSIX's name of what went wrong; undefined when it is no file error. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error)) return undefined;
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/**
 * The error to throw for `error`, met while doing `what`: a DiskError when
 * the operating system refused, and `error` itself when it is a bug.
 */
export function diskErrorFrom(error: unknown, what: string): unknown {
  const errno = errnoOf(error);
  if (errno === undefined) return error;
  const reason = isReason(errno) ? errno : 'EIO';
  const detail = reason === errno ? what : `${what} (${errno})`;
  return new DiskError(reason, detail, { cause: error });
}

/** Returns what `call` returns, and throws as diskErrorFrom says. */
export function withDiskErrors<Result>(
  what: string,
  call: () => Result,
): Result {
  try {
    return call();
  } catch (error) {
    throw diskErrorFrom(error, what);
  }
}

function isReason(errno: string): errno is DiskFailureReason {
  return REASONS.has(errno);
}
