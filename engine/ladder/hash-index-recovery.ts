/**
 * Opening a hash index: from the files on disk to segments and a map.
 *
 * Why: the map died with the process. Everything that it knew is in the
 * segments, if they are read in order and nothing that a merge replaced is
 * read at all.
 *
 * Order: sync the directory and the active segment (a process that died may
 * have left them in the cache only); sweep temporary files; pass over replaced
 * segments; check that no segment is missing; load each, from its hint when
 * there is a good one, else from its records; then remove the replaced ones.
 *
 * Invariants: (1) the ranges [replacesFromId, id] cover 1..last. (2) only the
 * last segment may have a torn tail: it is cut, durably.
 * Cost: O(bytes of the segments without hints + bytes of the hints).
 */
import { CorruptionError } from '../base/errors.ts';
import { ByteReader } from '../bytes/byte-reader.ts';
import { toByteString } from '../bytes/byte-string.ts';
import type { Crc32 } from '../bytes/crc32.ts';
import type { Disk } from '../disk/disk.ts';
import { readWholeFile } from '../disk/whole-file.ts';
import type { Tracer } from '../trace/tracer.ts';
import type { RecordPlace } from './3-hash-index.ts';
import { checkHeader } from './file-header.ts';
import { Segment } from './segment.ts';
import {
  decodeHint,
  type HintEntry,
  hintName,
  MERGE_TEMPORARY_NAME,
  SEGMENT_HEADER_SIZE_BYTES,
  SEGMENT_TEMPORARY_NAME,
  type SegmentIdentity,
  segmentHeader,
  segmentIdOf,
  segmentName,
} from './segment-file.ts';

/** What the files hold. The last segment is the active one. */
export interface RecoveredSegments {
  readonly segments: Segment[];
  readonly index: Map<string, RecordPlace>;
}

/** Opens all segments; creates the first one on an empty disk. */
export async function recoverSegments(
  disk: Disk,
  crc32: Crc32,
  tracer: Tracer,
  trustHints: boolean,
): Promise<RecoveredSegments> {
  await disk.syncDirectory();
  sweepTemporaries(disk);
  const found: Segment[] = [];
  try {
    await openSegments(disk, crc32, found);
    const segments = found.filter((segment) => !isReplaced(segment, found));
    checkNoneMissing(segments);
    if (segments.length === 0) segments.push(await createFirst(disk, crc32));
    const index = new Map<string, RecordPlace>();
    const active = segments.at(-1);
    for (const segment of segments) {
      const hint =
        segment === active
          ? undefined
          : await readHint(disk, segment, crc32, trustHints, tracer);
      const entries =
        hint ?? (await readRecords(segment, segment === active, tracer));
      for (const entry of entries) {
        const name = toByteString(entry.key);
        const { offset, sizeBytes } = entry;
        if (entry.kind === 'delete') index.delete(name);
        else index.set(name, { segment, offset, sizeBytes });
      }
    }
    // Only now: had the merge's output been unreadable, these were the only
    // good copies.
    removeReplaced(disk, found, tracer);
    return { segments, index };
  } catch (error) {
    for (const segment of found) segment.close();
    throw error;
  }
}

function sweepTemporaries(disk: Disk): void {
  for (const name of disk.list()) {
    const isTemporary =
      name === SEGMENT_TEMPORARY_NAME || name === MERGE_TEMPORARY_NAME;
    if (isTemporary) disk.remove(name);
  }
}

/** Adds to `segments` one by one: the caller closes them when one fails. */
async function openSegments(
  disk: Disk,
  crc32: Crc32,
  segments: Segment[],
): Promise<void> {
  for (const name of disk.list()) {
    const id = segmentIdOf(name);
    if (id === undefined) continue;
    segments.push(await openSegment(disk, id, crc32));
  }
  // Names sort as their ids do up to a million segments.
  segments.sort((left, right) => left.id - right.id);
  await segments.at(-1)?.sync();
}

async function openSegment(
  disk: Disk,
  id: number,
  crc32: Crc32,
): Promise<Segment> {
  const name = segmentName(id);
  const file = await disk.open(name, 'existing');
  try {
    const header = new Uint8Array(SEGMENT_HEADER_SIZE_BYTES);
    const bytes = header.subarray(0, file.read(header, 0));
    const identity = readIdentity(name, id, bytes, crc32);
    return new Segment(file, identity, crc32, file.size());
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Throws CorruptionError unless the header is whole and about this file. */
function readIdentity(
  name: string,
  id: number,
  bytes: Uint8Array,
  crc32: Crc32,
): SegmentIdentity {
  if (bytes.length < SEGMENT_HEADER_SIZE_BYTES) {
    const reason = 'the file ends inside its header';
    throw new CorruptionError(name, bytes.length, reason);
  }
  const reader = new ByteReader(bytes, { file: name, startOffset: 0 });
  reader.bytes(16);
  const identity = { id, replacesFromId: reader.u32() };
  checkHeader(name, bytes, segmentHeader(identity, crc32));
  return identity;
}

function isReplaced(segment: Segment, found: readonly Segment[]): boolean {
  return found.some(
    (other) => other.replacesFromId <= segment.id && segment.id < other.id,
  );
}

/** Removes segments that a merge replaced and did not live to remove. */
function removeReplaced(
  disk: Disk,
  found: readonly Segment[],
  tracer: Tracer,
): void {
  const names = new Set(disk.list());
  for (const segment of found) {
    if (!isReplaced(segment, found)) continue;
    segment.close();
    for (const file of [segmentName(segment.id), hintName(segment.id)]) {
      if (!names.has(file)) continue;
      disk.remove(file);
      if (tracer.enabled) tracer.emit({ type: 'recovery.removed', file });
    }
  }
}

function checkNoneMissing(segments: readonly Segment[]): void {
  let expectedId = 1;
  for (const { id, replacesFromId } of segments) {
    if (replacesFromId !== expectedId) {
      const reason = `the segment is missing (the next one is ${id})`;
      throw new CorruptionError(segmentName(expectedId), 0, reason);
    }
    expectedId = id + 1;
  }
}

async function createFirst(disk: Disk, crc32: Crc32): Promise<Segment> {
  const identity = { id: 1, replacesFromId: 1 };
  const segment = await Segment.create(
    disk,
    SEGMENT_TEMPORARY_NAME,
    identity,
    crc32,
  );
  await segment.sync();
  disk.rename(SEGMENT_TEMPORARY_NAME, segmentName(1));
  await disk.syncDirectory();
  return segment;
}

async function readHint(
  disk: Disk,
  segment: Segment,
  crc32: Crc32,
  trusting: boolean,
  tracer: Tracer,
): Promise<HintEntry[] | undefined> {
  const name = hintName(segment.id);
  if (!disk.list().includes(name)) return undefined;
  const file = await disk.open(name, 'existing');
  try {
    const bytes = readWholeFile(file);
    const hint = decodeHint(bytes, segment, segment.end, crc32, trusting);
    if (hint && tracer.enabled) {
      const entryCount = hint.length;
      tracer.emit({ type: 'recovery.hint', file: name, entryCount });
    }
    return hint;
  } finally {
    file.close();
  }
}

async function readRecords(
  segment: Segment,
  isActive: boolean,
  tracer: Tracer,
): Promise<HintEntry[]> {
  const file = segmentName(segment.id);
  const { records, damage, endOffset } = segment.readAll();
  const entries: HintEntry[] = [];
  for (const { record, offset, sizeBytes } of records) {
    if (tracer.enabled) {
      tracer.emit({ type: 'recovery.record', file, offset, sizeBytes });
    }
    if (record.kind === 'closed') continue;
    const key = record.key.slice();
    entries.push({ kind: record.kind, key, offset, sizeBytes });
  }
  if (damage === undefined) return entries;
  if (!isActive || damage.place === 'middle') {
    throw new CorruptionError(file, damage.offset, damage.reason);
  }
  const cutBytes = segment.end - endOffset;
  await segment.cut(endOffset);
  if (tracer.enabled) {
    tracer.emit({ type: 'recovery.cut', file, offset: endOffset, cutBytes });
  }
  return entries;
}
