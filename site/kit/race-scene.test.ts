import { describe, expect, test } from 'vitest';
import { type CommitRaceConfig, raceCommits } from '#engine/playground.ts';
import { raceScene } from './race-scene.ts';

const SHARED: CommitRaceConfig = {
  writers: 6,
  syncLatencyMs: 5,
  durationMs: 200,
  grouping: 'shared',
  acknowledge: 'after-sync',
  drive: 'honest',
  crashCount: 30,
  seed: 1,
};

async function sceneOf(change: Partial<CommitRaceConfig>) {
  return raceScene(await raceCommits({ ...SHARED, ...change }));
}

describe('raceScene', () => {
  test('there is a lane for each writer, and nothing leaves the window', async () => {
    const { lanes } = await sceneOf({});
    expect(lanes.map(({ writer }) => writer)).toEqual([1, 2, 3, 4, 5, 6]);
    for (const { fromPercent, toPercent } of lanes.flatMap((one) => one.bars)) {
      expect(fromPercent).toBeGreaterThanOrEqual(0);
      expect(toPercent).toBeLessThanOrEqual(100);
      expect(toPercent).toBeGreaterThanOrEqual(fromPercent);
    }
  });

  test('bars that share a sync end where it ends', async () => {
    const { lanes, syncs } = await sceneOf({});
    const ends = new Set(syncs.map(({ toPercent }) => toPercent.toFixed(3)));
    for (const { toPercent } of lanes.flatMap((one) => one.bars)) {
      expect(ends).toContain(toPercent.toFixed(3));
    }
  });

  test('the syncs in the window acknowledge what is drawn, and one sync is no commit alone', async () => {
    const shared = await sceneOf({});
    const alone = await sceneOf({ grouping: 'alone' });
    expect(shared.perSync).toBeGreaterThan(2);
    expect(alone.perSync).toBe(1);
    expect(shared.perSecond).toBeGreaterThan(2 * alone.perSecond);
  });

  test.each([
    [{}, 'durable', 0],
    [{ acknowledge: 'before-sync' }, 'dirty', 20],
    [{ drive: 'lying' }, 'dirty', 20],
  ] as const)(
    'with %j a commit is %s when it is acknowledged',
    async (change, state, broken) => {
      const scene = await sceneOf(change);
      const states = scene.lanes.flatMap(({ bars }) =>
        bars.map((bar) => bar.state),
      );
      expect(new Set(states)).toEqual(new Set([state]));
      expect(scene.broken).toBe(broken);
      expect(scene.promise === undefined).toBe(broken === 0);
    },
  );
});
