/**
 * Key encoding: typed keys as bytes whose byte order is the keys' order.
 *
 * Why: a tree compares keys millions of times and should know one order only,
 * that of bytes (compare-bytes.ts). So the types are encoded once, on the way
 * in, such that compareBytes(encodeKey(a), encodeKey(b)) has the sign that
 * comparing a with b by type would have ("memcomparable"). Without it, text
 * of numbers puts 10 before 9, raw doubles put -1 after 1, and joined strings
 * mix up ["ab", "c"] with ["a", "bc"].
 *
 * A key is a tuple of parts, one after the other, each a tag and a body:
 *   TAG  PART        BODY
 *   0x10 number      8 bytes: the double, highest byte first; if its sign bit
 *                    is clear, set it; if it is set, invert all 64 bits
 *   0x18 bigint      8 bytes: int64, highest byte first, sign bit inverted
 *   0x20 string      UTF-8, each 00 as 00 ff; ends with one 00
 *   0x30 Uint8Array  its bytes, each 00 as 00 ff; ends with one 00
 * Example (asserted by the test): [-1, 'a\0'] is
 *   10 | 40 0f ff ff ff ff ff ff | 20 | 61 | 00 ff | 00
 *
 * The order: by the first part that differs; a tuple before those it begins.
 * Between types by tag: numbers, bigints, strings, bytes. Numbers: NaN, then
 * -Infinity to Infinity. Strings: by code point, not by JavaScript's `<`.
 *
 * Invariants: (1) No tag is 0xff. So a 00 that ends a string is never
 * followed by ff, and sorts below the 00 ff of a string that goes on,
 * whatever part comes next. (2) Parts join without lengths, and all tuples
 * that begin with `parts` lie from encodeKey(parts), included, to those bytes
 * plus one ff, excluded.
 * (3) One spelling: -0 is stored as 0 and every NaN as one NaN, since equal
 * keys must be equal bytes. decodeKey refuses any other spelling.
 * Cost: O(bytes); a zero byte in a string costs two.
 *
 * Left out: collations, descending parts, nested tuples, and one order across
 * number and bigint. 1 and 1n are two keys here, and all numbers come first.
 * Real engines: MongoDB's KeyString, FoundationDB's tuple layer and
 * CockroachDB's key encoding escape zero bytes so; WiredTiger packs
 * integers with a length in the first byte, so that small ones stay short.
 */
import { InvalidInputError } from '../base/errors.ts';
import { type ByteSource, corruptionAt, sourceAt } from './byte-source.ts';
import { ByteWriter } from './byte-writer.ts';
import { equalBytes } from './compare-bytes.ts';
import { decodeUtf8, encodeUtf8 } from './text.ts';

export type KeyPart = number | bigint | string | Uint8Array;

// On disk: never renumber. The gaps leave room for types in between.
const NUMBER_TAG = 0x10;
const BIGINT_TAG = 0x18;
const STRING_TAG = 0x20;
const BYTES_TAG = 0x30;

const END_OF_PART = 0x00;
/** After a 00, says that the 00 was part of the value. */
const ESCAPED_ZERO = 0xff;

const NUMBER_SIZE_BYTES = 8;
const SIGN_BIT = 0x80;
const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/**
 * The bytes of a key, newly allocated; no parts give no bytes.
 * Throws InvalidInputError for a bigint beyond int64, half a surrogate pair,
 * or a part of another type.
 */
export function encodeKey(parts: readonly KeyPart[]): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  for (const part of parts) encodePart(writer, part);
  return writer.toBytes();
}

/**
 * The parts of an encoded key; encodeKey gives back the same bytes.
 * Throws CorruptionError, at the damaged part, for anything that encodeKey
 * does not write.
 */
export function decodeKey(bytes: Uint8Array, source: ByteSource): KeyPart[] {
  const parts: KeyPart[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const tag = bytes[offset];
    const bodyOffset = offset + 1;
    if (tag === NUMBER_TAG || tag === BIGINT_TAG) {
      const end = bodyOffset + NUMBER_SIZE_BYTES;
      if (end > bytes.length) {
        throw corruptionAt(source, offset, 'key ends inside a number');
      }
      const body = bytes.subarray(bodyOffset, end);
      parts.push(
        tag === NUMBER_TAG
          ? decodeNumber(body, source, offset)
          : decodeBigint(body),
      );
      offset = end;
    } else if (tag === STRING_TAG || tag === BYTES_TAG) {
      const end = findEnd(bytes, bodyOffset, source);
      const body = unescapeZeros(bytes.subarray(bodyOffset, end));
      parts.push(
        tag === STRING_TAG
          ? decodeUtf8(body, sourceAt(source, bodyOffset))
          : body,
      );
      offset = end + 1;
    } else {
      throw corruptionAt(source, offset, `key part has unknown tag ${tag}`);
    }
  }
  return parts;
}

function encodePart(writer: ByteWriter, part: KeyPart): void {
  if (typeof part === 'number') {
    writer.u8(NUMBER_TAG).bytes(encodeNumber(part));
  } else if (typeof part === 'bigint') {
    writer.u8(BIGINT_TAG).bytes(encodeBigint(part));
  } else if (typeof part === 'string') {
    writer.u8(STRING_TAG);
    writeEscaped(writer, encodeUtf8(part));
  } else if (part instanceof Uint8Array) {
    writer.u8(BYTES_TAG);
    writeEscaped(writer, part);
  } else {
    throw new InvalidInputError(
      `a key part is a number, bigint, string or Uint8Array, not ${part}`,
    );
  }
}

/**
 * A double's bits, read as an integer, already rise with the value while the
 * sign is plus; minus sorts after plus, and backwards. Setting the sign bit of
 * the first half and inverting the second puts both in one rising order.
 */
function encodeNumber(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(NUMBER_SIZE_BYTES);
  // NaN is eight zeros: what a NaN with all bits set would be inverted to,
  // and below -Infinity, which is where MongoDB sorts it.
  if (Number.isNaN(value)) return bytes;
  // Adding 0 turns -0 into 0 and leaves every other number alone.
  new DataView(bytes.buffer).setFloat64(0, value + 0);
  flipFromDouble(bytes);
  return bytes;
}

function decodeNumber(
  body: Uint8Array,
  source: ByteSource,
  partOffset: number,
): number {
  const bytes = new Uint8Array(body);
  flipToDouble(bytes);
  const value = new DataView(bytes.buffer).getFloat64(0);
  // Two spellings of one number would be two keys that claim to be equal.
  if (!equalBytes(encodeNumber(value), body)) {
    throw corruptionAt(source, partOffset, `key spells ${value} wrongly`);
  }
  return value;
}

function flipFromDouble(bytes: Uint8Array): void {
  const first = bytes[0] as number;
  if (first < SIGN_BIT) bytes[0] = first | SIGN_BIT;
  else invert(bytes);
}

function flipToDouble(bytes: Uint8Array): void {
  const first = bytes[0] as number;
  if (first >= SIGN_BIT) bytes[0] = first ^ SIGN_BIT;
  else invert(bytes);
}

function invert(bytes: Uint8Array): void {
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = ~(bytes[index] as number);
  }
}

/** Two's complement already rises but for the sign bit: invert that one. */
function encodeBigint(value: bigint): Uint8Array<ArrayBuffer> {
  if (value < INT64_MIN || value > INT64_MAX) {
    throw new InvalidInputError(`a bigint in a key is an int64, not ${value}`);
  }
  const bytes = new Uint8Array(NUMBER_SIZE_BYTES);
  new DataView(bytes.buffer).setBigInt64(0, value ^ INT64_MIN);
  return bytes;
}

function decodeBigint(body: Uint8Array): bigint {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  return view.getBigInt64(0) ^ INT64_MIN;
}

/** Copies run by run, so a value without zero bytes is one copy. */
function writeEscaped(writer: ByteWriter, value: Uint8Array): void {
  let runStart = 0;
  let zeroAt = value.indexOf(0);
  while (zeroAt !== -1) {
    writer.bytes(value.subarray(runStart, zeroAt + 1)).u8(ESCAPED_ZERO);
    runStart = zeroAt + 1;
    zeroAt = value.indexOf(0, runStart);
  }
  writer.bytes(value.subarray(runStart)).u8(END_OF_PART);
}

/** The offset of the 00 that ends the part which starts at `bodyOffset`. */
function findEnd(
  bytes: Uint8Array,
  bodyOffset: number,
  source: ByteSource,
): number {
  let zeroAt = bytes.indexOf(0, bodyOffset);
  while (zeroAt !== -1 && bytes[zeroAt + 1] === ESCAPED_ZERO) {
    zeroAt = bytes.indexOf(0, zeroAt + 2);
  }
  if (zeroAt === -1) {
    throw corruptionAt(source, bodyOffset - 1, 'key part has no end');
  }
  return zeroAt;
}

/** A copy of `body` without the ff that follows each 00. */
function unescapeZeros(body: Uint8Array): Uint8Array<ArrayBuffer> {
  const value = new Uint8Array(body.length);
  let size = 0;
  for (let index = 0; index < body.length; index++) {
    const byte = body[index] as number;
    value[size++] = byte;
    if (byte === 0) index += 1;
  }
  return value.slice(0, size);
}
