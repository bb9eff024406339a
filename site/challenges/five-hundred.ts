/**
 * Challenge 03: five hundred commits a second on a disk that needs 5 ms.
 *
 * What it teaches: one sync can acknowledge many writers. Every other way to
 * be fast is to say "saved" before it is true, and the crashes find out.
 */
import { type CommitRace, raceCommits } from '#engine/playground.ts';
import type { ChallengeDefinition, ChallengeResult } from './challenge.ts';
import {
  type CommitChoice,
  decodeCommitChoice,
} from './five-hundred-answer.ts';

const GOAL_COMMITS_PER_SECOND = 500;
const CRASH_COUNT = 1000;

/** With one fewer it is too slow; the test tries both. */
export const FEWEST_WRITERS = 6;

export const fiveHundred: ChallengeDefinition<CommitChoice> = {
  id: '03-five-hundred',
  post: 3,
  title: 'Five hundred a second',
  task:
    'A sync of this disk takes 5 ms. Reach at least 500 commits a second and ' +
    'lose no acknowledged commit in 1,000 seeded power cuts.',
  hints: [
    'One writer that waits 5 ms for each commit makes at most 200 a second. More commits have to share a sync.',
    'Everyone who arrives while a sync is running waits for the next one, together. The more writers wait, the more a sync is worth.',
    'Acknowledging early and a drive that lies are fast for the same bad reason. Keep both honest, share the syncs, and add writers.',
  ],
  par: `${FEWEST_WRITERS} writers`,
  initial: {
    writers: 1,
    grouping: 'alone',
    acknowledge: 'after-sync',
    drive: 'honest',
  },
  solution: {
    writers: FEWEST_WRITERS,
    grouping: 'shared',
    acknowledge: 'after-sync',
    drive: 'honest',
  },
  wrongAnswers: [
    {
      answer: {
        writers: 16,
        grouping: 'alone',
        acknowledge: 'after-sync',
        drive: 'honest',
      },
      why: 'more writers, each with a sync of its own',
    },
    {
      answer: {
        writers: 12,
        grouping: 'shared',
        acknowledge: 'before-sync',
        drive: 'honest',
      },
      why: 'say "saved" first and sync later',
    },
    {
      answer: {
        writers: 12,
        grouping: 'shared',
        acknowledge: 'after-sync',
        drive: 'lying',
      },
      why: 'switch the drive cache on and trust it',
    },
    {
      answer: {
        writers: 3,
        grouping: 'shared',
        acknowledge: 'after-sync',
        drive: 'honest',
      },
      why: 'three writers: 3 times 200 would be 600',
    },
  ],
  decode: decodeCommitChoice,
  check,
};

async function check(choice: CommitChoice): Promise<ChallengeResult> {
  const race = await raceCommits({
    ...choice,
    syncLatencyMs: 5,
    durationMs: 1000,
    crashCount: CRASH_COUNT,
    seed: 1,
  });
  if (race.crashes.broken > 0) return lost(race);
  const perSecond = Math.round(race.commitsPerSecond);
  const isFast = race.commitsPerSecond >= GOAL_COMMITS_PER_SECOND;
  const kept = `acknowledged write lost: in 0 of ${race.crashes.tried} crashes`;
  return {
    passed: isFast,
    message: isFast
      ? `${perSecond} commits a second; ${kept}.`
      : `too slow: ${perSecond} commits a second; ${kept}.`,
    details: numbers(race),
  };
}

function lost(race: CommitRace): ChallengeResult {
  const { broken, tried, promise } = race.crashes;
  return {
    passed: false,
    message: `${promise}: in ${broken} of the first ${tried} crashes.`,
    details: numbers(race),
  };
}

function numbers({ acknowledged, syncCount, commitsPerSecond }: CommitRace) {
  return [
    `${acknowledged} commits acknowledged`,
    `${syncCount} syncs that acknowledged any`,
    `${Math.round(commitsPerSecond)} commits a second`,
  ];
}
