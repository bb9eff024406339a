/**
 * Rung 3: a hash index over segments of a log (the design of Bitcask).
 *
 * Why: the append log finds a key by reading everything. Here a Map in memory
 * says where each key's newest record is, so a get reads one record. The map
 * is a cache of the log: lost at every crash, rebuilt at every open. Whatever
 * is changed in the map alone has therefore not happened.
 *
 *   segment 1 | segment 2 | segment 3 (active: the only one written to)
 *                  ^ { key -> segment, offset, size }
 *
 * Deleting appends a *tombstone*, because older segments still hold the key.
 * A merge rewrites some closed segments as one and drops what is obsolete. It
 * may look only at its own inputs: a newer record elsewhere may be unsynced
 * and vanish. It may drop a tombstone only if no older segment is left that
 * could still hold the key.
 *
 * Order of a roll:  next file synced < writes switch to it < old segment
 *                   synced < the next file gets its name < directory synced <
 *                   anything in it acknowledged.
 * Order of a merge: output synced < rename over the newest input < directory
 *                   synced < older inputs removed. Hints need no order.
 *
 * Invariants: (1) closed segments are synced whole: any damage in them is
 * corruption; only the active one may have a torn tail. (2) the ranges
 * [replacesFromId, id] of the files cover 1..active without a gap. (3) each
 * index entry points at a readable put record of its key.
 * Cost: get one read; put and delete O(record); open O(all) or O(hints);
 * memory O(keys). No order: a range would have to look at every key.
 *
 * Real engines: Bitcask (Sheehy and Smith, 2010), Riak's default store.
 */
import { assert } from '../base/assert.ts';
import {
  ClosedError,
  CorruptionError,
  InvalidInputError,
} from '../base/errors.ts';
import { fromByteString, toByteString } from '../bytes/byte-string.ts';
import { equalBytes } from '../bytes/compare-bytes.ts';
import type { Disk } from '../disk/disk.ts';
import { GroupSync } from '../disk/group-sync.ts';
import { silentTracer, type Tracer } from '../trace/tracer.ts';
import { recoverSegments } from './hash-index-recovery.ts';
import {
  checkConfig,
  checkKey,
  checkNoFailure,
  checkValue,
  checkWrong,
  type Entry,
  type KeyRange,
  type KeyValueStore,
  refuseRange,
  type StoreConfig,
  type StoreInspection,
} from './key-value-store.ts';
import type { LogRecord } from './log-format.ts';
import { Segment } from './segment.ts';
import { SEGMENT_TEMPORARY_NAME, segmentName } from './segment-file.ts';
import { SegmentMerge } from './segment-merge.ts';

export const HASH_INDEX_WRONGS = [
  'delete-only-in-map',
  'merge-drops-tombstones',
  'merge-against-index',
  'remove-before-merge-durable',
  'roll-without-sync',
  'trust-any-hint',
] as const;
export type HashIndexWrong = (typeof HASH_INDEX_WRONGS)[number];

/** A segment is closed at the first sync that finds it this big. */
const SEGMENT_SIZE_BYTES_MAX = 1024 * 1024;

export interface HashIndexConfig extends StoreConfig<HashIndexWrong> {
  readonly segmentSizeBytesMax?: number;
}

/** Where a key's newest record is. */
export interface RecordPlace {
  segment: Segment;
  offset: number;
  sizeBytes: number;
}

/** A Map from key to place, over segments of a log. */
export class HashIndex implements KeyValueStore {
  readonly capabilities = {
    ordered: false,
    durable: true,
    snapshots: false,
    transactions: false,
  };
  readonly #disk: Disk;
  readonly #config: HashIndexConfig;
  readonly #tracer: Tracer;
  readonly #wrong: ReadonlySet<HashIndexWrong>;
  readonly #index: Map<string, RecordPlace>;
  readonly #syncs = new GroupSync(() => this.#syncActive());
  /** Closed segments in order of id. */
  #closedSegments: Segment[];
  /** Between active and closed: no longer written to, not yet synced. */
  #retiring: Segment | undefined;
  #active: Segment;
  #rollAsked = false;
  #merging: Promise<void> | undefined;
  #failure: unknown;
  #writeCount = 0;
  #acknowledgedCount = 0;
  #closing: Promise<void> | undefined;

  private constructor(
    disk: Disk,
    config: HashIndexConfig,
    segments: Segment[],
    index: Map<string, RecordPlace>,
  ) {
    const active = segments.pop();
    assert(active !== undefined, 'recovery always leaves an active segment');
    this.#disk = disk;
    this.#config = config;
    this.#tracer = config.tracer ?? silentTracer;
    this.#wrong = new Set(config.wrong);
    this.#index = index;
    this.#closedSegments = segments;
    this.#active = active;
  }

  /**
   * Opens the segments on `disk`, creating the first when there is none.
   * Throws CorruptionError for damage in what was promised.
   */
  static async open(disk: Disk, config: HashIndexConfig): Promise<HashIndex> {
    checkConfig(config);
    checkSegmentSize(config.segmentSizeBytesMax);
    const wrong = checkWrong(config.wrong ?? [], HASH_INDEX_WRONGS);
    const tracer = config.tracer ?? silentTracer;
    const trustHints = wrong.has('trust-any-hint');
    const { segments, index } = await recoverSegments(
      disk,
      config.crc32,
      tracer,
      trustHints,
    );
    if (tracer.enabled) {
      const rung = 'hash-index';
      tracer.emit({ type: 'store.opened', rung, wrong: [...wrong] });
    }
    return new HashIndex(disk, config, segments, index);
  }

  get(key: Uint8Array): Uint8Array | undefined {
    this.#checkUsable();
    checkKey(key);
    const place = this.#index.get(toByteString(key));
    const value = place && readValue(place, key);
    if (this.#tracer.enabled) {
      const found = value !== undefined;
      this.#tracer.emit({ type: 'store.get', key: key.slice(), found });
    }
    return value;
  }

  put(key: Uint8Array, value: Uint8Array): void {
    this.#checkUsable();
    checkKey(key);
    checkValue(value);
    const place = this.#append({ kind: 'put', key, value });
    this.#index.set(toByteString(key), place);
    if (this.#tracer.enabled) {
      const valueSizeBytes = value.length;
      this.#tracer.emit({
        type: 'store.put',
        key: key.slice(),
        valueSizeBytes,
      });
    }
  }

  delete(key: Uint8Array): void {
    this.#checkUsable();
    checkKey(key);
    const name = toByteString(key);
    if (!this.#index.has(name)) return;
    // The wrong one counts the write, and so acknowledges what it never wrote.
    if (this.#wrong.has('delete-only-in-map')) this.#writeCount++;
    else this.#append({ kind: 'delete', key });
    this.#index.delete(name);
    if (this.#tracer.enabled) {
      this.#tracer.emit({ type: 'store.delete', key: key.slice() });
    }
  }

  /** Everything, in no particular order; a range is not supported. */
  scan(range: KeyRange = {}): Entry[] {
    this.#checkUsable();
    if (range.from !== undefined || range.to !== undefined) {
      refuseRange('the hash index');
    }
    const entries: Entry[] = [];
    for (const [name, place] of this.#index) {
      const key = fromByteString(name);
      assert(key !== undefined, 'a map key is not a byte string');
      entries.push({ key, value: readValue(place, key) });
    }
    return entries;
  }

  async sync(): Promise<void> {
    this.#checkUsable();
    await this.#syncs.sync();
  }

  /** Closes the active segment and starts the next. Acknowledges as sync(). */
  async roll(): Promise<void> {
    this.#checkUsable();
    this.#rollAsked = true;
    await this.#syncs.sync();
  }

  /**
   * Rewrites the closed segments whose ids lie in fromId..toId as one;
   * all closed ones by default. Fewer than two: nothing to do. Cost: O(their
   * bytes). Reads and writes go on meanwhile.
   */
  async merge(fromId = 1, toId = this.#active.id - 1): Promise<void> {
    this.#checkUsable();
    checkId(fromId);
    checkId(toId);
    while (this.#merging) await this.#merging.catch(() => {});
    this.#checkUsable();
    this.#merging = this.#merge(fromId, toId).finally(() => {
      this.#merging = undefined;
    });
    await this.#merging;
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeOnce();
    return this.#closing;
  }

  async #closeOnce(): Promise<void> {
    const wasUsable = (this.#syncs.failure ?? this.#failure) === undefined;
    try {
      await this.#merging?.catch(() => {});
      if (wasUsable) {
        // What failed since the call would leave its writes unsynced.
        checkNoFailure(this.#failure);
        await this.#syncs.sync();
        this.#active.append({ kind: 'closed' });
        await this.#active.sync();
      }
    } finally {
      for (const segment of this.#segments()) segment.close();
    }
    if (this.#tracer.enabled) this.#tracer.emit({ type: 'store.closed' });
  }

  inspect(): StoreInspection {
    const index = [...this.#index].map(([name, place]) => ({
      key: fromByteString(name) ?? new Uint8Array(0),
      segmentId: place.segment.id,
      offset: place.offset,
      sizeBytes: place.sizeBytes,
    }));
    const segments = this.#segments().map((segment) => ({
      file: segmentName(segment.id),
      id: segment.id,
      replacesFromId: segment.replacesFromId,
      sizeBytes: segment.end,
      active: segment === this.#active,
    }));
    return { rung: 'hash-index', index, segments };
  }

  #segments(): Segment[] {
    const retiring = this.#retiring === undefined ? [] : [this.#retiring];
    return [...this.#closedSegments, ...retiring, this.#active];
  }

  #append(record: LogRecord): RecordPlace {
    const segment = this.#active;
    const offset = segment.end;
    segment.append(record);
    this.#writeCount++;
    return { segment, offset, sizeBytes: segment.end - offset };
  }

  async #syncActive(): Promise<void> {
    const max = this.#config.segmentSizeBytesMax ?? SEGMENT_SIZE_BYTES_MAX;
    const isFull = this.#active.end >= max || this.#rollAsked;
    // Cleared before the wait: who asks during this roll gets the next one.
    this.#rollAsked = false;
    if (isFull && !this.#active.isEmpty) await this.#roll();
    const writeCount = this.#writeCount;
    await this.#active.sync();
    this.#acknowledge(writeCount);
  }

  async #roll(): Promise<void> {
    const old = this.#active;
    const id = old.id + 1;
    const identity = { id, replacesFromId: id };
    const next = await Segment.create(
      this.#disk,
      SEGMENT_TEMPORARY_NAME,
      identity,
      this.#config.crc32,
    );
    try {
      await next.sync();
    } catch (error) {
      next.close();
      throw error;
    }
    // Writes go on during a sync, so they go to the next file from here: a
    // busy writer could keep the old one unsynced for ever. Until the file has
    // its name nothing in it counts, and nothing in it is acknowledged.
    this.#retiring = old;
    this.#active = next;
    if (!this.#wrong.has('roll-without-sync')) await old.sync();
    this.#disk.rename(SEGMENT_TEMPORARY_NAME, segmentName(id));
    this.#retiring = undefined;
    this.#closedSegments.push(old);
    if (this.#tracer.enabled) {
      this.#tracer.emit({ type: 'segment.rolled', file: segmentName(id) });
    }
    await this.#disk.syncDirectory();
  }

  async #merge(fromId: number, toId: number): Promise<void> {
    const inputs = this.#closedSegments.filter(
      (segment) => segment.id >= fromId && segment.id <= toId,
    );
    if (inputs.length < 2) return;
    const merge = new SegmentMerge(
      this.#disk,
      this.#config.crc32,
      this.#tracer,
      inputs,
      this.#index,
      this.#wrong,
    );
    // A failure up to here leaves nothing but a file that nobody reads.
    const output = await merge.write();
    try {
      await merge.install();
    } catch (error) {
      this.#failure = error;
      for (const input of inputs) input.close();
      throw error;
    } finally {
      const rest = this.#closedSegments.filter((one) => !inputs.includes(one));
      this.#closedSegments = [...rest, output].sort((a, b) => a.id - b.id);
    }
  }

  #acknowledge(writeCount: number): void {
    const count = writeCount - this.#acknowledgedCount;
    if (count <= 0) return;
    this.#acknowledgedCount = writeCount;
    if (this.#tracer.enabled) {
      this.#tracer.emit({ type: 'store.acknowledged', writeCount: count });
    }
  }

  #checkUsable(): void {
    if (this.#closing) throw new ClosedError('the store is closed');
    checkNoFailure(this.#syncs.failure ?? this.#failure);
  }
}

function checkSegmentSize(sizeBytesMax: number | undefined): void {
  if (sizeBytesMax === undefined) return;
  if (Number.isSafeInteger(sizeBytesMax) && sizeBytesMax > 0) return;
  throw new InvalidInputError(
    `segmentSizeBytesMax is a positive whole number; got ${sizeBytesMax}`,
  );
}

function checkId(id: number): void {
  if (Number.isSafeInteger(id)) return;
  throw new InvalidInputError(`a segment's id is a whole number; got ${id}`);
}

function readValue(place: RecordPlace, key: Uint8Array): Uint8Array {
  const { segment, offset, sizeBytes } = place;
  const record = segment.readRecord(offset, sizeBytes);
  if (record.kind === 'put' && equalBytes(record.key, key)) {
    return record.value.slice();
  }
  const reason = 'another record is where the index points';
  throw new CorruptionError(segmentName(segment.id), offset, reason);
}
