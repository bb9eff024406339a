/**
 * The byte inspector as a drawing model: rows of cells, each cell a byte that
 * knows its region, and regions that know their bytes.
 *
 * Pure. The labels come from the engine's own formats (labelBytes), so the
 * figure cannot explain a byte that the engine reads differently; a test
 * compares them after random operations.
 *
 * Invariants: (1) each byte of the file is in exactly one cell. (2) a cell's
 * region covers its offset.
 */
import {
  type DiskState,
  hexDump,
  type LabelledRegion,
  labelBytes,
  quoteWord,
  slicedCrc32,
} from '#engine/playground.ts';
import { fieldNote } from './field-notes.ts';

/** A file as programs see it. Plain values: it may be an island's prop. */
export interface InspectedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Bytes that a power cut may still take; empty when all are durable. */
  readonly dirty: readonly DirtyRange[];
}

/** One bit of one file. */
export interface BitFlip {
  readonly file: string;
  readonly offset: number;
  /** 0 is the lowest. */
  readonly bit: number;
}

/** From `start` to before `end`: changed in a cache only. */
export interface DirtyRange {
  readonly start: number;
  readonly end: number;
}

export interface ByteCell {
  readonly offset: number;
  readonly hex: string;
  /** One printable character, or a dot. */
  readonly ascii: string;
  readonly region: number;
  readonly isRegionStart: boolean;
  readonly isRecordStart: boolean;
  readonly isDirty: boolean;
}

export interface ByteRow {
  readonly offset: number;
  readonly offsetText: string;
  readonly cells: readonly ByteCell[];
}

/** How a region stands, in the site's legend. */
export type RegionState = 'clean' | 'broken' | 'free';

export interface InspectorRegion {
  /** Index in the scene's `regions`. */
  readonly index: number;
  readonly offset: number;
  readonly sizeBytes: number;
  /** `0x0010..0x0014`, the end excluded. */
  readonly rangeText: string;
  readonly field: string;
  readonly meaning: string;
  readonly state: RegionState;
  /** The legend's letter, so that no state is told by colour alone. */
  readonly letter: '' | 'X' | 'F';
  /** Counted from 1; undefined outside records. */
  readonly record: number | undefined;
}

export interface InspectorScene {
  readonly name: string;
  readonly sizeBytes: number;
  readonly rows: readonly ByteRow[];
  readonly regions: readonly InspectorRegion[];
}

/** What there is to say about one byte. */
export interface ByteExplanation {
  readonly offset: number;
  readonly offsetText: string;
  readonly hex: string;
  /** From bit 7 down to bit 0. */
  readonly bits: readonly boolean[];
  readonly region: InspectorRegion;
  readonly sentence: string;
}

const STATES = {
  good: { state: 'clean', letter: '' },
  broken: { state: 'broken', letter: 'X' },
  free: { state: 'free', letter: 'F' },
} as const;

/** The drawing model of a file, in rows of 16 bytes or of 8. */
export function inspectorScene(
  file: InspectedFile,
  bytesPerRow: 8 | 16,
): InspectorScene {
  const { name, bytes, dirty } = file;
  const regions = labelBytes(name, bytes, slicedCrc32).map(toRegion);
  const regionAt = regionFinder(regions);
  const rows = hexDump(bytes, { bytesPerRow }).map((row): ByteRow => {
    const cells = row.hex.map((hex, column): ByteCell => {
      const offset = row.offset + column;
      const region = regionAt(offset);
      const isRegionStart = region.offset === offset;
      const before = regions[region.index - 1];
      return {
        offset,
        hex,
        ascii: row.ascii[column] ?? '.',
        region: region.index,
        isRegionStart,
        isRecordStart: isRegionStart && region.record !== before?.record,
        isDirty: dirty.some(
          ({ start, end }) => start <= offset && offset < end,
        ),
      };
    });
    return { offset: row.offset, offsetText: row.offsetText, cells };
  });
  return { name, sizeBytes: bytes.length, rows, regions };
}

/** Explains the byte at `offset`; undefined beyond the file. */
export function explainByte(
  scene: InspectorScene,
  offset: number,
): ByteExplanation | undefined {
  const cell = scene.rows
    .find((row) => offset < row.offset + row.cells.length)
    ?.cells.find((one) => one.offset === offset);
  const region = scene.regions[cell?.region ?? -1];
  if (cell === undefined || region === undefined) return undefined;
  const value = Number.parseInt(cell.hex, 16);
  const bits = Array.from(
    { length: 8 },
    (_, at) => ((value >> (7 - at)) & 1) === 1,
  );
  return {
    offset,
    offsetText: hexOffset(offset),
    hex: cell.hex,
    bits,
    region,
    sentence: sentenceOf(cell, region),
  };
}

/** The file called `name` at one moment of a disk; undefined: no such file. */
export function inspectedFile(
  disk: DiskState,
  name: string,
): InspectedFile | undefined {
  const inode = disk.names.get(name);
  const file = inode === undefined ? undefined : disk.files.get(inode);
  if (file === undefined) return undefined;
  const { cached, durable } = file;
  return { name, bytes: cached, dirty: dirtyRanges(cached, durable) };
}

/** All files that programs see, by name; `first` before the others. */
export function inspectedFiles(
  disk: DiskState,
  first?: string,
): InspectedFile[] {
  const names = [...disk.names.keys()].sort();
  const ordered = [
    ...names.filter((name) => name === first),
    ...names.filter((name) => name !== first),
  ];
  return ordered.flatMap((name) => inspectedFile(disk, name) ?? []);
}

/**
 * The commands that flip a bit of a file as it is and open it again. A store
 * that is open is killed first: closing it would write to the file.
 */
export function flipCommands(
  isOpen: boolean,
  { file, offset, bit }: BitFlip,
): string[] {
  const flip = `flip ${quoteWord(file)} ${hexOffset(offset)} ${bit}`;
  return [...(isOpen ? ['crash kill'] : []), flip, 'open'];
}

/** A copy with one bit changed. */
export function withBitFlipped(
  file: InspectedFile,
  offset: number,
  bit: number,
): InspectedFile {
  const bytes = file.bytes.slice();
  bytes[offset] = (bytes[offset] ?? 0) ^ (1 << bit);
  return { ...file, bytes };
}

/** `0x0010`, at least four digits. */
export function hexOffset(offset: number): string {
  return `0x${offset.toString(16).padStart(4, '0')}`;
}

function toRegion(region: LabelledRegion, index: number): InspectorRegion {
  const { offset, sizeBytes, field, meaning, condition, record } = region;
  return {
    index,
    offset,
    sizeBytes,
    rangeText: `${hexOffset(offset)}..${hexOffset(offset + sizeBytes)}`,
    field,
    meaning,
    ...STATES[condition],
    record: record === undefined ? undefined : record + 1,
  };
}

/** Regions cover the file in order, so the search only ever moves on. */
function regionFinder(regions: readonly InspectorRegion[]) {
  let at = 0;
  return (offset: number): InspectorRegion => {
    for (; at < regions.length; at++) {
      const region = regions[at];
      if (region && offset < region.offset + region.sizeBytes) return region;
    }
    throw new Error(`no region covers ${hexOffset(offset)}`);
  };
}

function dirtyRanges(cached: Uint8Array, durable: Uint8Array): DirtyRange[] {
  const ranges: DirtyRange[] = [];
  let start: number | undefined;
  for (let at = 0; at <= cached.length; at++) {
    const isDirty = at < cached.length && cached[at] !== durable[at];
    if (isDirty) start ??= at;
    else if (start !== undefined) {
      ranges.push({ start, end: at });
      start = undefined;
    }
  }
  return ranges;
}

function sentenceOf(cell: ByteCell, region: InspectorRegion): string {
  const { field, meaning, sizeBytes, record, state } = region;
  const number = cell.offset - region.offset + 1;
  const part =
    sizeBytes === 1 ? field : `byte ${number} of ${sizeBytes} of ${field}`;
  const place = record === undefined ? '' : ` in record ${record}`;
  const printable = cell.ascii === '.' && cell.hex !== '2e' ? '' : cell.ascii;
  const character = printable === '' ? '' : `, “${printable}”`;
  const dirty = cell.isDirty ? ' It is in a cache only.' : '';
  const verdict =
    state === 'broken'
      ? `Nobody may believe it: ${meaning}.`
      : `${fieldNote(field)} Here: ${meaning}.`;
  return `0x${cell.hex}${character} is ${part}${place}. ${verdict}${dirty}`;
}
