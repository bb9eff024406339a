/**
 * Framed records: a length to find the end, a checksum to know the truth.
 *
 * Why: bytes come back from a crash in three conditions: whole, cut, or
 * replaced by something else (zeros, an older record, rot). A length alone
 * tells the first two apart; only a checksum catches the third, and turns a
 * lie into an error.
 *
 *   OFFSET SIZE FIELD
 *        0    4 crc32            of every byte that follows
 *        4    4 sizeBytes        of the whole record
 *        8    8 position         of the record in its file
 *       16    8 durablePosition  all before it was synced at writing time
 *       24    1 kind             1 put, 2 delete, 3 closed: never renumber
 *       25    2 keySizeBytes
 *       27    . key, then the value
 * Integers are little-endian. put("k", "v") at 16, with 16 bytes synced:
 *   25 fc b5 86 | 1d 00 00 00 | 10 00 00 00 00 00 00 00 |
 *   10 00 00 00 00 00 00 00 | 01 | 01 00 | 6b | 76
 *
 * `position` refuses a good record in the wrong place: what is left of an
 * earlier life of the file, or a write that went astray. `durablePosition`
 * tells a torn tail from a damaged middle: if a readable record behind the
 * damage was written when the damaged bytes were already synced, they were
 * promised, and losing them is corruption.
 *
 * Honest limit: damage in the very last synced group, with no later record to
 * testify, looks like a torn tail and is cut. And a torn value that happens to
 * hold a framed record for its own place testifies falsely: the log is refused,
 * not misread (SQLite's WAL has a salt against this). A clean close writes a 'closed'
 * record, so a file that was closed has a witness for every byte before it.
 *
 * Invariants: (1) decode(encode(r, p, d), at p) gives r. (2) decode never
 * throws and never reads outside `bytes`, whatever they are.
 * Cost: encode and decode O(record); judge O(rest of the file).
 *
 * Real engines: WiredTiger's log record has length and CRC-32C and relies on
 * the LSN being the position; SQLite's WAL frames carry a salt for the same
 * purpose. The durable position is this project's own addition.
 */
import { assert } from '../base/assert.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import type { Crc32 } from '../bytes/crc32.ts';
import type {
  LogDamage,
  LogFormat,
  LogRecord,
  PlacedRecord,
} from './log-format.ts';

/** Bytes before the key. */
export const RECORD_HEADER_SIZE_BYTES = 27;

/** Offsets of the fields; see the table in the file head. */
export const RECORD_FIELDS = {
  crc32: 0,
  sizeBytes: 4,
  position: 8,
  durablePosition: 16,
  kind: 24,
  keySizeBytes: 25,
  key: RECORD_HEADER_SIZE_BYTES,
} as const;

/** Numbers on disk: never renumber. */
export const RECORD_KINDS = { put: 1, delete: 2, closed: 3 } as const;

const U32_RANGE = 0x1_0000_0000;

/** Rules of the format that can be left out, to see what they were for. */
export interface FramedRules {
  /** False: believe whatever the length field delimits. */
  readonly checksum: boolean;
}

/** The framed format over a checksum function. `header` starts the file. */
export function framedFormat(
  crc32: Crc32,
  header: Uint8Array,
  rules: FramedRules = { checksum: true },
): LogFormat {
  const decode: LogFormat['decode'] = (bytes, index, startOffset = 0) =>
    decodeFramed(crc32, rules, bytes, index, startOffset);
  return {
    header,
    encode: (record, position, durablePosition) =>
      encodeFramed(crc32, record, position, durablePosition),
    decode,
    judge: (bytes, offset, reason) =>
      judgeFramed(decode, bytes, offset, reason),
  };
}

function encodeFramed(
  crc32: Crc32,
  record: LogRecord,
  position: number,
  durablePosition: number,
): Uint8Array {
  assert(durablePosition <= position, 'more is synced than was written');
  const key = record.kind === 'closed' ? new Uint8Array(0) : record.key;
  const value = record.kind === 'put' ? record.value : new Uint8Array(0);
  const sizeBytes = RECORD_HEADER_SIZE_BYTES + key.length + value.length;
  const bytes = new ByteWriter(sizeBytes)
    .u32(0)
    .u32(sizeBytes)
    .u64(position)
    .u64(durablePosition)
    .u8(RECORD_KINDS[record.kind])
    .u16(key.length)
    .bytes(key)
    .bytes(value);
  bytes.overwriteU32(0, crc32(bytes.written().subarray(4)));
  return bytes.toBytes();
}

/** The record at `index`, or the reason why these bytes are not one. */
function decodeFramed(
  crc32: Crc32,
  rules: FramedRules,
  bytes: Uint8Array,
  index: number,
  startOffset: number,
): PlacedRecord | string {
  const offset = startOffset + index;
  const room = bytes.length - index;
  if (room < RECORD_HEADER_SIZE_BYTES) return 'cut inside a record header';
  const view = new DataView(bytes.buffer, bytes.byteOffset + index, room);
  const sizeBytes = view.getUint32(RECORD_FIELDS.sizeBytes, true);
  if (sizeBytes < RECORD_HEADER_SIZE_BYTES)
    return `impossible size ${sizeBytes}`;
  if (sizeBytes > room) return `size ${sizeBytes} exceeds the file`;
  const record = bytes.subarray(index, index + sizeBytes);
  if (rules.checksum) {
    const expected = view.getUint32(RECORD_FIELDS.crc32, true);
    const actual = crc32(record.subarray(4));
    if (expected !== actual) {
      return `checksum is ${hex(actual)}, the record says ${hex(expected)}`;
    }
    const position = readU64(view, RECORD_FIELDS.position);
    if (position !== offset) return `a record for position ${position}`;
  }
  const keyEnd =
    RECORD_HEADER_SIZE_BYTES + view.getUint16(RECORD_FIELDS.keySizeBytes, true);
  if (keyEnd > sizeBytes) return 'the key exceeds its record';
  const key = record.subarray(RECORD_HEADER_SIZE_BYTES, keyEnd);
  const value = record.subarray(keyEnd);
  const kind = view.getUint8(RECORD_FIELDS.kind);
  if (kind === RECORD_KINDS.put) {
    return { record: { kind: 'put', key, value }, offset, sizeBytes };
  }
  if (kind === RECORD_KINDS.delete) {
    return { record: { kind: 'delete', key }, offset, sizeBytes };
  }
  if (kind === RECORD_KINDS.closed) {
    return { record: { kind: 'closed' }, offset, sizeBytes };
  }
  return `unknown kind ${kind}`;
}

/** Looks behind the damage for a record that proves it was synced. */
function judgeFramed(
  decode: LogFormat['decode'],
  bytes: Uint8Array,
  damageOffset: number,
  reason: string,
): LogDamage {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let nextOffset: number | undefined;
  let offset = damageOffset + 1;
  while (offset + RECORD_HEADER_SIZE_BYTES <= bytes.length) {
    // The position is compared first: it rules out almost every offset for
    // the price of one read, and the checksum is left for real candidates.
    const isCandidate =
      readU64(view, offset + RECORD_FIELDS.position) === offset;
    const placed = isCandidate ? decode(bytes, offset) : '';
    if (typeof placed === 'string') {
      offset++;
      continue;
    }
    nextOffset ??= offset;
    const durable = readU64(view, offset + RECORD_FIELDS.durablePosition);
    if (durable > damageOffset) {
      return { offset: damageOffset, reason, place: 'middle', nextOffset };
    }
    offset += placed.sizeBytes;
  }
  return { offset: damageOffset, reason, place: 'tail', nextOffset };
}

/** Wrong above 2^53, where no real position is; such a record is refused. */
function readU64(view: DataView, offset: number): number {
  const low = view.getUint32(offset, true);
  return low + view.getUint32(offset + 4, true) * U32_RANGE;
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}
