/**
 * Challenge 04: the shortest list of operations that brings a key back.
 *
 * The list runs twice on the hash index: once with the merge that drops
 * tombstones, once with the right one. It passes when the first brings a
 * deleted key back and the second does not. That no shorter list exists is
 * proved by trying all of them, in cat-is-back.test.ts.
 */
import { Story } from '#engine/playground.ts';
import {
  decodeOperationList,
  type OperationList,
} from './cat-is-back-answer.ts';
import type { ChallengeDefinition, ChallengeResult } from './challenge.ts';

/** Length of the shortest list; the test finds no shorter one. */
export const SHORTEST_COUNT = 8;

const PROMISE = 'deleted key came back';

export const catIsBack: ChallengeDefinition<OperationList> = {
  id: '04-cat-is-back',
  post: 4,
  title: 'The cat is back',
  task:
    'Write the shortest list of operations after which a deleted key is ' +
    'alive again when merges drop tombstones, and stays dead when they keep ' +
    'them. Roll closes the current segment and starts the next; merge takes ' +
    'closed segments only; restart throws the map away and rebuilds it from ' +
    'the files.',
  hints: [
    'A tombstone matters only while an older record of its key is still in some file. So the value has to lie in a segment that the merge leaves alone.',
    'A merge needs at least two closed segments, and none of them may be the one with the old value.',
    'Segment 1 holds the cat. Segments 2 and 3 are merged; one of them holds the tombstone, the other anything at all. In memory the cat is still dead: restart.',
  ],
  par: `${SHORTEST_COUNT} operations`,
  initial: [],
  solution: [
    'put cat',
    'roll',
    'delete cat',
    'roll',
    'put dog',
    'roll',
    'merge 2 3',
    'restart',
  ],
  wrongAnswers: [
    {
      answer: ['put cat', 'delete cat', 'restart'],
      why: 'delete and restart, as with the delete that is only in the map',
    },
    {
      answer: ['put cat', 'roll', 'delete cat', 'roll', 'merge 1 2', 'restart'],
      why: 'merge everything: then the old value is dropped as well',
    },
    {
      answer: [
        'put cat',
        'roll',
        'delete cat',
        'roll',
        'put dog',
        'roll',
        'merge 2 3',
      ],
      why: 'all but the restart: the map still knows that the cat is dead',
    },
    {
      answer: [
        'put cat',
        'roll',
        'delete cat',
        'roll',
        'put dog',
        'merge 2 3',
        'restart',
      ],
      why: 'merge while segment 3 is still open: one segment is no merge',
    },
  ],
  decode: decodeOperationList,
  check,
};

async function check(list: OperationList): Promise<ChallengeResult> {
  const commands = listCommands(list);
  const wrong = await cameBack(
    'open hash-index wrong=merge-drops-tombstones',
    commands,
  );
  const right = await cameBack('open hash-index', commands);
  return {
    passed: wrong.key !== undefined && right.key === undefined,
    message: verdictOn(list, wrong.key, right.key),
    details: [
      ...wrong.answers.map((answer) => `drops tombstones: ${answer}`),
      ...right.answers.map((answer) => `keeps tombstones: ${answer}`),
    ],
  };
}

/** The scenario commands of a list; it ends with whatever it ends with. */
export function listCommands(list: OperationList): string[] {
  return list.flatMap((operation, index) => {
    if (operation === 'restart') return ['close', 'open'];
    const isPut = operation.startsWith('put');
    return isPut ? [`${operation} v${index + 1}`] : [operation];
  });
}

async function cameBack(open: string, commands: readonly string[]) {
  const { answers, verdicts } = await Story.run([open, ...commands, 'scan']);
  const verdict = verdicts.find(({ promise }) => promise === PROMISE);
  return { key: verdict?.evidence, answers: answers.slice(1).flat() };
}

function verdictOn(
  list: OperationList,
  wrongKey: string | undefined,
  rightKey: string | undefined,
): string {
  if (rightKey !== undefined) {
    return `${PROMISE} with the right merge too: ${rightKey}.`;
  }
  if (wrongKey === undefined) {
    return `“${PROMISE}” did not happen: the merge that drops tombstones got away with it.`;
  }
  const more = list.length - SHORTEST_COUNT;
  const length = `${list.length} operations`;
  const par = more > 0 ? `${more} over par` : 'par: no list is shorter';
  return `${PROMISE}: ${wrongKey}. ${length}, ${par}.`;
}
