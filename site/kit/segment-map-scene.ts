/**
 * The hash index as a drawing model: segment files with their records, and
 * the map in memory that points at some of them.
 *
 * Pure. Records come from the engine's labels of the bytes, the map from the
 * store's own inspection. A store that is not open has no map: that is what a
 * restart looks like from inside.
 *
 * Invariants: (1) a live record has a pointer from the map, and each entry
 * of the map points at one live record. (2) records are in file order.
 */
import {
  type DiskState,
  type LabelledRegion,
  labelBytes,
  type StoreInspection,
  slicedCrc32,
} from '#engine/playground.ts';
import { inspectedFile } from './inspector-scene.ts';

/**
 * `live`: the map points at it. `obsolete`: it does not. `unread`: there is
 * no map to ask. The others say themselves what they are.
 */
export type RecordStatus =
  | 'live'
  | 'obsolete'
  | 'unread'
  | 'tombstone'
  | 'closed'
  | 'broken';

export interface SegmentRecord {
  readonly offset: number;
  readonly status: RecordStatus;
  readonly key: string;
  readonly value: string;
  /** Letter of the map's entry that points here; empty for none. */
  readonly pointer: string;
  /** Some of its bytes are in a cache only. */
  readonly isDirty: boolean;
}

export interface SegmentFile {
  readonly name: string;
  /** Undefined for a file that has no number yet. */
  readonly id: number | undefined;
  readonly sizeBytes: number;
  readonly isActive: boolean;
  /** `1 to 2` when it stands for older segments too. */
  readonly replaces: string;
  /** False: a power cut may leave no such name. */
  readonly isNameDurable: boolean;
  readonly records: readonly SegmentRecord[];
}

export interface MapEntry {
  readonly key: string;
  readonly pointer: string;
  readonly segmentId: number;
  readonly offset: number;
}

export interface SegmentMapScene {
  readonly segments: readonly SegmentFile[];
  /** Undefined: nothing is open, so there is no map. */
  readonly map: readonly MapEntry[] | undefined;
  /** Other files of the store: hints. */
  readonly others: readonly string[];
}

const SEGMENT = /^segment-(\d+)\.log$/;
const UNNAMED = /^(segment|merge)\.new$/;

/** The model at one moment. */
export function segmentMapScene(
  disk: DiskState,
  store: StoreInspection | undefined,
): SegmentMapScene {
  const index = store?.rung === 'hash-index' ? store : undefined;
  const map = index?.index.map(
    ({ key, segmentId, offset }, at): MapEntry => ({
      key: new TextDecoder().decode(key),
      pointer: pointerLetter(at),
      segmentId,
      offset,
    }),
  );
  const names = [...disk.names.keys()].sort();
  const isSegment = (name: string) => SEGMENT.test(name) || UNNAMED.test(name);
  return {
    segments: names.filter(isSegment).map((name) => {
      const info = index?.segments.find(({ file }) => file === name);
      return segmentFile(disk, name, info, map);
    }),
    map: map?.sort((a, b) => (a.key < b.key ? -1 : 1)),
    others: names.filter((name) => !isSegment(name)),
  };
}

type SegmentNote = Extract<
  StoreInspection,
  { rung: 'hash-index' }
>['segments'][number];

function segmentFile(
  disk: DiskState,
  name: string,
  info: SegmentNote | undefined,
  map: readonly MapEntry[] | undefined,
): SegmentFile {
  const digits = SEGMENT.exec(name)?.[1];
  const id = digits === undefined ? undefined : Number(digits);
  const file = inspectedFile(disk, name);
  const bytes = file?.bytes ?? new Uint8Array(0);
  // A file under a temporary name has the bytes of a segment.
  const label = id === undefined ? 'segment-000000.log' : name;
  const regions = labelBytes(label, bytes, slicedCrc32);
  const from = Number(meaningOf(regions, 'replacesFromId') ?? id);
  const records = recordsOf(regions).map((fields): SegmentRecord => {
    const record = toRecord(fields, id, map);
    const end = fields.reduce((sum, one) => sum + one.sizeBytes, record.offset);
    const isDirty =
      file?.dirty.some(
        (range) => range.start < end && record.offset < range.end,
      ) ?? false;
    return { ...record, isDirty };
  });
  return {
    name,
    id,
    sizeBytes: bytes.length,
    isActive: info?.active ?? false,
    replaces: id !== undefined && from < id ? `${from} to ${id}` : '',
    isNameDurable: disk.durableNames.get(name) === disk.names.get(name),
    records,
  };
}

function toRecord(
  fields: readonly LabelledRegion[],
  segmentId: number | undefined,
  map: readonly MapEntry[] | undefined,
): Omit<SegmentRecord, 'isDirty'> {
  const offset = fields[0]?.offset ?? 0;
  const kind = meaningOf(fields, 'kind') ?? '';
  const key = textOf(fields, 'key');
  const entry = map?.find(
    (one) => one.segmentId === segmentId && one.offset === offset,
  );
  const pointer = entry?.pointer ?? '';
  const record = { offset, key, value: textOf(fields, 'value'), pointer };
  if (fields.some(({ condition }) => condition === 'broken')) {
    const value = meaningOf(fields, 'damage') ?? '';
    return { ...record, value, status: 'broken' };
  }
  if (kind.endsWith('closed')) return { ...record, status: 'closed' };
  if (kind.endsWith('delete')) return { ...record, status: 'tombstone' };
  if (map === undefined) return { ...record, status: 'unread' };
  return { ...record, status: entry === undefined ? 'obsolete' : 'live' };
}

function recordsOf(regions: readonly LabelledRegion[]): LabelledRegion[][] {
  const records: LabelledRegion[][] = [];
  for (const region of regions) {
    if (region.record === undefined) continue;
    records[region.record] ??= [];
    records[region.record]?.push(region);
  }
  return records;
}

function meaningOf(
  regions: readonly LabelledRegion[],
  field: string,
): string | undefined {
  return regions.find((region) => region.field === field)?.meaning;
}

/** A text field's meaning is quoted; here it is a word. */
function textOf(regions: readonly LabelledRegion[], field: string): string {
  const meaning = meaningOf(regions, field);
  if (meaning === undefined) return '';
  const text: unknown = JSON.parse(meaning);
  return typeof text === 'string' ? text : '';
}

/** A to Z, then A2, B2 and so on. */
function pointerLetter(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  const round = Math.floor(index / 26);
  return round === 0 ? letter : `${letter}${round + 1}`;
}
