/** Finds the worked hex example of a format in the head of its file. */
import { readFileSync } from 'node:fs';
import { bytesToHex } from '../bytes/hex.ts';

/**
 * True when the head comment of `file` (beside this one) shows exactly these
 * bytes, whatever its line breaks and bars.
 */
export function headShows(file: string, bytes: Uint8Array): boolean {
  const source = readFileSync(new URL(file, import.meta.url), 'utf8');
  const head = source.slice(0, source.indexOf('*/'));
  const hexRuns = head
    .replace(/\n \* {3}(?=[0-9a-f]{2}\b)/g, '')
    .replace(/[ |]+/g, ' ')
    .split('\n');
  const hex = bytesToHex(bytes, ' ');
  return hexRuns.some(
    (line) => line.includes(`: ${hex}`) || line.endsWith(hex),
  );
}
