/**
 * Byte source: where some bytes came from, so that an error can say so.
 *
 * Why: a decoder sees an array that starts at 0, but the person with the
 * damaged database has a file of a million bytes. "Record too short at 12" is
 * useless there; "orders.log at offset 81932" can be opened in a hex editor.
 * So every decoder of this folder takes the source with the bytes, and turns
 * its own index into the file's offset with `corruptionAt`.
 *
 * Invariant: bytes[0] lies at `startOffset` of `file`.
 * Cost: one small object a file or page, none a field.
 * Real engines: WiredTiger's "read checksum error" names file and offset;
 * SQLite's integrity_check names the page.
 */
import { CorruptionError } from '../base/errors.ts';

export type ByteSource = {
  readonly file: string;
  /** Offset in the file of the first byte that the decoder was given. */
  readonly startOffset: number;
};

/** The error for damage at `index` of bytes that came from `source`. */
export function corruptionAt(
  source: ByteSource,
  index: number,
  reason: string,
): CorruptionError {
  return new CorruptionError(source.file, source.startOffset + index, reason);
}

/** The source of what starts at `index` of bytes that came from `source`. */
export function sourceAt(source: ByteSource, index: number): ByteSource {
  return { file: source.file, startOffset: source.startOffset + index };
}
