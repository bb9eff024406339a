/**
 * A merge: some closed segments become one, without what is obsolete.
 *
 * Why: a log that only grows fills the disk with old values. Rewriting is the
 * only way to forget, and forgetting is where deleted keys come back.
 *
 * What may be dropped, seen from the inputs alone:
 *   - a record that a later record *of the inputs* replaced. A newer record
 *     elsewhere does not count: it may not be durable yet.
 *   - a tombstone, if no segment older than the inputs exists. Otherwise that
 *     segment may still hold the key, and without the tombstone it is alive.
 *
 * How it takes effect: the output says which ids it replaces and is renamed
 * over the newest input. From that moment, durable or not, the older inputs
 * are either still whole and first in order, or ignored. Removing them waits
 * for the directory's sync, which makes the name durable.
 *
 * Cost: O(bytes of the inputs); memory O(keys of the inputs).
 *
 * Real engines: Bitcask's bitcask_merge; LevelDB's IsBaseLevelForKey asks the
 * same question about tombstones.
 */
import { assert } from '../base/assert.ts';
import { CorruptionError, DiskError } from '../base/errors.ts';
import { toByteString } from '../bytes/byte-string.ts';
import type { Crc32 } from '../bytes/crc32.ts';
import type { Disk, DiskFile } from '../disk/disk.ts';
import { writeFully } from '../disk/whole-file.ts';
import type { Tracer } from '../trace/tracer.ts';
import type { HashIndexWrong, RecordPlace } from './3-hash-index.ts';
import type { LogRecord, PlacedRecord } from './log-format.ts';
import { Segment } from './segment.ts';
import {
  encodeHint,
  type HintEntry,
  hintName,
  MERGE_TEMPORARY_NAME,
  segmentName,
} from './segment-file.ts';

type KeyRecord = Exclude<LogRecord, { kind: 'closed' }>;

/** The newest record of one key within the inputs. */
interface Candidate {
  readonly record: KeyRecord;
  readonly segment: Segment;
  readonly placed: PlacedRecord;
}

/** One merge: write(), then install(). */
export class SegmentMerge {
  readonly #disk: Disk;
  readonly #crc32: Crc32;
  readonly #tracer: Tracer;
  readonly #inputs: readonly Segment[];
  readonly #index: Map<string, RecordPlace>;
  readonly #wrong: ReadonlySet<HashIndexWrong>;
  readonly #oldest: Segment;
  readonly #newest: Segment;
  readonly #hint: HintEntry[] = [];
  readonly #moves: { name: string; from: Candidate; to: RecordPlace }[] = [];
  #output: Segment | undefined;

  constructor(
    disk: Disk,
    crc32: Crc32,
    tracer: Tracer,
    inputs: readonly Segment[],
    index: Map<string, RecordPlace>,
    wrong: ReadonlySet<HashIndexWrong>,
  ) {
    const [oldest] = inputs;
    const newest = inputs.at(-1);
    assert(oldest !== undefined && newest !== undefined, 'a merge has inputs');
    this.#disk = disk;
    this.#crc32 = crc32;
    this.#tracer = tracer;
    this.#inputs = inputs;
    this.#index = index;
    this.#wrong = wrong;
    this.#oldest = oldest;
    this.#newest = newest;
  }

  /** Writes and syncs the output under a temporary name. */
  async write(): Promise<Segment> {
    if (this.#tracer.enabled) {
      const files = this.#inputs.map((segment) => segmentName(segment.id));
      this.#tracer.emit({ type: 'merge.started', files });
    }
    const kept = this.#chooseKept();
    const identity = {
      id: this.#newest.id,
      replacesFromId: this.#oldest.replacesFromId,
    };
    const output = await Segment.create(
      this.#disk,
      MERGE_TEMPORARY_NAME,
      identity,
      this.#crc32,
    );
    try {
      for (const candidate of kept) this.#copy(candidate, output);
      await output.sync();
    } catch (error) {
      output.close();
      throw error;
    }
    this.#output = output;
    return output;
  }

  /** Gives the output its name and removes the inputs. */
  async install(): Promise<void> {
    const output = this.#output;
    assert(output !== undefined, 'a merge is written before it is installed');
    // No await from here to the end of the moves: readers see all or nothing.
    this.#newest.close();
    this.#disk.rename(MERGE_TEMPORARY_NAME, segmentName(output.id));
    for (const { name, from, to } of this.#moves) {
      const place = this.#index.get(name);
      const isCurrent =
        place?.segment === from.segment && place.offset === from.placed.offset;
      if (isCurrent) this.#index.set(name, to);
    }
    if (this.#wrong.has('remove-before-merge-durable')) this.#removeInputs();
    await this.#disk.syncDirectory();
    this.#removeInputs();
    await this.#writeHint(output);
    if (this.#tracer.enabled) {
      const file = segmentName(output.id);
      this.#tracer.emit({ type: 'merge.finished', file });
    }
  }

  #chooseKept(): Candidate[] {
    const newest = new Map<string, Candidate>();
    for (const segment of this.#inputs) {
      const { records, damage } = segment.readAll();
      if (damage !== undefined) {
        const name = segmentName(segment.id);
        throw new CorruptionError(name, damage.offset, damage.reason);
      }
      for (const placed of records) {
        const { record } = placed;
        if (record.kind === 'closed') continue;
        newest.set(toByteString(record.key), { record, segment, placed });
      }
    }
    return [...newest.values()].filter((candidate) =>
      this.#mustKeep(candidate),
    );
  }

  #mustKeep(candidate: Candidate): boolean {
    const { record } = candidate;
    const mustKeep =
      record.kind === 'delete'
        ? !this.#wrong.has('merge-drops-tombstones') &&
          this.#oldest.replacesFromId > 1
        : !this.#wrong.has('merge-against-index') || this.#isNewest(candidate);
    if (this.#tracer.enabled) {
      this.#tracer.emit({
        type: mustKeep ? 'merge.kept' : 'merge.dropped',
        key: record.key.slice(),
        kind: record.kind === 'put' ? 'value' : 'tombstone',
      });
    }
    return mustKeep;
  }

  #isNewest({ record, segment, placed }: Candidate): boolean {
    const place = this.#index.get(toByteString(record.key));
    return place?.segment === segment && place.offset === placed.offset;
  }

  #copy(from: Candidate, output: Segment): void {
    const { key, kind } = from.record;
    const offset = output.end;
    output.append(from.record);
    const sizeBytes = output.end - offset;
    this.#hint.push({ kind, key: key.slice(), offset, sizeBytes });
    if (kind === 'delete') return;
    const to = { segment: output, offset, sizeBytes };
    this.#moves.push({ name: toByteString(key), from, to });
  }

  #removeInputs(): void {
    const names = new Set(this.#disk.list());
    for (const segment of this.#inputs) {
      segment.close();
      if (segment === this.#newest) continue;
      for (const name of [segmentName(segment.id), hintName(segment.id)]) {
        if (names.has(name)) this.#disk.remove(name);
      }
    }
  }

  /** The merge is in place: a hint that cannot be written is left out. */
  async #writeHint(output: Segment): Promise<void> {
    const hint = encodeHint(output, output.end, this.#hint, this.#crc32);
    let file: DiskFile | undefined;
    try {
      file = await this.#disk.open(hintName(output.id), 'create');
      if (file.size() > 0) file.truncate(0);
      writeFully(file, hint, 0);
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
    } finally {
      file?.close();
    }
  }
}
