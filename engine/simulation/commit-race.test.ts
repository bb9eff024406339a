import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '../base/errors.ts';
import { type CommitRaceConfig, raceCommits } from './commit-race.ts';

const HONEST: CommitRaceConfig = {
  writers: 8,
  syncLatencyMs: 5,
  durationMs: 400,
  grouping: 'shared',
  acknowledge: 'after-sync',
  drive: 'honest',
  crashCount: 200,
  seed: 11,
};

test('one sync for each commit is as slow as the disk', async () => {
  const race = await raceCommits({ ...HONEST, grouping: 'alone' });
  expect(race.commitsPerSecond).toBeGreaterThan(190);
  expect(race.commitsPerSecond).toBeLessThanOrEqual(200);
  expect(race.crashes.broken).toBe(0);
});

test('a shared sync multiplies commits and loses none', async () => {
  const race = await raceCommits(HONEST);
  expect(race.commitsPerSecond).toBeGreaterThan(500);
  expect(race.syncCount).toBeLessThanOrEqual(80);
  expect(race.crashes).toMatchObject({ tried: 200, broken: 0 });
});

test('acknowledging before the sync is fast, and loses writes', async () => {
  const race = await raceCommits({ ...HONEST, acknowledge: 'before-sync' });
  expect(race.commitsPerSecond).toBeGreaterThan(5000);
  expect(race.crashes.broken).toBeGreaterThan(0);
  expect(race.crashes.promise).toBe('acknowledged write lost');
});

test('no engine is safe on a drive that lies', async () => {
  const race = await raceCommits({ ...HONEST, drive: 'lying' });
  expect(race.crashes.broken).toBeGreaterThan(0);
});

test('the same configuration gives the same race', async () => {
  expect(await raceCommits(HONEST)).toEqual(await raceCommits(HONEST));
});

test('each commit of a lane waits for one whole sync at least', async () => {
  const { lanes } = await raceCommits(HONEST);
  for (const { startMs, endMs } of lanes) {
    expect(endMs - startMs).toBeGreaterThan(4.999);
  }
});

describe('a configuration outside its limits is refused', () => {
  test.each([
    ['writers', 0],
    ['writers', 65],
    ['syncLatencyMs', 0],
    ['durationMs', 5000],
    ['crashCount', -1],
    ['writers', Number.NaN],
  ])('%s of %d', async (name, value) => {
    const race = raceCommits({ ...HONEST, [name]: value });
    await expect(race).rejects.toThrow(InvalidInputError);
  });
});
