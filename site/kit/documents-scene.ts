/**
 * The documents as a drawing model: what the reader was told, beside what the
 * store would answer now.
 *
 * Pure, from the recording alone: keys from the trace, what was said from the
 * counts of acknowledged writes, answers from the recorded contents.
 */
import type { BrokenPromise, StoryEvent } from '#engine/playground.ts';
import type { RecordedStory, StoreContents } from '../worker/record-story.ts';
import { processAt } from './disk-strip-scene.ts';

/** What the store has said about the newest write of a key. */
export type Said = 'saved' | 'deleted' | 'nothing';

/**
 * How a key came out of the last crash: `gone` was never acknowledged, so its
 * loss is allowed; the others but `kept` break a promise.
 */
export type DocumentMark = 'none' | 'kept' | 'lost' | 'gone' | 'back' | 'wrong';

export interface DocumentRow {
  readonly key: string;
  /** The value that was asked for; undefined for a delete. */
  readonly value: string | undefined;
  readonly said: Said;
  /** What a get would answer; undefined: no such key. */
  readonly answer: string | undefined;
  readonly mark: DocumentMark;
}

export interface DocumentsScene {
  /** False: there is nobody to ask, so `answer` says nothing. */
  readonly isOpen: boolean;
  /** Why a store that should be open gives no answers. */
  readonly error: string | undefined;
  readonly rows: readonly DocumentRow[];
}

type Contents = ReadonlyMap<string, string>;

interface Write {
  readonly key: string;
  readonly value: string | undefined;
}

/**
 * A write that changed nothing and left no event: a delete of an absent key.
 * It counts when writes are acknowledged. A real key is never empty.
 */
const NO_CHANGE: Write = { key: '', value: undefined };

interface MarkedKey {
  readonly value: string | undefined;
  readonly mark: DocumentMark;
}

/** What is known at some step, told from the beginning. */
interface Tale {
  /** What the last opening showed: from then on that is promised, too. */
  readonly before: Contents;
  readonly writes: readonly Write[];
  readonly acknowledged: number;
  /** Every key of `before`, and those that the last crash took. */
  readonly marks: ReadonlyMap<string, MarkedKey>;
}

const NO_TALE: Tale = {
  before: new Map(),
  writes: [],
  acknowledged: 0,
  marks: new Map(),
};

/** The documents at one step of a recording. */
export function documentsScene(
  recording: RecordedStory,
  index: number,
): DocumentsScene {
  const step = recording.steps[index];
  if (step === undefined) throw new RangeError(`no step ${index}`);
  const tale = taleUntil(recording, index);
  const answers = answersAt(recording, index, tale);
  const error = errorAt(recording, index);
  const isOpen = processAt(recording, index) === 'running' && !error;
  const keys = new Set([
    ...tale.marks.keys(),
    ...tale.writes.map(({ key }) => key),
  ]);
  keys.delete(NO_CHANGE.key);
  const rows = [...keys].map((key) => rowOf(key, tale, answers));
  return { isOpen, error, rows };
}

function rowOf(key: string, tale: Tale, answers: Contents): DocumentRow {
  const { writes, acknowledged } = tale;
  const last = writes.findLastIndex((write) => write.key === key);
  const marked = tale.marks.get(key);
  const answer = answers.get(key);
  if (last >= 0) {
    const value = writes[last]?.value;
    const done = value === undefined ? 'deleted' : 'saved';
    const said = last < acknowledged ? done : 'nothing';
    return { key, value, said, answer, mark: 'none' };
  }
  if (marked !== undefined) {
    const { value, mark } = marked;
    const done = value === undefined ? 'deleted' : 'saved';
    const said = mark === 'gone' ? 'nothing' : done;
    return { key, value, said, answer, mark };
  }
  throw new Error(`no tale of ${key}`);
}

/** Told step by step, in one pass: stories may have thousands of them. */
function taleUntil(recording: RecordedStory, index: number): Tale {
  const verdicts = new Map(
    recording.verdicts.map((one) => [one.commandIndex, one]),
  );
  let tale: Tale = NO_TALE;
  let writes: Write[] = [];
  for (const step of recording.steps.slice(0, index + 1)) {
    const { event, commandIndex, acknowledgedWrites } = step;
    const write = writeOf(event, recording.contents[commandIndex]);
    if (write !== undefined) writes.push(write);
    if (event.type === 'story.answered') {
      while (writes.length < step.issuedWrites) writes.push(NO_CHANGE);
    }
    const verdict = verdicts.get(commandIndex);
    const contents = recording.contents[commandIndex];
    const isOpened =
      event.type === 'story.answered' &&
      verdict !== undefined &&
      contents?.kind === 'open';
    if (isOpened) {
      const shown = contentsOf(contents);
      const marks = marksOf({ ...tale, writes }, shown, verdict.promise);
      writes = [];
      tale = { before: shown, writes, acknowledged: 0, marks };
    } else {
      tale = { ...tale, writes, acknowledged: acknowledgedWrites };
    }
  }
  return tale;
}

/** The write of an event; its value is what the store answers afterwards. */
function writeOf(
  event: StoryEvent,
  contents: StoreContents | undefined,
): Write | undefined {
  if (event.type !== 'store.put' && event.type !== 'store.delete') {
    return undefined;
  }
  const key = new TextDecoder().decode(event.key);
  if (event.type === 'store.delete') return { key, value: undefined };
  const entries = contents?.kind === 'open' ? contents.entries : [];
  const entry = entries.find(([name]) => name === key);
  return { key, value: entry?.[1] ?? '' };
}

/** How every key came out of an opening that shows `contents`. */
function marksOf(
  tale: Tale,
  contents: Contents,
  broken: BrokenPromise | undefined,
): Tale['marks'] {
  const { before, writes, acknowledged } = tale;
  const promised = applied(before, writes.slice(0, acknowledged));
  const issued = applied(before, writes);
  const keys = new Set([...before.keys(), ...writes.map(({ key }) => key)]);
  for (const key of contents.keys()) keys.add(key);
  keys.delete(NO_CHANGE.key);
  const marks = new Map<string, MarkedKey>();
  for (const [key, old] of tale.marks) {
    if (old.mark === 'lost' && !keys.has(key)) marks.set(key, old);
  }
  for (const key of keys) {
    const actual = contents.get(key);
    const mark = markOf(actual, {
      promised: promised.get(key),
      allowed: writes
        .slice(acknowledged)
        .some((one) => one.key === key && one.value === actual),
      isKnown: writes.some((one) => one.key === key) || before.has(key),
      broken,
    });
    const value = mark === 'gone' ? issued.get(key) : promised.get(key);
    marks.set(key, { value: mark === 'kept' ? actual : value, mark });
  }
  return marks;
}

function markOf(
  actual: string | undefined,
  asked: {
    promised: string | undefined;
    allowed: boolean;
    isKnown: boolean;
    broken: BrokenPromise | undefined;
  },
): DocumentMark {
  const { promised, allowed, isKnown, broken } = asked;
  const isInvented = broken === 'value that nobody wrote';
  if (!isKnown) {
    // A key of an earlier life, or a write that the crash cut short.
    if (broken?.endsWith('came back')) return 'back';
    return isInvented ? 'wrong' : 'kept';
  }
  if (actual === promised) return actual === undefined ? 'gone' : 'kept';
  if (allowed) return 'kept';
  if (promised === undefined) return 'back';
  return actual === undefined || !isInvented ? 'lost' : 'wrong';
}

function answersAt(
  recording: RecordedStory,
  index: number,
  tale: Tale,
): Contents {
  const { event, commandIndex } = recording.steps[index] ?? {};
  if (commandIndex === undefined) return new Map();
  if (event?.type === 'story.answered') {
    return contentsOf(recording.contents[commandIndex]);
  }
  const before = contentsOf(recording.contents[commandIndex - 1]);
  const own = tale.writes.filter(({ key }) =>
    writtenBy(recording, commandIndex, index).has(key),
  );
  return applied(before, own);
}

/** The keys that one command has written by a step. */
function writtenBy(
  recording: RecordedStory,
  commandIndex: number,
  index: number,
): ReadonlySet<string> {
  const keys = new Set<string>();
  for (let at = index; at >= 0; at--) {
    const step = recording.steps[at];
    if (step?.commandIndex !== commandIndex) break;
    const { event } = step;
    if (event.type !== 'store.put' && event.type !== 'store.delete') continue;
    keys.add(new TextDecoder().decode(event.key));
  }
  return keys;
}

/** Why there is no answer: the store cannot be read, or would not open. */
function errorAt(recording: RecordedStory, index: number): string | undefined {
  for (let at = index; at >= 0; at--) {
    const { event, commandIndex } = recording.steps[at] ?? {};
    if (event === undefined || event.type === 'story.crashed') break;
    if (event.type !== 'story.answered' || commandIndex === undefined) continue;
    const contents = recording.contents[commandIndex];
    if (contents?.kind === 'error') return contents.message;
    if (contents?.kind === 'open') break;
    const verdict = recording.verdicts.find(
      (one) => one.commandIndex === commandIndex,
    );
    if (verdict !== undefined) return verdict.evidence;
  }
  return undefined;
}

function contentsOf(contents: StoreContents | undefined): Contents {
  return new Map(contents?.kind === 'open' ? contents.entries : []);
}

function applied(before: Contents, writes: readonly Write[]): Contents {
  const state = new Map(before);
  for (const { key, value } of writes) {
    if (value === undefined) state.delete(key);
    else state.set(key, value);
  }
  return state;
}
