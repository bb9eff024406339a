/**
 * Varint: an unsigned integer in as few bytes as it needs (LEB128).
 *
 * Why: most lengths in a database are small. A fixed u32 spends four bytes to
 * say 7; a varint spends one, and can still say nine quadrillion.
 *
 * Layout: seven bits a byte, the lowest first. The top bit of a byte says
 * that another byte follows.
 *   300 = 10_0101100 in binary, cut into sevens from the right
 *   OFFSET BYTE              MEANING
 *        0 ac = 1_0101100    low seven bits 0101100, more follows
 *        1 02 = 0_0000010    next seven bits 0000010, the last byte
 *
 * Invariants: (1) The shortest form only: 300 has one spelling. A padded form
 * (ac 82 00) is refused on decode, since two spellings of one record would
 * have two checksums. (2) Values are safe integers, so at most 8 bytes.
 * (3) From 1 and 2: varintSizeBytes(value) is how far a decoder moves on,
 * which lets decodeVarint return a plain number and allocate nothing.
 * Cost: O(size); one byte takes a branch.
 * Real engines: LevelDB and Protocol Buffers use this form. SQLite puts the
 * high bits first; WiredTiger keeps the length in the first byte, so that its
 * encoded integers sort as bytes. These do not sort: never use them in keys.
 */
import { assert } from '../base/assert.ts';
import { type ByteSource, corruptionAt } from './byte-source.ts';

/** Seven bits a byte: 53 bits of safe integer need ceil(53 / 7) bytes. */
export const VARINT_SIZE_BYTES_MAX = 8;

const MORE_FOLLOWS = 0x80;
const LOW_SEVEN_BITS = 0x7f;
const U32_MAX = 0xffff_ffff;

/** How many bytes `value` takes: 1 below 128, 2 below 16,384, at most 8. */
export function varintSizeBytes(value: number): number {
  assertEncodable(value);
  let sizeBytes = 1;
  // Multiplying keeps clear of `>>`, which sees only the low 32 bits.
  for (let limit = 0x80; value >= limit; limit *= 0x80) sizeBytes += 1;
  return sizeBytes;
}

/**
 * Writes `value` at `offset` and returns the offset after it.
 * Requires room: a typed array drops writes beyond its end without a word, so
 * a missing check here would surface as a truncated record after a restart.
 */
export function encodeVarint(
  value: number,
  target: Uint8Array,
  offset: number,
): number {
  assert(
    offset + varintSizeBytes(value) <= target.length,
    'a varint fits its target',
  );
  let rest = value;
  let next = offset;
  while (rest > LOW_SEVEN_BITS) {
    target[next++] = (rest & LOW_SEVEN_BITS) | MORE_FOLLOWS;
    rest = rest > U32_MAX ? Math.floor(rest / 0x80) : rest >>> 7;
  }
  target[next++] = rest;
  return next;
}

/**
 * The value at `offset`; the next field starts varintSizeBytes(value) later.
 * Throws CorruptionError, at the varint's first byte, when it runs past the
 * end, is longer than it has to be, or exceeds Number.MAX_SAFE_INTEGER.
 */
export function decodeVarint(
  bytes: Uint8Array,
  offset: number,
  source: ByteSource,
): number {
  let value = 0;
  let scale = 1;
  for (let count = 0; count < VARINT_SIZE_BYTES_MAX; count++) {
    const byte = bytes[offset + count];
    if (byte === undefined) {
      throw corruptionAt(source, offset, 'varint runs past the last byte');
    }
    value += (byte & LOW_SEVEN_BITS) * scale;
    if (byte < MORE_FOLLOWS) {
      if (byte === 0 && count > 0) {
        throw corruptionAt(source, offset, 'varint is longer than needed');
      }
      // 16 or more in the eighth byte means 2^53 or more, where doubles
      // start to skip integers.
      if (value > Number.MAX_SAFE_INTEGER) break;
      return value;
    }
    scale *= 0x80;
  }
  throw corruptionAt(source, offset, 'varint exceeds 2^53 - 1');
}

function assertEncodable(value: number): void {
  assert(
    Number.isSafeInteger(value) && value >= 0,
    'a varint is a safe integer, zero or more',
  );
}
