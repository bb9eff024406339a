import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordStory } from '../worker/record-story.ts';
import { documentsScene } from './documents-scene.ts';
import { story } from './random-story.ts';

const WRONG = 'open append-log wrong=acknowledge-before-sync';

const lastScene = async (...commands: string[]) => {
  const recording = await recordStory(commands);
  return documentsScene(recording, recording.steps.length - 1);
};

const rowsOf = async (...commands: string[]) =>
  (await lastScene(...commands)).rows.map(({ key, said, answer, mark }) =>
    [key, said, answer ?? '-', mark].join(' '),
  );

describe('the documents', () => {
  test('are in doubt until the store has said so', async () => {
    expect(await rowsOf('open append-log', 'put cat Mina')).toEqual([
      'cat nothing Mina none',
    ]);
    expect(await rowsOf('open append-log', 'put cat Mina', 'sync')).toEqual([
      'cat saved Mina none',
    ]);
  });

  test('are lost when they were said to be saved', async () => {
    expect(
      await rowsOf(WRONG, 'put cat Mina', 'sync', 'crash power', 'open'),
    ).toEqual(['cat saved - lost']);
  });

  test('are only gone when nothing was said', async () => {
    expect(await rowsOf(WRONG, 'put cat Mina', 'crash power', 'open')).toEqual([
      'cat nothing - gone',
    ]);
  });

  test('are counted right behind a delete that found nothing', async () => {
    expect(
      await rowsOf(
        'open json-file',
        'delete cat',
        'put cat Mina',
        'sync',
        'put cat Rex',
        'crash power',
        'open',
      ),
    ).toEqual(['cat saved Mina kept']);
  });

  test('are kept by the rule', async () => {
    expect(
      await rowsOf(
        'open append-log',
        'put cat Mina',
        'sync',
        'put dog Rex',
        'crash power keep=all',
        'open',
      ),
    ).toEqual(['cat saved Mina kept', 'dog saved Rex kept']);
  });

  test('come back when a delete was only in the map', async () => {
    expect(
      await rowsOf(
        'open hash-index wrong=delete-only-in-map',
        'put cat Mina',
        'sync',
        'delete cat',
        'sync',
        'close',
        'open',
      ),
    ).toEqual(['cat deleted Mina back']);
  });

  test('that were lost once stay in the list until they are put again', async () => {
    const lost = [WRONG, 'put cat Mina', 'sync', 'crash power', 'open'];
    expect(await rowsOf(...lost, 'put dog Rex')).toEqual([
      'cat saved - lost',
      'dog nothing Rex none',
    ]);
    expect(await rowsOf(...lost, 'put cat Mina')).toEqual([
      'cat nothing Mina none',
    ]);
  });

  test('have nobody to answer for them without power', async () => {
    const scene = await lastScene(WRONG, 'put cat Mina', 'sync', 'crash power');
    expect(scene.isOpen).toBe(false);
    expect(scene.rows).toHaveLength(1);
  });

  test('are behind an error when the file is damaged', async () => {
    const damaged = [
      'open append-log',
      'put cat Mina',
      'put dog Rex',
      'close',
      'flip append.log 0x20 0',
      'open',
    ];
    const scene = await lastScene(...damaged);
    expect(scene.isOpen).toBe(false);
    expect(scene.error).toMatch(/append\.log at offset 16/);
    // Asking for something else afterwards does not open it.
    expect((await lastScene(...damaged, 'files')).error).toBe(scene.error);
  });

  test('answer what a scan answers, at the end of any command', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (commands) => {
        const recording = await recordStory([...commands, 'scan']);
        const scene = documentsScene(recording, recording.steps.length - 1);
        const answers = recording.answers.at(-1) ?? [];
        if (answers.some((line) => line.startsWith('error '))) {
          expect(scene.isOpen).toBe(false);
          return;
        }
        const shown = scene.rows.flatMap(({ key, answer }) =>
          answer === undefined ? [] : [`${key} = ${answer}`],
        );
        expect(shown.sort()).toEqual(
          answers.filter((line) => line !== '(empty)').sort(),
        );
      }),
      { numRuns: 150 },
    );
  });

  test('mark a loss exactly when the engine says one', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (commands) => {
        const recording = await recordStory(commands);
        for (const { commandIndex, promise } of recording.verdicts) {
          const end = recording.steps.findLastIndex(
            (step) => step.commandIndex === commandIndex,
          );
          const { rows } = documentsScene(recording, end);
          const isOpen = recording.contents[commandIndex]?.kind === 'open';
          if (!isOpen) continue;
          const isLost = promise === 'acknowledged write lost';
          const before = documentsScene(recording, end - 1).rows;
          const fresh = rows.filter(
            ({ key, mark }) =>
              mark === 'lost' &&
              before.find((row) => row.key === key)?.mark !== 'lost',
          );
          if (isLost) expect(fresh).not.toEqual([]);
          if (promise === undefined) expect(fresh).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });
});
