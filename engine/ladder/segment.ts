/**
 * One open segment: a file that is appended to until it is closed.
 *
 * Why: the hash index, its recovery and its merge all read and write
 * segments, and must agree on where a segment ends and how much is synced.
 *
 * Invariants: (1) `end` is where the next record goes. (2) everything below
 * the durable end is synced. Format: segment-file.ts.
 * Cost: append O(record); readRecord one disk read.
 */
import { CorruptionError } from '../base/errors.ts';
import type { Crc32 } from '../bytes/crc32.ts';
import type { Disk, DiskFile } from '../disk/disk.ts';
import { readWholeFile, writeFully } from '../disk/whole-file.ts';
import { framedFormat, RECORD_HEADER_SIZE_BYTES } from './framed-record.ts';
import {
  type LogFormat,
  type LogReading,
  type LogRecord,
  readLog,
} from './log-format.ts';
import {
  SEGMENT_HEADER_SIZE_BYTES,
  type SegmentIdentity,
  segmentHeader,
  segmentName,
} from './segment-file.ts';

/** A segment file with a position to append at. */
export class Segment {
  readonly id: number;
  readonly replacesFromId: number;
  readonly #file: DiskFile;
  readonly #format: LogFormat;
  #end: number;
  #durableEnd: number;
  #hasDebris = false;

  /** For a file whose bytes up to `end` are known to be good and synced. */
  constructor(
    file: DiskFile,
    identity: SegmentIdentity,
    crc32: Crc32,
    end: number,
  ) {
    this.id = identity.id;
    this.replacesFromId = identity.replacesFromId;
    this.#file = file;
    this.#format = framedFormat(crc32, segmentHeader(identity, crc32));
    this.#end = end;
    this.#durableEnd = end;
  }

  /** A new file called `name` with only a header, unsynced. */
  static async create(
    disk: Disk,
    name: string,
    identity: SegmentIdentity,
    crc32: Crc32,
  ): Promise<Segment> {
    const file = await disk.open(name, 'create');
    const header = segmentHeader(identity, crc32);
    try {
      if (file.size() > 0) file.truncate(0);
      writeFully(file, header, 0);
    } catch (error) {
      file.close();
      throw error;
    }
    return new Segment(file, identity, crc32, header.length);
  }

  get end(): number {
    return this.#end;
  }

  get isEmpty(): boolean {
    return this.#end === SEGMENT_HEADER_SIZE_BYTES;
  }

  /** Visible at once, durable after sync(). Unchanged when it throws. */
  append(record: LogRecord): void {
    const bytes = this.#format.encode(record, this.#end, this.#durableEnd);
    try {
      writeFully(this.#file, bytes, this.#end);
    } catch (error) {
      this.#hasDebris = true;
      throw error;
    }
    this.#end += bytes.length;
  }

  async sync(): Promise<void> {
    const end = this.#end;
    // What a refused write left is cut before the segment can be closed: in
    // a closed one, bytes that are not a record are damage.
    if (this.#hasDebris) this.#file.truncate(end);
    this.#hasDebris = false;
    await this.#file.sync();
    this.#durableEnd = Math.max(this.#durableEnd, end);
  }

  /** Reads one record. Throws CorruptionError when it is not whole. */
  readRecord(offset: number, sizeBytes: number): LogRecord {
    const name = segmentName(this.id);
    if (
      sizeBytes < RECORD_HEADER_SIZE_BYTES ||
      offset + sizeBytes > this.#end
    ) {
      throw new CorruptionError(name, offset, 'no record can be here');
    }
    const bytes = new Uint8Array(sizeBytes);
    this.#file.read(bytes, offset);
    const placed = this.#format.decode(bytes, 0, offset);
    if (typeof placed === 'string') {
      throw new CorruptionError(name, offset, placed);
    }
    return placed.record;
  }

  /** Every record of the file, and the damage that ended the reading. */
  readAll(): LogReading {
    const bytes = readWholeFile(this.#file);
    return readLog(this.#format, bytes, SEGMENT_HEADER_SIZE_BYTES);
  }

  /** Cuts a torn tail, durably: nothing may be appended over stale bytes. */
  async cut(end: number): Promise<void> {
    this.#file.truncate(end);
    await this.#file.sync();
    this.#end = end;
    this.#durableEnd = end;
  }

  close(): void {
    this.#file.close();
  }
}
