/**
 * The judge: does what a store holds after a crash keep its promises?
 *
 * Why: "it opened" is not a verdict. The only honest question is whether the
 * contents equal the state after some number p of the writes, in order, with
 * acknowledged <= p <= issued: nothing acknowledged missing, nothing invented,
 * no gap. When no such p exists, the judge says which promise was broken, in
 * the words in which a user would complain.
 *
 * Invariant: with one write after the other, each acknowledged, p is unique.
 * Cost: O((issued - acknowledged + 1) * keys).
 *
 * Real engines: the oracle of ALICE and of SQLite's crash tests. FoundationDB
 * and TigerBeetle judge their simulations in the same way, by a model.
 */
import type { BrokenPromise } from '../ladder/wrong-switches.ts';

/** One write of a history; `value` is undefined for a delete. Byte strings. */
export interface HistoryWrite {
  readonly key: string;
  readonly value: string | undefined;
}

/** What a store was asked to do, and how much of it was acknowledged. */
export interface History {
  /** What it held before the first write. */
  readonly before: ReadonlyMap<string, string>;
  readonly writes: readonly HistoryWrite[];
  /**
   * Writes before `before`, if any. They change no verdict, only its name: a
   * value of long ago is a lost write or a deleted key, not an invention.
   */
  readonly earlier?: readonly HistoryWrite[];
  /** Writes 0..acknowledged-1 were acknowledged. */
  readonly acknowledged: number;
}

/** Kept, with the number of writes that survived; or broken, and how. */
export type Verdict =
  | { readonly kept: true; readonly survivingWrites: number }
  | {
      readonly kept: false;
      readonly promise: BrokenPromise;
      /** The key or error that shows it. */
      readonly evidence: string;
    };

/** Compares contents (byte strings) with every state that is allowed. */
export function judge(
  history: History,
  contents: ReadonlyMap<string, string>,
): Verdict {
  const { writes, acknowledged } = history;
  const state = new Map(history.before);
  for (let count = 0; count <= writes.length; count++) {
    const last = writes[count - 1];
    if (last !== undefined) apply(state, last);
    if (count >= acknowledged && equalMaps(state, contents)) {
      return { kept: true, survivingWrites: count };
    }
  }
  return explain(history, contents);
}

/** The contents after all of a history's writes. */
export function finalState(history: History): Map<string, string> {
  const state = new Map(history.before);
  for (const write of history.writes) apply(state, write);
  return state;
}

/** Names the promise that these contents break; the worst one first. */
function explain(
  history: History,
  contents: ReadonlyMap<string, string>,
): Verdict {
  const { writes, acknowledged } = history;
  const promised = new Map(history.before);
  for (const write of writes.slice(0, acknowledged)) apply(promised, write);
  const keys = new Set([...promised.keys(), ...contents.keys()]);
  for (const { key } of writes) keys.add(key);
  let lost: string | undefined;
  let cameBack: string | undefined;
  for (const key of keys) {
    const actual = contents.get(key);
    const isAllowed =
      actual === promised.get(key) ||
      writes.slice(acknowledged).some((one) => isWrite(one, key, actual));
    if (isAllowed) continue;
    if (actual !== undefined && !wasWritten(history, key, actual)) {
      return broken('value that nobody wrote', key);
    }
    if (promised.has(key)) lost ??= key;
    else cameBack ??= key;
  }
  if (cameBack !== undefined) {
    const wasDeleted = isWritten(history, cameBack, undefined);
    const promise = wasDeleted
      ? 'deleted key came back'
      : 'lost write came back';
    return broken(promise, cameBack);
  }
  if (lost !== undefined) return broken('acknowledged write lost', lost);
  const evidence = 'no number of writes, in order, gives these contents';
  return broken('later write survived an earlier one', evidence);
}

function isWrite(
  write: HistoryWrite,
  key: string,
  value: string | undefined,
): boolean {
  return write.key === key && write.value === value;
}

function wasWritten(history: History, key: string, value: string): boolean {
  if (history.before.get(key) === value) return true;
  return isWritten(history, key, value);
}

/** True when a write of this or an earlier life was exactly this. */
function isWritten(
  { writes, earlier = [] }: History,
  key: string,
  value: string | undefined,
): boolean {
  return [...earlier, ...writes].some((one) => isWrite(one, key, value));
}

function apply(state: Map<string, string>, write: HistoryWrite): void {
  if (write.value === undefined) state.delete(write.key);
  else state.set(write.key, write.value);
}

function equalMaps(
  left: ReadonlyMap<string, string>,
  right: ReadonlyMap<string, string>,
): boolean {
  if (left.size !== right.size) return false;
  for (const [key, value] of left) {
    if (right.get(key) !== value) return false;
  }
  return true;
}

function broken(promise: BrokenPromise, evidence: string): Verdict {
  return { kept: false, promise, evidence };
}
