/**
 * The header of a pool file: which name of ours an opaque file stands for.
 *
 * Why: the browser renames and removes files only asynchronously, and the
 * disk contract does both synchronously. So the real files are never renamed:
 * each keeps its name for ever, and its first page says what we call it.
 *
 *   OFFSET SIZE FIELD
 *        0    8 magic          "WRONGFS1"
 *        8    4 crc32          of the 138 bytes that follow
 *       12    8 sequence       grows with each header that the pool writes
 *       20    2 nameSizeBytes  0 = the file is free
 *       22  128 name           ASCII, then zeros
 *
 * The page holds two copies, at 0 and at 2048. A new header goes over the
 * older copy, so a torn write leaves the other one, with the name before it.
 * The file's content begins at 4096. Left open: rot in the newer copy looks
 * like a torn write, and takes the name one step back.
 *
 * Worked example, sequence 258, name "a.log" (asserted by the test):
 *   57 52 4f 4e 47 46 53 31 | 34 7d 68 bb | 02 01 00 00 00 00 00 00
 *   05 00 | 61 2e 6c 6f 67 00 ... 00
 *
 * Invariants: (1) a copy lies within one sector. (2) of two valid copies the
 * one with the higher sequence counts.
 * Cost: O(1), 150 bytes.
 */
import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import type { Crc32 } from '../bytes/crc32.ts';
import { encodeUtf8 } from '../bytes/text.ts';
import { isFileName } from './disk.ts';

/** One page: browsers align files to it, and a header fits many times. */
export const OPFS_CONTENT_OFFSET = 4096;

/** Two sectors that a single torn write cannot both reach. */
export const OPFS_HEADER_OFFSETS = [0, 2048] as const;

const MAGIC = encodeUtf8('WRONGFS1');
const CRC_OFFSET = 8;
const CRC_END = 12;
const NAME_SIZE_BYTES_MAX = 128;
export const OPFS_HEADER_SIZE_BYTES = CRC_END + 8 + 2 + NAME_SIZE_BYTES_MAX;

/** What one copy says. */
export interface OpfsHeader {
  readonly sequence: number;
  /** '' when the file is free. */
  readonly name: string;
}

/** The bytes of one copy. Requires: a plain file name, or ''. */
export function encodeOpfsHeader(
  header: OpfsHeader,
  crc32: Crc32,
): Uint8Array<ArrayBuffer> {
  const name = encodeUtf8(header.name);
  const writer = new ByteWriter(OPFS_HEADER_SIZE_BYTES)
    .bytes(MAGIC)
    .u32(0)
    .u64(header.sequence)
    .u16(name.length)
    .bytes(name)
    .bytes(new Uint8Array(NAME_SIZE_BYTES_MAX - name.length));
  const crc = crc32(writer.written().subarray(CRC_END));
  return writer.overwriteU32(CRC_OFFSET, crc).toBytes();
}

/** The header in `bytes`, or undefined when they hold none. */
export function decodeOpfsHeader(
  bytes: Uint8Array,
  crc32: Crc32,
): OpfsHeader | undefined {
  if (bytes.length < OPFS_HEADER_SIZE_BYTES) return undefined;
  const copy = bytes.subarray(0, OPFS_HEADER_SIZE_BYTES);
  const reader = new ByteReader(copy, { file: 'a pool file', startOffset: 0 });
  const magic = reader.bytes(MAGIC.length);
  if (!MAGIC.every((byte, index) => byte === magic[index])) return undefined;
  if (reader.u32() !== crc32(copy.subarray(CRC_END))) return undefined;
  const sequence = reader.u64();
  const name = reader.text(reader.u16());
  return name === '' || isFileName(name) ? { sequence, name } : undefined;
}

/**
 * The header that counts in a file's first page, and the index of its copy;
 * undefined when neither copy is whole.
 */
export function newestOpfsHeader(
  page: Uint8Array,
  crc32: Crc32,
): { readonly header: OpfsHeader; readonly copy: 0 | 1 } | undefined {
  const [first, second] = OPFS_HEADER_OFFSETS.map((offset) =>
    decodeOpfsHeader(page.subarray(offset), crc32),
  );
  if (second !== undefined && !(first && first.sequence > second.sequence)) {
    return { header: second, copy: 1 };
  }
  return first && { header: first, copy: 0 };
}
