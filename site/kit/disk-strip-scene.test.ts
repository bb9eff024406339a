import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordStory } from '../worker/record-story.ts';
import { diskStripScene, processAt, stripRoom } from './disk-strip-scene.ts';
import { previewText } from './preview-text.ts';
import { story } from './random-story.ts';

const lastScene = async (...commands: string[]) => {
  const recording = await recordStory(commands);
  return diskStripScene(recording, recording.steps.length - 1);
};

describe('the disk strip', () => {
  test('shows each pending effect once, in its place', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (commands) => {
        const recording = await recordStory(commands);
        for (const [index, { disk }] of recording.steps.entries()) {
          const { osCache, driveCache } = diskStripScene(recording, index);
          const drawn = [...osCache, ...driveCache];
          const places = drawn.map(({ id, place }) => `${id} ${place}`);
          const pending = disk.pending.map(({ id, place }) => `${id} ${place}`);
          expect(places.sort()).toEqual(pending.sort());
          expect(driveCache.every(({ place }) => place === 'drive')).toBe(true);
          expect(osCache.some(({ place }) => place === 'drive')).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('has on the medium what is durable, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (commands) => {
        const recording = await recordStory(commands);
        for (const [index, { disk }] of recording.steps.entries()) {
          const { medium } = diskStripScene(recording, index);
          expect(medium.length).toBe(disk.files.size);
          const names = medium.flatMap(({ name, inode }) =>
            name === undefined ? [] : [[name, inode]],
          );
          expect(new Map(names as [string, number][])).toEqual(
            disk.durableNames,
          );
          for (const file of medium) {
            const state = [...disk.files].find(
              ([id]) => id === file.inode,
            )?.[1];
            expect(file.sizeBytes).toBe(state?.durable.length);
            expect(file.seenSizeBytes).toBe(state?.cached.length);
            expect(file.preview).toBe(
              previewText(state?.durable ?? new Uint8Array()),
            );
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('keeps room for the fullest step', async () => {
    const recording = await recordStory([
      'open append-log wrong=acknowledge-before-sync',
      'put cat Mina',
      'put dog Rex',
      'crash power',
      'open',
    ]);
    expect(stripRoom(recording).osCache).toBe(2);
    const last = diskStripScene(recording, recording.steps.length - 1);
    expect(last.osCache).toEqual([]);
  });

  test('marks a ticket as new at the step that brought it only', async () => {
    const recording = await recordStory(['open append-log', 'put cat Mina']);
    const written = recording.steps.findLastIndex(
      ({ event }) => event.type === 'disk.write',
    );
    const isNew = (index: number) =>
      diskStripScene(recording, index).osCache.map((ticket) => ticket.isNew);
    expect(isNew(written)).toEqual([true]);
    expect(isNew(written + 1)).toEqual([false]);
  });

  test('shows at a power cut what it took and what it tore', async () => {
    const recording = await recordStory([
      'open append-log wrong=acknowledge-before-sync',
      'put cat x*700',
      'put dog Rex',
      'put fox Una',
      'crash power keep=3:0,5',
    ]);
    const crash = recording.steps.findIndex(
      ({ event }) => event.type === 'story.crashed',
    );
    const { lost } = diskStripScene(recording, crash);
    expect(lost.map(({ id, isTorn }) => [id, isTorn])).toEqual([
      [3, true],
      [4, false],
    ]);
    expect(diskStripScene(recording, crash + 1).lost).toEqual([]);
  });

  test('loses nothing when the process is killed', async () => {
    const scene = await lastScene(
      'open append-log wrong=acknowledge-before-sync',
      'put cat Mina',
      'crash kill',
    );
    expect(scene.process).toBe('killed');
    expect(scene.lost).toEqual([]);
    expect(scene.osCache).toHaveLength(1);
  });

  test('moves an effect to the drive when the drive lies', async () => {
    const scene = await lastScene(
      'open append-log',
      'put cat Mina',
      'lie',
      'sync',
    );
    expect(scene.osCache).toEqual([]);
    expect(scene.driveCache.map(({ preview }) => preview)).toEqual([
      expect.stringMatching(/catMina$/),
    ]);
  });

  test('counts what only the application has', async () => {
    const scene = await lastScene('open json-file', 'put a 1', 'put b 2');
    expect(scene.bufferedWriteCount).toBe(2);
    const synced = await lastScene('open json-file', 'put a 1', 'sync');
    expect(synced.bufferedWriteCount).toBe(0);
  });
});

describe('the process', () => {
  const states = async (...commands: string[]) => {
    const recording = await recordStory(commands);
    const all = recording.steps.map((_, index) => processAt(recording, index));
    return all.filter((state, index) => state !== all[index - 1]);
  };

  test('opens, runs, closes', async () => {
    expect(await states('open append-log', 'put a 1', 'close')).toEqual([
      'not-started',
      'opening',
      'running',
      'closing',
      'closed',
    ]);
  });

  test('is gone with the power, and comes back', async () => {
    expect(await states('open append-log', 'crash power', 'open')).toEqual([
      'not-started',
      'opening',
      'running',
      'no-power',
      'opening',
      'running',
    ]);
  });

  test('has refused a damaged file until the next try', async () => {
    const found = await states(
      'open append-log',
      'put cat Mina',
      'put dog Rex',
      'close',
      'flip append.log 0x20 0',
      'open',
    );
    expect(found.slice(-2)).toEqual(['opening', 'refused']);
  });
});
