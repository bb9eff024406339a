/**
 * Challenge 00: lose exactly one acknowledged document of four.
 *
 * What it teaches: losing is not random. One honest sync saves everything
 * before it. And a log is read from its start: a hole in it is damage that
 * the store refuses, so only its end can go missing unnoticed.
 */
import { Story, type StoryRecording } from '#engine/playground.ts';
import type { ChallengeDefinition, ChallengeResult } from './challenge.ts';
import {
  decodeSaveChoices,
  SAVED_DOCUMENTS,
  type SaveChoice,
  type SaveChoices,
} from './lose-exactly-one-answer.ts';

const HOLE =
  'database will not open: there is a hole in the log, and none of the four can be read.';

const SAFE: SaveChoice = { honestSync: true, survives: false };
const GONE: SaveChoice = { honestSync: false, survives: false };
const LUCKY: SaveChoice = { honestSync: false, survives: true };

export const loseExactlyOne: ChallengeDefinition<SaveChoices> = {
  id: '00-lose-exactly-one',
  post: 0,
  title: 'Lose exactly one',
  task:
    'Four documents are saved, and each save is acknowledged: “saved”. Choose ' +
    'for each save whether the sync is honest or the drive only says so, and ' +
    'which of the bytes in its cache survive when the plug is pulled. Make ' +
    'the store lose exactly one of the four.',
  hints: [
    'A document can only be lost while its bytes are still in a cache. An honest sync empties the cache: whatever waited there is safe from then on.',
    'The store is a log, read from its start. A hole in the middle of what was synced has no innocent explanation: the store refuses to open, and all four are out of reach.',
    'So the one that you lose has to be the last one: nothing may come after it, and everything before it has to be there.',
  ],
  par: 'one lie',
  initial: [SAFE, SAFE, SAFE, SAFE],
  solution: [SAFE, SAFE, SAFE, GONE],
  wrongAnswers: [
    {
      answer: [GONE, SAFE, SAFE, SAFE],
      why: 'lie about the first one and let the rest be honest',
    },
    {
      answer: [GONE, LUCKY, LUCKY, LUCKY],
      why: 'lose the bytes of one document and keep the three others',
    },
    {
      answer: [SAFE, GONE, LUCKY, LUCKY],
      why: 'a hole in the middle, with luck behind it',
    },
    { answer: [GONE, GONE, GONE, GONE], why: 'pull the plug and hope' },
  ],
  decode: decodeSaveChoices,
  check,
};

async function check(choices: SaveChoices): Promise<ChallengeResult> {
  const commands = saveCommands(choices);
  const keep = survivingIds(await Story.run(commands), choices);
  const story = await Story.run([
    ...commands,
    `crash power keep=${keep.join(',') || 'none'}`,
    'open',
    'scan',
  ]);
  const [crashed = [], opened = [], found = []] = story.answers.slice(-3);
  const lost = SAVED_DOCUMENTS.filter(
    ({ key, value }) => !found.includes(`${key} = ${value}`),
  ).map(({ key }) => key);
  const opens = story.verdicts.at(-1)?.promise !== 'database will not open';
  return {
    passed: opens && lost.length === 1,
    message: opens ? verdictOn(lost) : HOLE,
    details: [...crashed, ...opened, ...(opens ? found : [])],
  };
}

function verdictOn(lost: readonly string[]): string {
  const count = `${lost.length} of ${SAVED_DOCUMENTS.length}`;
  if (lost.length === 0) {
    return `acknowledged write lost: ${count}. Every promise was kept.`;
  }
  const names = lost.join(', ');
  if (lost.length === 1) {
    return `acknowledged write lost: ${count}, and no other: ${names}.`;
  }
  return `acknowledged write lost: ${count} (${names}). One was asked for.`;
}

function saveCommands(choices: SaveChoices): string[] {
  const saves = SAVED_DOCUMENTS.flatMap(({ key, value }, index) => {
    const put = `put ${key} ${value}`;
    return choices[index]?.honestSync ? [put, 'sync'] : [put, 'lie', 'sync'];
  });
  return ['open append-log', ...saves];
}

/** Ids of the effects that still wait at the end and that are to survive. */
function survivingIds(
  { steps }: StoryRecording,
  choices: SaveChoices,
): readonly number[] {
  const pending = steps.at(-1)?.disk.pending ?? [];
  // One put is one write, and the last ones are those that still wait.
  const waiting = choices.slice(choices.length - pending.length);
  return pending
    .filter((_, index) => waiting[index]?.survives)
    .map(({ id }) => id);
}
