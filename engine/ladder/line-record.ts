/**
 * Line records: one JSON object a line. The wrong format of the append log.
 *
 * Why: it is the obvious format, `tail -f` can read it, and it fails in two
 * instructive ways. A write that was cut leaves half a line, and JSON.parse
 * refuses the whole file. A flipped bit inside a text leaves a valid line
 * that says something else, and nobody notices.
 *
 *   {"put":"cat","value":"Mina"}
 *   {"delete":"cat"}
 *   {"closed":true}
 *
 * Invariant: decode(encode(r)) gives r. There is no other: nothing in a line
 * can testify for it.
 */
import { fromByteString, toByteString } from '../bytes/byte-string.ts';
import type { LogFormat, LogRecord, PlacedRecord } from './log-format.ts';

const NEWLINE = 0x0a;

/** JSON lines without length, checksum or header. */
export const lineFormat: LogFormat = {
  header: new Uint8Array(0),
  encode: (record) =>
    new TextEncoder().encode(`${JSON.stringify(toLine(record))}\n`),
  decode: decodeLine,
  judge: (_bytes, offset, reason) => ({
    offset,
    reason,
    // A line cannot prove that it is only the trace of a crash.
    place: 'middle',
    nextOffset: undefined,
  }),
};

function toLine(record: LogRecord): object {
  if (record.kind === 'closed') return { closed: true };
  const key = toByteString(record.key);
  if (record.kind === 'delete') return { delete: key };
  return { put: key, value: toByteString(record.value) };
}

function decodeLine(
  bytes: Uint8Array,
  index: number,
  startOffset = 0,
): PlacedRecord | string {
  const offset = startOffset + index;
  const end = bytes.indexOf(NEWLINE, index);
  if (end < 0) return 'the last line has no end';
  const sizeBytes = end + 1 - index;
  try {
    const text = new TextDecoder().decode(bytes.subarray(index, end));
    const record = fromLine(JSON.parse(text));
    return record ? { record, offset, sizeBytes } : 'not a record';
  } catch {
    return 'not a line of JSON';
  }
}

function fromLine(line: unknown): LogRecord | undefined {
  if (typeof line !== 'object' || line === null) return undefined;
  if ('closed' in line) return { kind: 'closed' };
  if ('delete' in line) {
    const key = textBytes(line.delete);
    return key && { kind: 'delete', key };
  }
  const key = 'put' in line ? textBytes(line.put) : undefined;
  const value = 'value' in line ? textBytes(line.value) : undefined;
  return key && value && { kind: 'put', key, value };
}

function textBytes(text: unknown): Uint8Array | undefined {
  return typeof text === 'string' ? fromByteString(text) : undefined;
}
