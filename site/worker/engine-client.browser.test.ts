import { expect, test } from 'vitest';
import { engineClient } from './engine-client.ts';
import { recordStory } from './record-story.ts';

const COMMANDS = [
  'open append-log wrong=acknowledge-before-sync',
  'put cat Mina',
  'sync',
  'crash power',
  'open',
];

test('the worker tells the same story as this thread', async () => {
  const there = await engineClient().call('run-story', { commands: COMMANDS });
  expect(there).toEqual(await recordStory(COMMANDS));
});

test('an unknown command comes back as an error with a code', async () => {
  const call = engineClient().call('run-story', { commands: ['fly'] });
  await expect(call).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

test('a crash grid reports its progress and can be cancelled', async () => {
  const abort = new AbortController();
  const puts = Array.from({ length: 9 }, (_, n) => `put k${n} v`);
  const commands = ['open append-log', ...puts, 'sync'];
  const call = engineClient().call(
    'crash-grid',
    { commands },
    { signal: abort.signal, onProgress: () => abort.abort() },
  );
  await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
  // And the next call is answered by a new worker.
  const { cells } = await engineClient().call('crash-grid', {
    commands: ['open append-log', 'put cat Mina', 'sync'],
  });
  expect(cells.length).toBeGreaterThan(0);
});
