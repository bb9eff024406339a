/**
 * CRC-32: four bytes that notice when the others have changed.
 *
 * Why: a disk returns what it has, not what was written. A torn write leaves
 * half of a record, a worn cell flips a bit, and without a checksum the
 * engine reads the wreck and answers wrongly with a straight face. With one,
 * the same damage is an error that names the file and the offset.
 *
 * How: take the bytes as one long binary number, divide it by a fixed 33-bit
 * number, keep the remainder. "Division" is the schoolbook one without
 * carries: subtracting is XOR. The divisor, from zlib and Ethernet, is
 *   x^32+x^26+x^23+x^22+x^16+x^12+x^11+x^10+x^8+x^7+x^5+x^4+x^2+x+1
 * which is 0xedb88320 with x^31 in the lowest bit and x^32 left out. The
 * remainder starts as all ones, so that leading zero bytes count, and is
 * inverted at the end.
 *   crc32("123456789") = 0xcbf43926, stored little-endian as 26 39 f4 cb
 *
 * What it catches, always: any one flipped bit; any three in up to 11,450
 * bytes; any damage that spans at most 32 bits. Of other random damage, all
 * but one in 2^32.
 * What it does not catch:
 *   - The right bytes in the wrong place, or an old page with its old
 *     checksum: those are consistent. A parent has to remember its child's.
 *   - Emptiness. crc32 of no bytes is 0, so zeros read as a valid record of
 *     length 0, and a zero-filled file as many: refuse length 0 first.
 *   - Intent. It is linear: crc(a^b^c) = crc(a)^crc(b)^crc(c), so anyone can
 *     repair the checksum after an edit. That takes a keyed hash.
 *
 * Invariants: (1) The result is an unsigned 32-bit integer. (2) Continuing
 * equals joining: crc32(b, crc32(a)) = crc32(ab). (3) All three versions
 * (this, crc32-node.ts, crc32-reference.ts) agree on every input.
 * Cost: O(bytes). See below; `node engine/bench/crc32.ts` measures it again.
 * Real engines: WiredTiger, LevelDB and RocksDB use CRC-32C, another divisor,
 * for which x86 and ARM have an instruction. JavaScript cannot reach that
 * instruction, but Node's zlib makes this divisor the fast one here.
 */

/**
 * A CRC-32 of `bytes`, as an unsigned 32-bit integer. `previous`, the result
 * for the bytes before, continues a checksum. Handed to whatever needs one
 * through its constructor, since the fastest one depends on the platform.
 */
export type Crc32 = (bytes: Uint8Array, previous?: number) => number;

const POLYNOMIAL = 0xedb8_8320;

/** Bytes handled in one step of the loop, each through a table of its own. */
const SLICE_COUNT = 16;

/** Below this size, making a DataView costs more than its loads save. */
const VIEW_SIZE_BYTES_MIN = 512;

/**
 * Table `s` starts at s * 256: the effect of a byte with `s` bytes after it.
 * Int32Array, because XOR works on signed 32-bit integers. The upper half of
 * a Uint32Array's values becomes doubles wherever V8 misses that only XOR
 * follows. In today's loops it does not miss it and both measure alike; the
 * signed table cannot lose that way.
 */
const TABLES = buildTables();

/**
 * CRC-32 for the browser, sixteen bytes a step ("slicing").
 *
 * The plain loop waits for each byte's look-up before it can begin the next.
 * Sixteen tables give the effect of sixteen bytes as sixteen look-ups that do
 * not wait for each other: more than four times as fast as one table.
 */
export const slicedCrc32: Crc32 = (bytes, previous = 0) => {
  const blocksEnd = bytes.length - (bytes.length % SLICE_COUNT);
  const useView = blocksEnd >= VIEW_SIZE_BYTES_MIN;
  let crc = useView
    ? foldBlocksByView(bytes, blocksEnd, ~previous)
    : foldBlocksByByte(bytes, blocksEnd, ~previous);
  for (let index = blocksEnd; index < bytes.length; index++) {
    crc = (crc >>> 8) ^ lookUp(0, (crc ^ byteAt(bytes, index)) & 0xff);
  }
  return ~crc >>> 0;
};

/** Whole blocks, four bytes a load: a fifth faster on a page than by byte. */
function foldBlocksByView(
  bytes: Uint8Array,
  blocksEnd: number,
  crcBefore: number,
): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let crc = crcBefore;
  for (let index = 0; index < blocksEnd; index += SLICE_COUNT) {
    // Only the first word waits for the last block's result, so it joins
    // last and the rest is ready by then: 4 to 6 % of the speed.
    const rest =
      foldWord(8, view.getInt32(index + 4, true)) ^
      foldWord(4, view.getInt32(index + 8, true)) ^
      foldWord(0, view.getInt32(index + 12, true));
    crc = foldWord(12, crc ^ view.getInt32(index, true)) ^ rest;
  }
  return crc;
}

/** Whole blocks of a small input, without the cost of making a view. */
function foldBlocksByByte(
  bytes: Uint8Array,
  blocksEnd: number,
  crcBefore: number,
): number {
  let crc = crcBefore;
  for (let index = 0; index < blocksEnd; index += SLICE_COUNT) {
    crc =
      lookUp(15, byteAt(bytes, index) ^ (crc & 0xff)) ^
      lookUp(14, byteAt(bytes, index + 1) ^ ((crc >>> 8) & 0xff)) ^
      lookUp(13, byteAt(bytes, index + 2) ^ ((crc >>> 16) & 0xff)) ^
      lookUp(12, byteAt(bytes, index + 3) ^ (crc >>> 24)) ^
      lookUp(11, byteAt(bytes, index + 4)) ^
      lookUp(10, byteAt(bytes, index + 5)) ^
      lookUp(9, byteAt(bytes, index + 6)) ^
      lookUp(8, byteAt(bytes, index + 7)) ^
      lookUp(7, byteAt(bytes, index + 8)) ^
      lookUp(6, byteAt(bytes, index + 9)) ^
      lookUp(5, byteAt(bytes, index + 10)) ^
      lookUp(4, byteAt(bytes, index + 11)) ^
      lookUp(3, byteAt(bytes, index + 12)) ^
      lookUp(2, byteAt(bytes, index + 13)) ^
      lookUp(1, byteAt(bytes, index + 14)) ^
      lookUp(0, byteAt(bytes, index + 15));
  }
  return crc;
}

/** The effect of four bytes that have `bytesAfter` more after them. */
function foldWord(bytesAfter: number, word: number): number {
  return (
    lookUp(bytesAfter + 3, word & 0xff) ^
    lookUp(bytesAfter + 2, (word >>> 8) & 0xff) ^
    lookUp(bytesAfter + 1, (word >>> 16) & 0xff) ^
    lookUp(bytesAfter, word >>> 24)
  );
}

// The casts say what the loops' bounds make true: the index is in range. V8
// inlines both functions, so they cost nothing over bare brackets.
function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] as number;
}

function lookUp(table: number, byte: number): number {
  return TABLES[(table << 8) + byte] as number;
}

function buildTables(): Int32Array {
  const tables = new Int32Array(SLICE_COUNT * 256);
  // Table 0: divide each byte by the polynomial, one bit at a time.
  for (let byte = 0; byte < 256; byte++) {
    let effect = byte;
    for (let bit = 0; bit < 8; bit++) {
      effect = effect & 1 ? (effect >>> 1) ^ POLYNOMIAL : effect >>> 1;
    }
    tables[byte] = effect;
  }
  // Table s: what table s - 1 says, pushed on by one more byte of zeros.
  for (let index = 256; index < tables.length; index++) {
    const effect = tables[index - 256] as number;
    tables[index] = (effect >>> 8) ^ (tables[effect & 0xff] as number);
  }
  return tables;
}
