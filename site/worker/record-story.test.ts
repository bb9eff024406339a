import { expect, test } from 'vitest';
import { Story } from '#engine/playground.ts';
import { recordStory } from './record-story.ts';

test('a recorded story is the story, and what the store answers', async () => {
  const commands = ['open append-log', 'put cat Mina', 'sync', 'close'];
  const { contents, ...recording } = await recordStory(commands);
  expect(recording).toEqual(await Story.run(commands));
  expect(contents).toEqual([
    { kind: 'open', entries: [] },
    { kind: 'open', entries: [['cat', 'Mina']] },
    { kind: 'open', entries: [['cat', 'Mina']] },
    { kind: 'closed' },
  ]);
});

test('a store that a failed sync has stopped answers with its error', async () => {
  const { contents } = await recordStory([
    'open append-log',
    'put cat Mina',
    'fail sync',
    'sync',
  ]);
  expect(contents.at(-1)).toEqual({
    kind: 'error',
    message: expect.stringMatching(/^error CLOSED/),
  });
});

test('a command that does not exist is refused', async () => {
  await expect(recordStory(['fly'])).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  });
});
