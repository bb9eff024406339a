/** Challenge 03, the answer: how commits are made. */
import type { CommitRaceConfig } from '#engine/playground.ts';

export const WRITERS_MAX = 16;

/** The part of a race's configuration that the reader may change. */
export type CommitChoice = Pick<
  CommitRaceConfig,
  'writers' | 'grouping' | 'acknowledge' | 'drive'
>;

/** Undefined unless every field has one of its values. */
export function decodeCommitChoice(value: unknown): CommitChoice | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { writers, grouping, acknowledge, drive } = { ...EMPTY, ...value };
  if (typeof writers !== 'number' || !Number.isInteger(writers)) {
    return undefined;
  }
  if (writers < 1 || writers > WRITERS_MAX) return undefined;
  if (grouping !== 'shared' && grouping !== 'alone') return undefined;
  if (acknowledge !== 'after-sync' && acknowledge !== 'before-sync') {
    return undefined;
  }
  if (drive !== 'honest' && drive !== 'lying') return undefined;
  return { writers, grouping, acknowledge, drive };
}

const EMPTY: { [field in keyof CommitChoice]: unknown } = {
  writers: undefined,
  grouping: undefined,
  acknowledge: undefined,
  drive: undefined,
};
