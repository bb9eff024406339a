/**
 * Byte reader: takes a record apart field by field, and trusts none of it.
 *
 * Why: what comes from a disk may be anything. A length field that a bit flip
 * made huge sends a careless decoder beyond its record, where it reads zeros,
 * `undefined`, or the next record as if it were this one, and answers wrongly
 * without complaint. The reader checks each step against the end of its
 * bytes, and says which file and offset went wrong.
 *
 * Layout: the fields of byte-writer.ts, with the same worked example.
 *
 * Invariants: (1) 0 <= offset <= the bytes' length. (2) A read that throws
 * has not moved the reader.
 * Cost: O(1) a field and no copy: bytes() gives a view of the reader's bytes.
 * Real engines: LevelDB's GetVarint32 and GetLengthPrefixedSlice return false
 * at the end of input, and each caller turns that into Status::Corruption.
 */
import { assert } from '../base/assert.ts';
import { type ByteSource, corruptionAt, sourceAt } from './byte-source.ts';
import { decodeUtf8 } from './text.ts';
import { decodeVarint, varintSizeBytes } from './varint.ts';

const U32_RANGE = 0x1_0000_0000;
/** The high half of 2^53 - 1: a greater one is not a safe integer. */
const SAFE_HIGH_MAX = 0x1f_ffff;

export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #source: ByteSource;
  #offset: number;

  /** `source` says where bytes[0] lies; the bytes are not copied. */
  constructor(bytes: Uint8Array, source: ByteSource) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#source = source;
    this.#offset = 0;
  }

  /** Index of the next byte in the bytes that the reader was given. */
  get offset(): number {
    return this.#offset;
  }

  /** How many bytes are left. */
  get remainingBytes(): number {
    return this.#bytes.length - this.#offset;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1, 'u8'));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2, 'u16'), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4, 'u32'), true);
  }

  /** Eight bytes; CorruptionError when they exceed 2^53 - 1. */
  u64(): number {
    const start = this.#take(8, 'u64');
    const low = this.#view.getUint32(start, true);
    const high = this.#view.getUint32(start + 4, true);
    if (high > SAFE_HIGH_MAX) {
      this.#offset = start;
      throw corruptionAt(this.#source, start, 'u64 exceeds 2^53 - 1');
    }
    return high * U32_RANGE + low;
  }

  /** One to eight bytes; CorruptionError as decodeVarint says. */
  varint(): number {
    const value = decodeVarint(this.#bytes, this.#offset, this.#source);
    this.#offset += varintSizeBytes(value);
    return value;
  }

  /** A view, not a copy: valid as long as the bytes underneath are. */
  bytes(countBytes: number): Uint8Array {
    const start = this.#take(countBytes, 'byte string');
    return this.#bytes.subarray(start, start + countBytes);
  }

  /** Text of `countBytes` bytes; CorruptionError when it is not UTF-8. */
  text(countBytes: number): string {
    const start = this.#offset;
    const bytes = this.bytes(countBytes);
    try {
      return decodeUtf8(bytes, sourceAt(this.#source, start));
    } catch (error) {
      this.#offset = start;
      throw error;
    }
  }

  /** Moves past `countBytes`, if there are enough, and returns their start. */
  #take(countBytes: number, field: string): number {
    assert(
      Number.isSafeInteger(countBytes) && countBytes >= 0,
      'a count of bytes is a safe integer, zero or more',
    );
    if (countBytes > this.remainingBytes) {
      throw corruptionAt(
        this.#source,
        this.#offset,
        `${field} needs ${countBytes} bytes, only ` +
          `${this.remainingBytes} are left`,
      );
    }
    const start = this.#offset;
    this.#offset += countBytes;
    return start;
  }
}
