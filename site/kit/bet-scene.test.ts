import { expect, test } from 'vitest';
import { Story } from '#engine/playground.ts';
import { betScene } from './bet-scene.ts';

const LOST = [
  'open append-log wrong=acknowledge-before-sync',
  'put cat Mina',
  'sync',
  'crash power',
  'open',
];
const options = [
  { text: 'The cat is there.', when: 'kept:' },
  { text: 'The cat is gone.', when: 'BROKEN acknowledged write lost' },
];

test('the engine’s answer says which option is right', async () => {
  const scene = betScene(options, await Story.run(LOST));
  expect(scene.right).toBe(1);
  const settling = scene.lines
    .flatMap(({ answers }) => answers)
    .filter(({ settles }) => settles);
  expect(settling.map(({ text }) => text)).toEqual([
    'BROKEN acknowledged write lost: cat',
  ]);
});

test('every command is shown with its own answers', async () => {
  const recording = await Story.run(LOST);
  const { lines } = betScene(options, recording);
  expect(lines.map(({ command }) => command)).toEqual(LOST);
  expect(lines.map(({ answers }) => answers.map(({ text }) => text))).toEqual(
    recording.answers,
  );
});

test.each([
  ['no option', [{ text: 'a', when: 'kept:' }]],
  [
    'two options',
    [
      { text: 'a', when: 'BROKEN' },
      { text: 'b', when: 'lost' },
    ],
  ],
])('a bet is refused when the story bears out %s', async (_, wrong) => {
  const recording = await Story.run(LOST);
  expect(() => betScene(wrong, recording)).toThrow(/exactly one/);
});
