/**
 * Byte writer: builds a record field by field in a buffer that grows.
 *
 * Why: the bytes of a record are usually counted only by writing them. Code
 * that adds up sizes beforehand, in a second place, is code that will one day
 * disagree with the first; and a typed array drops writes beyond its end
 * without an error. So the writer makes room itself.
 *
 * The buffer doubles when it is full: n bytes cost fewer than 2n copied ones
 * over the writer's whole life. A writer into a fixed buffer was the other
 * choice. Pages are fixed, but page code writes at computed offsets and not
 * one field after the other, so it uses a DataView and needs no writer.
 *
 * Layout: integers are little-endian, as every machine that will run this
 * stores them. u64 takes 8 bytes but holds safe integers only.
 *   u8(1) u16(2) u32(3) u64(4) varint(300) text('é')
 *   01 | 02 00 | 03 00 00 00 | 04 00 00 00 00 00 00 00 | ac 02 | c3 a9
 *
 * Invariants: (1) sizeBytes <= the buffer's length. (2) A value that does not
 * fit its field is a bug of the caller and breaks an assertion: cutting it
 * off would write a wrong number that has a right checksum.
 * Cost: O(1) amortised a field. One view is kept, since making a DataView
 * costs far more than a write through it.
 * Real engines: LevelDB appends to a std::string (PutFixed32, PutVarint32);
 * WiredTiger packs by a format string ("SIQu") into a growing WT_ITEM.
 */
import { assert } from '../base/assert.ts';
import { encodeUtf8 } from './text.ts';
import { encodeVarint, varintSizeBytes } from './varint.ts';

/** Holds a typical small record, so that most writers never grow. */
const INITIAL_CAPACITY_BYTES = 64;

const U8_MAX = 0xff;
const U16_MAX = 0xffff;
const U32_MAX = 0xffff_ffff;
const U32_RANGE = 0x1_0000_0000;

export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView<ArrayBuffer>;
  #sizeBytes: number;

  constructor(initialCapacityBytes = INITIAL_CAPACITY_BYTES) {
    this.#bytes = new Uint8Array(initialCapacityBytes);
    this.#view = new DataView(this.#bytes.buffer);
    this.#sizeBytes = 0;
  }

  /** Bytes written so far, which is also the next field's offset. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  // Each field claims its bytes in a statement of its own: JavaScript looks
  // up `this.#view` before the arguments, so claiming inside the call would
  // write into the buffer from before it grew.

  u8(value: number): this {
    assertFits(value, U8_MAX);
    const offset = this.#claim(1);
    this.#view.setUint8(offset, value);
    return this;
  }

  u16(value: number): this {
    assertFits(value, U16_MAX);
    const offset = this.#claim(2);
    this.#view.setUint16(offset, value, true);
    return this;
  }

  u32(value: number): this {
    assertFits(value, U32_MAX);
    const offset = this.#claim(4);
    this.#view.setUint32(offset, value, true);
    return this;
  }

  /** Eight bytes; `value` is a safe integer, so the top 11 bits are zero. */
  u64(value: number): this {
    assertFits(value, Number.MAX_SAFE_INTEGER);
    const offset = this.#claim(8);
    // `>>> 0` keeps the low 32 bits; a shift cannot reach the others.
    this.#view.setUint32(offset, value >>> 0, true);
    this.#view.setUint32(offset + 4, Math.floor(value / U32_RANGE), true);
    return this;
  }

  /** One to eight bytes; see varint.ts. */
  varint(value: number): this {
    const offset = this.#claim(varintSizeBytes(value));
    encodeVarint(value, this.#bytes, offset);
    return this;
  }

  /** The bytes alone: write their length first if a reader must find it. */
  bytes(bytes: Uint8Array): this {
    const offset = this.#claim(bytes.length);
    this.#bytes.set(bytes, offset);
    return this;
  }

  /** The UTF-8 bytes alone, without a length. */
  text(text: string): this {
    return this.bytes(encodeUtf8(text));
  }

  /**
   * Replaces four bytes that were written before, such as the length or the
   * checksum in a header: known only when the rest of the record stands.
   */
  overwriteU32(offset: number, value: number): this {
    assertFits(value, U32_MAX);
    assert(
      offset >= 0 && offset + 4 <= this.#sizeBytes,
      'only written bytes are overwritten',
    );
    this.#view.setUint32(offset, value, true);
    return this;
  }

  /** What was written, without a copy: valid until the next write or clear. */
  written(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#sizeBytes);
  }

  /** What was written, as a copy that the caller owns. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#sizeBytes);
  }

  /** Starts again and keeps the buffer, so a reused writer stops growing. */
  clear(): void {
    this.#sizeBytes = 0;
  }

  /** Makes room for `countBytes` and returns the offset where they go. */
  #claim(countBytes: number): number {
    const offset = this.#sizeBytes;
    const neededBytes = offset + countBytes;
    if (neededBytes > this.#bytes.length) this.#growTo(neededBytes);
    this.#sizeBytes = neededBytes;
    return offset;
  }

  #growTo(neededBytes: number): void {
    const grown = new Uint8Array(Math.max(neededBytes, this.#bytes.length * 2));
    grown.set(this.written());
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}

function assertFits(value: number, max: number): void {
  assert(
    Number.isSafeInteger(value) && value >= 0 && value <= max,
    'an unsigned integer fits its field',
  );
}
