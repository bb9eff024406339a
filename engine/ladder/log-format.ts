/**
 * What a log is made of, whatever its bytes look like: records after a header.
 *
 * Why: the append log exists in a wrong format (lines of JSON) and a right one
 * (length and checksum). Both are read by the same walk, so that the page can
 * put the two readers beside each other over the same writes.
 *
 * The walk ends at the first damage. What the damage *is* decides everything:
 * a torn tail is the trace of a crash, nobody was promised those bytes, and
 * they are cut. A damaged middle means that promised bytes are gone, and must
 * be reported, never skipped.
 *
 * Real engines: SQLite's walIndexRecover ends at the first bad frame, too.
 * LevelDB's log::Reader drops the rest of the 32 KiB block that holds the
 * damage, reports the bytes, and reads on.
 */

/** One thing that happened. 'closed' says that all before it was synced. */
export type LogRecord =
  | {
      readonly kind: 'put';
      readonly key: Uint8Array;
      readonly value: Uint8Array;
    }
  | { readonly kind: 'delete'; readonly key: Uint8Array }
  | { readonly kind: 'closed' };

/** A record with its place in the file. */
export interface PlacedRecord {
  readonly record: LogRecord;
  readonly offset: number;
  readonly sizeBytes: number;
}

/** Where reading had to stop, and what that means. */
export interface LogDamage {
  readonly offset: number;
  readonly reason: string;
  /**
   * 'tail': nothing proves that anyone was promised these bytes. 'middle': a
   * later record proves that they had been synced.
   */
  readonly place: 'tail' | 'middle';
  /** Where the next readable record starts, if any. */
  readonly nextOffset: number | undefined;
}

/** A log's records up to its end or to the first damage. */
export interface LogReading {
  readonly records: readonly PlacedRecord[];
  /** After the last good record: where the next one goes. */
  readonly endOffset: number;
  readonly damage: LogDamage | undefined;
}

/** How records become bytes. Two formats exist: framed and lines. */
export interface LogFormat {
  /** The bytes that a new file starts with. */
  readonly header: Uint8Array;
  /**
   * The bytes of one record at `position`, written when everything before
   * `durablePosition` was known to be synced.
   */
  encode(
    record: LogRecord,
    position: number,
    durablePosition: number,
  ): Uint8Array;
  /**
   * The record at `index` of `bytes`, or why there is none. Never throws.
   * bytes[0] lies at `startOffset` of the file.
   */
  decode(
    bytes: Uint8Array,
    index: number,
    startOffset?: number,
  ): PlacedRecord | string;
  /** Judges the bytes from `offset`, which `decode` refused. */
  judge(bytes: Uint8Array, offset: number, reason: string): LogDamage;
}

/**
 * Reads the log in `bytes` from `offset`. Records share memory with `bytes`.
 * Cost: O(bytes); each byte is read once, twice behind damage.
 */
export function readLog(
  format: LogFormat,
  bytes: Uint8Array,
  offset: number,
): LogReading {
  const records: PlacedRecord[] = [];
  let position = offset;
  while (position < bytes.length) {
    const placed = format.decode(bytes, position);
    if (typeof placed === 'string') {
      const damage = format.judge(bytes, position, placed);
      return { records, endOffset: position, damage };
    }
    records.push(placed);
    position += placed.sizeBytes;
  }
  return { records, endOffset: position, damage: undefined };
}
