/**
 * Segment and hint files: the two formats of the hash index.
 *
 * A segment is a header and framed records. Its number orders it in time.
 *   OFFSET SIZE FIELD
 *        0    8 magic            "WRONGSEG"
 *        8    4 version          1
 *       12    4 id
 *       16    4 replacesFromId   a merge of segments from here to id; id if none
 *       20    4 crc32            of the 20 bytes before
 *       24    . records          framed-record.ts, position counted from 0
 * Segment 3, a merge of 1 to 3:
 *   57 52 4f 4e 47 53 45 47 | 01 00 00 00 | 03 00 00 00 | 01 00 00 00 |
 *   d6 0c d0 a5
 *
 * `replacesFromId` is how a merge takes effect in one step: as soon as the
 * merged file has its name, the files that it replaces are history, whether
 * or not anyone had the time to remove them.
 *
 * A hint is a segment without its values: what the index needs to know.
 *   OFFSET SIZE FIELD
 *        0    8 magic            "WRONGHNT"
 *        8    4 version          1
 *       12    4 id               ) of the segment as it was when the hint
 *       16    4 replacesFromId   ) was made; if they differ now, the hint is
 *       20    8 segmentSizeBytes ) about another file and is ignored
 *       28    4 entryCount
 *       32    . entries: u8 kind, u16 keySizeBytes, key, u64 offset, u32 size
 *      end    4 crc32            of all before
 * The hint of that segment, which holds put("k", "v") and is 0x35 bytes:
 *   57 52 4f 4e 47 48 4e 54 | 01 00 00 00 | 03 00 00 00 | 01 00 00 00 |
 *   35 00 00 00 00 00 00 00 | 01 00 00 00 |
 *   01 | 01 00 | 6b | 18 00 00 00 00 00 00 00 | 1d 00 00 00 | 7b 1a bc 52
 * A hint is a cache that can be checked, so it is written without a sync.
 *
 * Real engines: Bitcask's data and hint files (Sheehy and Smith, 2010).
 */
import { CorruptionError } from '../base/errors.ts';
import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { equalBytes } from '../bytes/compare-bytes.ts';
import type { Crc32 } from '../bytes/crc32.ts';
import { RECORD_KINDS } from './framed-record.ts';

const SEGMENT_MAGIC = 'WRONGSEG';
const HINT_MAGIC = 'WRONGHNT';
export const SEGMENT_HEADER_SIZE_BYTES = 24;
/** The next segment, or a merge's output, until it gets its name. */
export const SEGMENT_TEMPORARY_NAME = 'segment.new';
export const MERGE_TEMPORARY_NAME = 'merge.new';

const VERSION = 1;
const SEGMENT_PATTERN = /^segment-(\d{6,10})\.log$/;

/** Which segments a file stands for. */
export interface SegmentIdentity {
  readonly id: number;
  readonly replacesFromId: number;
}

/** One key of a segment, as a hint keeps it. */
export interface HintEntry {
  readonly kind: 'put' | 'delete';
  readonly key: Uint8Array;
  readonly offset: number;
  readonly sizeBytes: number;
}

export function segmentName(id: number): string {
  return `segment-${String(id).padStart(6, '0')}.log`;
}

export function hintName(id: number): string {
  return `segment-${String(id).padStart(6, '0')}.hint`;
}

/** The id in a segment's name; undefined for any other name. */
export function segmentIdOf(name: string): number | undefined {
  const digits = SEGMENT_PATTERN.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export function segmentHeader(
  { id, replacesFromId }: SegmentIdentity,
  crc32: Crc32,
): Uint8Array {
  const bytes = new ByteWriter(SEGMENT_HEADER_SIZE_BYTES)
    .text(SEGMENT_MAGIC)
    .u32(VERSION)
    .u32(id)
    .u32(replacesFromId);
  return bytes.u32(crc32(bytes.written())).toBytes();
}

/** What the hint of a segment says, as bytes. */
export function encodeHint(
  segment: SegmentIdentity,
  segmentSizeBytes: number,
  entries: readonly HintEntry[],
  crc32: Crc32,
): Uint8Array {
  const bytes = new ByteWriter()
    .text(HINT_MAGIC)
    .u32(VERSION)
    .u32(segment.id)
    .u32(segment.replacesFromId)
    .u64(segmentSizeBytes)
    .u32(entries.length);
  for (const entry of entries) {
    bytes
      .u8(RECORD_KINDS[entry.kind])
      .u16(entry.key.length)
      .bytes(entry.key)
      .u64(entry.offset)
      .u32(entry.sizeBytes);
  }
  return bytes.u32(crc32(bytes.written())).toBytes();
}

/**
 * The entries of a hint about exactly this segment, else undefined: a hint is
 * only a cache, so anything odd about it means "read the segment instead".
 * `trusting` leaves out the checksum and the comparison (a wrong switch).
 */
export function decodeHint(
  bytes: Uint8Array,
  segment: SegmentIdentity,
  segmentSizeBytes: number,
  crc32: Crc32,
  trusting: boolean,
): HintEntry[] | undefined {
  const body = bytes.subarray(0, Math.max(0, bytes.length - 4));
  const source = { file: hintName(segment.id), startOffset: 0 };
  const reader = new ByteReader(bytes, source);
  try {
    const isOurs =
      equalBytes(reader.bytes(8), new TextEncoder().encode(HINT_MAGIC)) &&
      reader.u32() === VERSION &&
      reader.u32() === segment.id &&
      reader.u32() === segment.replacesFromId &&
      reader.u64() === segmentSizeBytes &&
      new ByteReader(bytes.subarray(body.length), source).u32() === crc32(body);
    if (isOurs) return readEntries(reader);
    if (!trusting) return undefined;
    return readEntries(new ByteReader(bytes.subarray(28), source));
  } catch (error) {
    if (!(error instanceof CorruptionError)) throw error;
    return trusting ? [] : undefined;
  }
}

function readEntries(reader: ByteReader): HintEntry[] {
  const entries: HintEntry[] = [];
  for (let left = reader.u32(); left > 0; left--) {
    const kind = reader.u8() === RECORD_KINDS.put ? 'put' : 'delete';
    const key = reader.bytes(reader.u16()).slice();
    entries.push({ kind, key, offset: reader.u64(), sizeBytes: reader.u32() });
  }
  return entries;
}
