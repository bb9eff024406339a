/**
 * The front door as a drawing model: one row a document, with what it was
 * told, where its bytes are, and what came of it.
 */
import type { DocumentRow } from './documents-scene.ts';
import type { LabFrame } from './lab-frame.ts';

/** Where a document's bytes are; `nowhere` is what a crash took. */
export type BytesPlace = 'os-cache' | 'medium' | 'nowhere';

export interface FrontDoorRow extends DocumentRow {
  readonly place: BytesPlace;
}

export interface FrontDoorScene {
  readonly phase: 'running' | 'off';
  readonly rows: readonly FrontDoorRow[];
  /** The log as the medium has it. */
  readonly mediumSizeBytes: number;
  /** One sentence: what is to be seen now. */
  readonly sentence: string;
}

export function frontDoorScene(frame: LabFrame): FrontDoorScene {
  const { strip, documents } = frame;
  const phase = strip.process === 'no-power' ? 'off' : 'running';
  const rows = documents.rows.map((row) => ({
    ...row,
    place: placeOf(row, frame),
  }));
  const mediumSizeBytes = strip.medium[0]?.sizeBytes ?? 0;
  return { phase, rows, mediumSizeBytes, sentence: sentenceOf(phase, rows) };
}

function placeOf(row: DocumentRow, { strip }: LabFrame): BytesPlace {
  const record = `${row.key}${row.value ?? ''}`;
  const waits = strip.osCache.some(({ preview }) => preview.endsWith(record));
  if (waits) return 'os-cache';
  const preview = strip.medium.map((file) => file.preview).join();
  if (row.mark === 'lost' || row.mark === 'gone') return 'nowhere';
  return strip.process === 'no-power' && !preview.includes(record)
    ? 'nowhere'
    : 'medium';
}

function sentenceOf(
  phase: FrontDoorScene['phase'],
  rows: readonly FrontDoorRow[],
): string {
  const lost = rows.filter(({ mark }) => mark === 'lost');
  const saved = rows.filter(
    ({ said, mark }) => said === 'saved' && mark !== 'lost',
  );
  const inCache = saved.filter(({ place }) => place === 'os-cache');
  if (phase === 'off') return offSentence(rows);
  if (inCache.length > 0) {
    const none = inCache.length === saved.length;
    const onMedium = none
      ? 'Not one of them is on the medium.'
      : `${count(inCache.length)} of them ${are(inCache.length)} not on the medium.`;
    return `It said “saved” ${times(saved.length)}. ${onMedium}`;
  }
  if (lost.length > 0) {
    const names = lost.map(({ key }) => `no ${key}`).join(', ');
    return `It opened its file again, and found ${names}.`;
  }
  if (saved.length === 0) return 'The database is open and empty.';
  const kept = saved.every(({ mark }) => mark === 'kept');
  return kept
    ? 'It opened its file again, and every document that it called saved is there.'
    : `It said “saved” ${times(saved.length)}, each time after its bytes had reached the medium.`;
}

function offSentence(rows: readonly FrontDoorRow[]): string {
  const gone = rows.filter(
    ({ place, said, mark }) =>
      place === 'nowhere' && said === 'saved' && mark !== 'lost',
  );
  return gone.length === 0
    ? 'The power is gone. The cache was empty, so nothing was lost.'
    : 'The power is gone, and everything that was only in the cache.';
}

function times(number: number): string {
  if (number === 1) return 'once';
  return number === 2 ? 'twice' : `${count(number).toLowerCase()} times`;
}

function count(number: number): string {
  const words = ['None', 'One', 'Two', 'Three', 'Four', 'Five', 'Six'];
  return words[number] ?? String(number);
}

function are(number: number): string {
  return number === 1 ? 'is' : 'are';
}
