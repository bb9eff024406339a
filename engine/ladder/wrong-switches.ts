/**
 * The table of wrong switches: one rule removed each, and what breaks then.
 *
 * Why: a rule that nobody saw fail looks like superstition. Each switch turns
 * one rule of a real engine off, the simulation finds the broken promise
 * (`npm run crash -- --mutants`), and a post shows it. A switch that the
 * simulation cannot catch means that the tests have no teeth.
 *
 * A store that is opened with a switch is unsafe and says so in its trace.
 */
import type { JsonFileWrong } from './1-json-file.ts';
import type { AppendLogWrong } from './2-append-log.ts';
import type { HashIndexWrong } from './3-hash-index.ts';

/** The rungs of the ladder that exist, in the order of the posts. */
export const RUNGS = ['json-file', 'append-log', 'hash-index'] as const;
export type Rung = (typeof RUNGS)[number];

/** What a store promises, named by what the reader sees when it breaks. */
export type BrokenPromise =
  | 'acknowledged write lost'
  | 'deleted key came back'
  | 'lost write came back'
  | 'value that nobody wrote'
  | 'later write survived an earlier one'
  | 'database will not open'
  | 'restart changed the answer';

export type WrongSwitch = JsonFileWrong | AppendLogWrong | HashIndexWrong;

/** Which kind of test catches it: power cuts, bit flips or disk errors. */
export type KilledBy = 'crash' | 'flip' | 'fault';

/** One row of the table. */
export interface WrongRule {
  readonly name: WrongSwitch;
  readonly rung: Rung;
  /** The rule that is left out. */
  readonly rule: string;
  /** The promise that breaks, at the least. */
  readonly promise: BrokenPromise;
  /** Number of the post that explains it. */
  readonly post: number;
  readonly killedBy: KilledBy;
}

export const WRONG_RULES: readonly WrongRule[] = [
  {
    name: 'overwrite-in-place',
    rung: 'json-file',
    rule: 'Never write to the only good copy.',
    promise: 'database will not open',
    post: 1,
    killedBy: 'crash',
  },
  {
    name: 'no-file-sync',
    rung: 'json-file',
    rule: 'Sync the new file before its name points at it.',
    promise: 'database will not open',
    post: 1,
    killedBy: 'crash',
  },
  {
    name: 'no-directory-sync',
    rung: 'json-file',
    rule: 'Sync the directory before you say that it is saved.',
    promise: 'acknowledged write lost',
    post: 1,
    killedBy: 'crash',
  },
  {
    name: 'plain-lines',
    rung: 'append-log',
    rule: 'Give each record a length and a checksum.',
    promise: 'database will not open',
    post: 2,
    killedBy: 'crash',
  },
  {
    name: 'no-checksum',
    rung: 'append-log',
    rule: 'Compare the checksum before you believe a record.',
    promise: 'value that nobody wrote',
    post: 2,
    killedBy: 'crash',
  },
  {
    name: 'keep-torn-tail',
    rung: 'append-log',
    rule: 'Cut a torn tail before you append.',
    promise: 'database will not open',
    post: 2,
    killedBy: 'crash',
  },
  {
    name: 'cut-without-sync',
    rung: 'append-log',
    rule: 'Sync the cut before you append over it.',
    promise: 'lost write came back',
    post: 2,
    killedBy: 'crash',
  },
  {
    name: 'cut-any-damage',
    rung: 'append-log',
    rule: 'Report damage in the middle; only a torn tail may be cut.',
    promise: 'acknowledged write lost',
    post: 2,
    killedBy: 'flip',
  },
  {
    name: 'acknowledge-before-sync',
    rung: 'append-log',
    rule: 'Acknowledge after the sync, not before.',
    promise: 'acknowledged write lost',
    post: 3,
    killedBy: 'crash',
  },
  {
    name: 'retry-failed-sync',
    rung: 'append-log',
    rule: 'Never trust a sync after one has failed.',
    promise: 'acknowledged write lost',
    post: 3,
    killedBy: 'fault',
  },
  {
    name: 'open-without-sync',
    rung: 'append-log',
    rule: 'Sync what you find at open before you show it.',
    promise: 'acknowledged write lost',
    post: 3,
    killedBy: 'crash',
  },
  {
    name: 'delete-only-in-map',
    rung: 'hash-index',
    rule: 'Write a tombstone: what is only in memory has not happened.',
    promise: 'deleted key came back',
    post: 4,
    killedBy: 'crash',
  },
  {
    name: 'merge-drops-tombstones',
    rung: 'hash-index',
    rule: 'Keep a tombstone while an older segment may hold its key.',
    promise: 'deleted key came back',
    post: 4,
    killedBy: 'crash',
  },
  {
    name: 'merge-against-index',
    rung: 'hash-index',
    rule: 'A merge compares only its inputs: newer records may be unsynced.',
    promise: 'acknowledged write lost',
    post: 4,
    killedBy: 'crash',
  },
  {
    name: 'remove-before-merge-durable',
    rung: 'hash-index',
    rule: 'Remove the inputs of a merge after its output is durable.',
    promise: 'database will not open',
    post: 4,
    killedBy: 'crash',
  },
  {
    name: 'roll-without-sync',
    rung: 'hash-index',
    rule: 'Sync a segment before the next one takes over.',
    promise: 'acknowledged write lost',
    post: 4,
    killedBy: 'crash',
  },
  {
    name: 'trust-any-hint',
    rung: 'hash-index',
    rule: 'Check a hint before you use it; it is only a cache.',
    promise: 'acknowledged write lost',
    post: 4,
    killedBy: 'crash',
  },
];

/** The rules of one rung, in the order of the table. */
export function wrongRulesOf(rung: Rung): readonly WrongRule[] {
  return WRONG_RULES.filter((rule) => rule.rung === rung);
}
