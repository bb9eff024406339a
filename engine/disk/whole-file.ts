/**
 * Writing and reading all of it: loops over short writes and reads.
 *
 * Why: POSIX lets write() take only a part of what it was given (a full disk,
 * a signal), and a caller that ignores the count leaves half a record behind
 * and calls it saved.
 */
import { assert } from '../base/assert.ts';
import { DiskError } from '../base/errors.ts';
import type { DiskFile } from './disk.ts';

/**
 * Writes every byte at `offset`, calling write() again after short writes.
 * Throws DiskError ENOSPC when the disk takes nothing at all. Not durable
 * until the file's sync().
 */
export function writeFully(
  file: DiskFile,
  source: Uint8Array,
  offset: number,
): void {
  let done = 0;
  while (done < source.length) {
    const rest = done === 0 ? source : source.subarray(done);
    const written = file.write(rest, offset + done);
    assert(written <= rest.length, 'a write reported more than it was given');
    if (written === 0) {
      throw new DiskError(
        'ENOSPC',
        `${file.name} took ${done} of ${source.length} bytes`,
      );
    }
    done += written;
  }
}

/** A copy of the whole file. Cost: O(size) memory. */
export function readWholeFile(file: DiskFile): Uint8Array {
  const bytes = new Uint8Array(file.size());
  const count = file.read(bytes, 0);
  assert(count === bytes.length, `${file.name} shrank while it was read`);
  return bytes;
}
