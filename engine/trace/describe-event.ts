/**
 * An event as a sentence: for transcripts, screen readers and the terminal.
 *
 * Why: the list of steps under a figure is the figure, for whoever cannot see
 * it, prints it, or has JavaScript off. It must come from the same events.
 */
import { readableBytes as text } from './readable-bytes.ts';
import type { TraceEvent } from './trace-event.ts';

type Describe<Type extends TraceEvent['type']> = (
  event: Extract<TraceEvent, { type: Type }>,
) => string;

const DESCRIPTIONS: { [Type in TraceEvent['type']]: Describe<Type> } = {
  'disk.open': ({ file }) => `Open ${file}.`,
  'disk.create': ({ file }) =>
    `Create ${file}. Its name is not durable until the directory is synced.`,
  'disk.read': ({ file, offset, sizeBytes }) =>
    `Read ${bytes(sizeBytes)} of ${file} at ${at(offset)}.`,
  'disk.write': ({ file, offset, sizeBytes }) =>
    `Write ${bytes(sizeBytes)} to ${file} at ${at(offset)}: in the cache.`,
  'disk.truncate': ({ file, sizeBytes }) =>
    `Cut ${file} to ${bytes(sizeBytes)}: in the cache.`,
  'disk.sync-started': ({ file }) => `Ask for a sync of ${file}.`,
  'disk.sync': ({ file }) => `The sync of ${file} is finished.`,
  'disk.rename': ({ file, to }) =>
    `Rename ${file} to ${to}. Not durable until the directory is synced.`,
  'disk.remove': ({ file }) =>
    `Remove ${file}. Not durable until the directory is synced.`,
  'disk.sync-directory-started': () => 'Ask for a sync of the directory.',
  'disk.sync-directory': () => 'The sync of the directory is finished.',
  'disk.failed': ({ operation, file, reason }) =>
    `The ${operation} of ${file} failed: ${reason}.`,
  'store.opened': ({ rung, wrong }) =>
    wrong.length === 0
      ? `The ${rung} store is open.`
      : `The ${rung} store is open, and unsafe: ${wrong.join(', ')}.`,
  'store.put': ({ key, valueSizeBytes }) =>
    `put ${text(key)}, ${bytes(valueSizeBytes)}.`,
  'store.delete': ({ key }) => `delete ${text(key)}.`,
  'store.get': ({ key, found }) =>
    `get ${text(key)}: ${found ? 'found' : 'not found'}.`,
  'store.acknowledged': ({ writeCount }) =>
    `Acknowledged: ${writeCount} ${writeCount === 1 ? 'write' : 'writes'}.`,
  'store.closed': () => 'The store is closed.',
  'recovery.record': ({ file, offset }) =>
    `Recovery reads a good record of ${file} at ${at(offset)}.`,
  'recovery.cut': ({ file, offset, cutBytes }) =>
    `Recovery cuts a torn tail: ${bytes(cutBytes)} of ${file} at ${at(offset)}.`,
  'recovery.hint': ({ file, entryCount }) =>
    `Recovery takes ${keys(entryCount)} from the hint ${file}.`,
  'recovery.removed': ({ file }) =>
    `Recovery removes ${file}, which a merge had replaced.`,
  'segment.rolled': ({ file }) => `${file} is the active segment now.`,
  'merge.started': ({ files }) => `Merge ${files.join(', ')}.`,
  'merge.kept': ({ key, kind }) =>
    `The merge keeps the ${kind} of ${text(key)}.`,
  'merge.dropped': ({ key, kind }) =>
    `The merge drops the ${kind} of ${text(key)}.`,
  'merge.finished': ({ file }) => `The merge is in place as ${file}.`,
};

/** One English sentence, with offsets in hexadecimal. */
export function describeEvent(event: TraceEvent): string {
  // The table's type ties each function to its event; TypeScript cannot see
  // that the looked-up one fits this event.
  const describe = DESCRIPTIONS[event.type] as (event: TraceEvent) => string;
  return describe(event);
}

function keys(count: number): string {
  return count === 1 ? '1 key' : `${count} keys`;
}

function bytes(sizeBytes: number): string {
  return sizeBytes === 1 ? '1 byte' : `${sizeBytes} bytes`;
}

function at(offset: number): string {
  return `0x${offset.toString(16)}`;
}
