/**
 * The contract of every rung: a map from bytes to bytes that promises things.
 *
 * Why: only engines that answer the same calls can be compared. One
 * conformance suite runs over all of them, one crash enumerator judges all of
 * them, and the site prints their capabilities as a scoreboard.
 *
 * The promises:
 *   - put and delete are visible to get and scan at once.
 *   - A write is *acknowledged* when a sync() that was called after it
 *     resolves. An acknowledged write survives a power cut.
 *   - After a crash the store opens and holds the state after some number of
 *     its writes, in order: all acknowledged ones, perhaps more, no gaps.
 *   - What a freshly opened store shows, it keeps, even if the power fails
 *     again at once.
 *   - A refused call (bad argument, full disk) leaves the store as it was.
 *   - After a failed sync every call but close() throws ClosedError. Open the
 *     store again only after the machine has restarted: until then the cache
 *     may show what the medium never got, and no reader can tell.
 *
 * Real engines: LevelDB's DB and WriteOptions::sync, Bitcask's API.
 */
import {
  ClosedError,
  InvalidInputError,
  NotSupportedError,
} from '../base/errors.ts';
import { KEY_SIZE_BYTES_MAX, VALUE_SIZE_BYTES_MAX } from '../base/limits.ts';
import type { Crc32 } from '../bytes/crc32.ts';
import type { Tracer } from '../trace/tracer.ts';

/** What a store can do, for the scoreboard and for the conformance suite. */
export interface StoreCapabilities {
  /** scan() takes a range and answers in key order. */
  readonly ordered: boolean;
  /** Acknowledged writes survive power loss. */
  readonly durable: boolean;
  /** A reader may keep an old state while others write. */
  readonly snapshots: boolean;
  /** Several writes become visible and durable as one. */
  readonly transactions: boolean;
}

/** A key with its value; both are copies that the caller owns. */
export interface Entry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** Keys from `from` (included) to `to` (excluded); open ends are omitted. */
export interface KeyRange {
  readonly from?: Uint8Array;
  readonly to?: Uint8Array;
}

/** A map from bytes to bytes; see the file head for what it promises. */
export interface KeyValueStore {
  readonly capabilities: StoreCapabilities;
  /** A copy of the value, or undefined. Throws CorruptionError. */
  get(key: Uint8Array): Uint8Array | undefined;
  /** Keys of 1 to 1,024 bytes, values of 0 bytes to 1 MiB; both copied. */
  put(key: Uint8Array, value: Uint8Array): void;
  /** Deleting an absent key does nothing. */
  delete(key: Uint8Array): void;
  /** A range needs the capability `ordered`, else NotSupportedError. */
  scan(range?: KeyRange): Entry[];
  /** Resolves when every write made before this call is durable. */
  sync(): Promise<void>;
  /** Syncs and closes. Closing twice is allowed. */
  close(): Promise<void>;
  /** What figures and tests may see of the inside; plain values. */
  inspect(): StoreInspection;
}

/** The inside of a store, by rung. */
export type StoreInspection =
  | { readonly rung: 'json-file'; readonly unsavedWriteCount: number }
  | {
      readonly rung: 'append-log';
      readonly endOffset: number;
      readonly durableOffset: number;
    }
  | {
      readonly rung: 'hash-index';
      readonly index: readonly IndexedRecord[];
      readonly segments: readonly SegmentInspection[];
    };

/** Where the hash index says that a key's newest value is. */
export interface IndexedRecord {
  readonly key: Uint8Array;
  readonly segmentId: number;
  readonly offset: number;
  readonly sizeBytes: number;
}

/** One segment file of the hash index. */
export interface SegmentInspection {
  readonly file: string;
  readonly id: number;
  /** The oldest segment whose records this one replaced by a merge. */
  readonly replacesFromId: number;
  readonly sizeBytes: number;
  readonly active: boolean;
}

/** What every rung is opened with. */
export interface StoreConfig<Wrong extends string = string> {
  readonly crc32: Crc32;
  readonly tracer?: Tracer;
  /** Rules to leave out (wrong-switches.ts). Unsafe by definition. */
  readonly wrong?: readonly Wrong[];
}

/** Throws InvalidInputError unless `key` is 1 to 1,024 bytes. */
export function checkKey(key: Uint8Array): void {
  checkBytes('a key', key);
  if (key.length > 0 && key.length <= KEY_SIZE_BYTES_MAX) return;
  throw new InvalidInputError(
    `a key has 1 to ${KEY_SIZE_BYTES_MAX} bytes; got ${key.length}`,
  );
}

/** Throws InvalidInputError unless `value` is at most 1 MiB. */
export function checkValue(value: Uint8Array): void {
  checkBytes('a value', value);
  if (value.length <= VALUE_SIZE_BYTES_MAX) return;
  throw new InvalidInputError(
    `a value has at most ${VALUE_SIZE_BYTES_MAX} bytes; got ${value.length}`,
  );
}

/** Throws InvalidInputError unless the configuration can be used. */
export function checkConfig(config: StoreConfig): void {
  if (typeof config === 'object' && typeof config?.crc32 === 'function') return;
  throw new InvalidInputError('a store is opened with { crc32: a function }');
}

/** Throws ClosedError when a sync has failed before. */
export function checkNoFailure(cause: unknown): void {
  if (cause === undefined) return;
  const message = 'a sync failed, and nobody knows what is on the medium';
  throw new ClosedError(message, { cause });
}

/** Throws InvalidInputError unless both ends are legal keys. */
export function checkRange(range: KeyRange): void {
  if (typeof range !== 'object' || range === null) {
    throw new InvalidInputError('a range is { from, to }, both optional');
  }
  if (range.from !== undefined) checkKey(range.from);
  if (range.to !== undefined) checkKey(range.to);
}

/** Throws InvalidInputError when a switch is not one of `known`. */
export function checkWrong<Wrong extends string>(
  wrong: readonly string[],
  known: readonly Wrong[],
): ReadonlySet<Wrong> {
  const set = new Set<Wrong>();
  for (const name of wrong) {
    const match = known.find((candidate) => candidate === name);
    if (match === undefined) {
      throw new InvalidInputError(
        `there is no wrong switch ${JSON.stringify(name)} here; ` +
          `there are ${known.join(', ')}`,
      );
    }
    set.add(match);
  }
  return set;
}

/** What a store without order answers to a range. */
export function refuseRange(rung: string): never {
  throw new NotSupportedError(
    `${rung} keeps no order, so it cannot scan a range without reading all`,
  );
}

function checkBytes(what: string, value: unknown): void {
  if (value instanceof Uint8Array) return;
  const got = value === null ? 'null' : typeof value;
  throw new InvalidInputError(`${what} must be a Uint8Array; got ${got}`);
}
