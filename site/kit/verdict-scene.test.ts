import { expect, test } from 'vitest';
import { recordStory } from '../worker/record-story.ts';
import { verdictScene } from './verdict-scene.ts';

const WRONG = 'open append-log wrong=acknowledge-before-sync';
const LOST = [WRONG, 'put cat Mina', 'sync', 'crash power', 'open'];
const FLIPPED = [
  'open append-log',
  'put cat Mina',
  'put dog Rex',
  'close',
  'flip append.log 0x20 0',
  'open',
];

const lastVerdict = async (...commands: string[]) => {
  const recording = await recordStory(commands);
  return verdictScene(recording, recording.steps.length - 1);
};

test('a lost write is stamped with its promise and its key', async () => {
  expect(await lastVerdict(...LOST)).toEqual({
    word: 'LOST',
    promise: 'acknowledged write lost',
    isBroken: true,
    evidence: 'cat',
  });
});

test('a kept promise is stamped as well', async () => {
  const verdict = await lastVerdict('open append-log', ...LOST.slice(1));
  expect(verdict).toMatchObject({
    word: 'KEPT',
    promise: 'nothing acknowledged is lost',
  });
});

test('damage that is reported is a refusal, not a loss', async () => {
  expect(await lastVerdict(...FLIPPED)).toMatchObject({
    word: 'REFUSED',
    isBroken: false,
  });
});

test('an empty disk opened for the first time has no verdict', async () => {
  expect(await lastVerdict('open append-log', 'put cat Mina')).toBeUndefined();
});

test('the stamp comes with the answer and goes with the next crash', async () => {
  const recording = await recordStory([...LOST, 'put dog Rex', 'crash kill']);
  const words = recording.steps.map(
    (_, index) => verdictScene(recording, index)?.word ?? '-',
  );
  const first = words.indexOf('LOST');
  expect(recording.steps[first]?.event.type).toBe('story.answered');
  expect(recording.steps[first]?.commandIndex).toBe(4);
  const crash = recording.steps.findLastIndex(
    ({ event }) => event.type === 'story.crashed',
  );
  expect(words.lastIndexOf('LOST')).toBe(crash - 1);
});
