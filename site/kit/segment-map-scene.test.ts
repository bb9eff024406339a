import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Story, type StoryStep } from '#engine/playground.ts';
import { segmentMapScene } from './segment-map-scene.ts';

const MAPS = ['open hash-index', 'put cat Mina', 'put dog Rex', 'roll'];

async function lastStep(commands: readonly string[]): Promise<StoryStep> {
  const { steps } = await Story.run(commands);
  const step = steps.at(-1);
  if (step === undefined) throw new Error('a story has steps');
  return step;
}

async function sceneOf(...commands: string[]) {
  const { disk, store } = await lastStep(commands);
  return segmentMapScene(disk, store);
}

describe('segmentMapScene', () => {
  test('a newer value makes the older record obsolete', async () => {
    const { segments } = await sceneOf(...MAPS, 'put cat Leo');
    expect(segments.map(({ records }) => records[0]?.status)).toEqual([
      'obsolete',
      'live',
    ]);
  });

  test('a delete leaves a tombstone, and nothing points at the key', async () => {
    const { segments, map } = await sceneOf(...MAPS, 'delete cat');
    expect(segments[1]?.records[0]?.status).toBe('tombstone');
    expect(map?.map(({ key }) => key)).toEqual(['dog']);
  });

  test('without a process there is no map, and no record is live', async () => {
    const { map, segments } = await sceneOf(...MAPS, 'crash kill');
    expect(map).toBeUndefined();
    expect(segments[0]?.records[0]?.status).toBe('unread');
  });

  test('a merged segment says which ones it replaces', async () => {
    const { segments } = await sceneOf(...MAPS, 'put owl Una', 'roll', 'merge');
    expect(segments.map(({ replaces }) => replaces)).toEqual(['1 to 2', '']);
  });

  test('a flipped bit makes a broken record', async () => {
    const { segments } = await sceneOf(
      ...MAPS,
      'flip segment-000001.log 0x30 2',
    );
    expect(segments[0]?.records[0]?.status).toBe('broken');
  });

  test('an unsynced record is dirty, a synced one is not', async () => {
    const { segments } = await sceneOf(...MAPS, 'put owl Una');
    expect(segments[0]?.records[0]?.isDirty).toBe(false);
    expect(segments[1]?.records[0]?.isDirty).toBe(true);
  });

  test('after random operations each entry points at one live record', async () => {
    const command = fc.oneof(
      fc.constantFrom('roll', 'merge', 'sync', 'delete a', 'delete b'),
      fc
        .tuple(fc.constantFrom('a', 'b', 'c'), fc.integer())
        .map(([key, value]) => `put ${key} v${value}`),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 14 }), async (list) => {
        const { disk, store } = await lastStep(['open hash-index', ...list]);
        const { map = [], segments } = segmentMapScene(disk, store);
        const live = segments.flatMap(({ id, records }) =>
          records
            .filter(({ status }) => status === 'live')
            .map(
              ({ key, pointer, offset }) => `${key}${pointer}${id}@${offset}`,
            ),
        );
        const pointed = map.map(
          ({ key, pointer, segmentId, offset }) =>
            `${key}${pointer}${segmentId}@${offset}`,
        );
        expect(live.sort()).toEqual(pointed.sort());
      }),
      { numRuns: 60 },
    );
  });
});
