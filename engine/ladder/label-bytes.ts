/**
 * Labels for the bytes of any ladder file: the page inspector's legend.
 *
 * Why: see labelled-region.ts. The offsets come from the same constants that
 * the formats encode with, so a changed format changes its labels.
 *
 * Invariant: for any bytes, the regions cover them in order, without gaps.
 * Cost: O(bytes).
 */
import type { Crc32 } from '../bytes/crc32.ts';
import type {
  LabelledRegion,
  RegionCondition,
} from '../bytes/labelled-region.ts';
import { APPEND_LOG_MAGIC } from './2-append-log.ts';
import { fileHeader } from './file-header.ts';
import { framedFormat, RECORD_FIELDS } from './framed-record.ts';
import { lineFormat } from './line-record.ts';
import { type LogFormat, type PlacedRecord, readLog } from './log-format.ts';
import { segmentIdOf } from './segment-file.ts';

/** A field with a fixed place: name, offset, size, and how to show it. */
type Field = readonly [
  field: string,
  offset: number,
  sizeBytes: number,
  show: 'hex' | 'number' | 'text',
];

const LOG_HEADER_FIELDS: readonly Field[] = [
  ['magic', 0, 8, 'text'],
  ['version', 8, 4, 'number'],
  ['crc32', 12, 4, 'hex'],
];

const SEGMENT_HEADER_FIELDS: readonly Field[] = [
  ['magic', 0, 8, 'text'],
  ['version', 8, 4, 'number'],
  ['id', 12, 4, 'number'],
  ['replacesFromId', 16, 4, 'number'],
  ['crc32', 20, 4, 'hex'],
];

const RECORD_HEADER_FIELDS: readonly Field[] = [
  ['crc32', RECORD_FIELDS.crc32, 4, 'hex'],
  ['sizeBytes', RECORD_FIELDS.sizeBytes, 4, 'number'],
  ['position', RECORD_FIELDS.position, 8, 'number'],
  ['durablePosition', RECORD_FIELDS.durablePosition, 8, 'number'],
  ['kind', RECORD_FIELDS.kind, 1, 'number'],
  ['keySizeBytes', RECORD_FIELDS.keySizeBytes, 2, 'number'],
];

/** Labels for the file called `name`; unknown files are one region. */
export function labelBytes(
  name: string,
  bytes: Uint8Array,
  crc32: Crc32,
): LabelledRegion[] {
  if (bytes.length === 0) return [];
  const isFramedLog = startsWith(bytes, APPEND_LOG_MAGIC);
  if (isFramedLog || segmentIdOf(name) !== undefined) {
    const fields = isFramedLog ? LOG_HEADER_FIELDS : SEGMENT_HEADER_FIELDS;
    const header = fields.reduce((size, [, , bytes]) => size + bytes, 0);
    if (bytes.length >= header) {
      const format = framedFormat(crc32, fileHeader(APPEND_LOG_MAGIC, crc32));
      return [
        ...labelFields(bytes, 0, fields, headerCondition(bytes, header, crc32)),
        ...labelLog(format, bytes, header, labelFramedRecord),
      ];
    }
  }
  if (name.endsWith('.log')) {
    return labelLog(lineFormat, bytes, 0, labelLine);
  }
  const meaning = name.includes('.json') ? 'one JSON object' : 'bytes';
  return [region(bytes, 0, bytes.length, 'content', meaning, 'good')];
}

/** A header ends with the checksum of its bytes before. */
function headerCondition(
  bytes: Uint8Array,
  sizeBytes: number,
  crc32: Crc32,
): RegionCondition {
  const view = new DataView(bytes.buffer, bytes.byteOffset, sizeBytes);
  const expected = view.getUint32(sizeBytes - 4, true);
  const actual = crc32(bytes.subarray(0, sizeBytes - 4));
  return actual === expected ? 'good' : 'broken';
}

function labelLog(
  format: LogFormat,
  bytes: Uint8Array,
  start: number,
  label: (bytes: Uint8Array, placed: PlacedRecord) => LabelledRegion[],
): LabelledRegion[] {
  const { records, damage, endOffset } = readLog(format, bytes, start);
  const regions = records.flatMap((placed, record) =>
    label(bytes, placed).map((one) => ({ ...one, record })),
  );
  if (damage === undefined) return regions;
  const next = damage.nextOffset;
  const end = next ?? bytes.length;
  const size = end - endOffset;
  regions.push({
    ...region(bytes, endOffset, size, 'damage', damage.reason, 'broken'),
    record: records.length,
  });
  if (next === undefined) return regions;
  // Bytes behind the damage are readable, but nobody may read them.
  const rest = labelLog(format, bytes, next, label).map((one) => ({
    ...one,
    record: (one.record ?? 0) + records.length + 1,
  }));
  return [...regions, ...rest];
}

function labelFramedRecord(
  bytes: Uint8Array,
  { record, offset, sizeBytes }: PlacedRecord,
): LabelledRegion[] {
  const regions = labelFields(bytes, offset, RECORD_HEADER_FIELDS, 'good');
  const kind = regions.find(({ field }) => field === 'kind');
  const named = regions.map((one) =>
    one === kind ? { ...one, meaning: `${one.meaning}: ${record.kind}` } : one,
  );
  if (record.kind === 'closed') return named;
  const keyOffset = offset + RECORD_FIELDS.key;
  const key = record.key.length;
  named.push(textRegion(bytes, keyOffset, key, 'key'));
  const value = offset + sizeBytes - keyOffset - key;
  if (value > 0) named.push(textRegion(bytes, keyOffset + key, value, 'value'));
  return named;
}

function labelLine(
  bytes: Uint8Array,
  { record, offset, sizeBytes }: PlacedRecord,
): LabelledRegion[] {
  const line = region(
    bytes,
    offset,
    sizeBytes - 1,
    'line',
    record.kind,
    'good',
  );
  const end = offset + sizeBytes - 1;
  return [line, region(bytes, end, 1, 'newline', 'end of the record', 'good')];
}

function labelFields(
  bytes: Uint8Array,
  start: number,
  fields: readonly Field[],
  condition: RegionCondition,
): LabelledRegion[] {
  return fields.map(([field, offset, sizeBytes, show]) => {
    const at = start + offset;
    const part = bytes.subarray(at, at + sizeBytes);
    return region(bytes, at, sizeBytes, field, shown(part, show), condition);
  });
}

function textRegion(
  bytes: Uint8Array,
  offset: number,
  sizeBytes: number,
  field: string,
): LabelledRegion {
  const part = bytes.subarray(offset, offset + sizeBytes);
  const text = shown(part, 'text');
  return region(bytes, offset, sizeBytes, field, text, 'good');
}

function region(
  bytes: Uint8Array,
  offset: number,
  sizeBytes: number,
  field: string,
  meaning: string,
  condition: RegionCondition,
): LabelledRegion {
  const isZero = bytes
    .subarray(offset, offset + sizeBytes)
    .every((byte) => byte === 0);
  const isBrokenZero = condition === 'broken' && isZero;
  const text = isBrokenZero ? `${meaning} (all zeros)` : meaning;
  return { offset, sizeBytes, field, meaning: text, condition };
}

function shown(part: Uint8Array, show: Field[3]): string {
  if (show === 'text') return JSON.stringify(new TextDecoder().decode(part));
  let value = 0;
  for (let index = part.length - 1; index >= 0; index--) {
    value = value * 256 + (part[index] ?? 0);
  }
  if (show === 'number') return String(value);
  return `0x${value.toString(16).padStart(part.length * 2, '0')}`;
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  if (bytes.length < text.length) return false;
  for (let index = 0; index < text.length; index++) {
    if (bytes[index] !== text.charCodeAt(index)) return false;
  }
  return true;
}
