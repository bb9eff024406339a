/**
 * File headers: whose file is this, and can this version read it?
 *
 * Why: an engine that opens any file will one day append to somebody's photo.
 *
 *   OFFSET SIZE FIELD
 *        0    8 magic            eight ASCII letters
 *        8    4 version          1
 *       12    4 crc32            of the 12 bytes before
 * "WRONGLOG", version 1:
 *   57 52 4f 4e 47 4c 4f 47 | 01 00 00 00 | cd 1a 97 66
 *
 * A header is synced before anything is written behind it. So a file that is
 * no longer than its header may be what a crash during creation left: zeros
 * and the header's own bytes. Such a file holds nothing and is made anew.
 */
import { assert } from '../base/assert.ts';
import { CorruptionError } from '../base/errors.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { equalBytes } from '../bytes/compare-bytes.ts';
import type { Crc32 } from '../bytes/crc32.ts';

const FILE_HEADER_SIZE_BYTES = 16;
const FILE_VERSION = 1;

/** The header of a file of this kind. */
export function fileHeader(magic: string, crc32: Crc32): Uint8Array {
  assert(magic.length === 8, 'a magic is eight letters');
  const bytes = new ByteWriter(FILE_HEADER_SIZE_BYTES)
    .text(magic)
    .u32(FILE_VERSION);
  return bytes.u32(crc32(bytes.written())).toBytes();
}

/** True for what a crash during the header's first write can leave. */
export function isTornHeader(bytes: Uint8Array, header: Uint8Array): boolean {
  if (bytes.length > header.length) return false;
  if (header.length === 0) return bytes.length === 0;
  let isWhole = bytes.length === header.length;
  for (let offset = 0; offset < bytes.length; offset++) {
    const byte = bytes[offset];
    if (byte === header[offset]) continue;
    if (byte !== 0) return false;
    isWhole = false;
  }
  return !isWhole;
}

/** Throws CorruptionError unless `bytes` start with `header`. */
export function checkHeader(
  file: string,
  bytes: Uint8Array,
  header: Uint8Array,
): void {
  if (equalBytes(bytes.subarray(0, header.length), header)) return;
  const magic = header.subarray(0, 8);
  if (!equalBytes(bytes.subarray(0, 8), magic)) {
    const name = String.fromCharCode(...magic);
    throw new CorruptionError(file, 0, `does not start with ${name}`);
  }
  const reason = 'the header is damaged or of another version';
  throw new CorruptionError(file, 8, reason);
}
