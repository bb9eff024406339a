import { expect, test } from 'vitest';
import { SimulatedClock } from './clock.ts';

test('sleepers wake in order of time, then of falling asleep', async () => {
  const clock = new SimulatedClock();
  const woken: string[] = [];
  const sleeper = async (name: string, durationMs: number) => {
    await clock.sleep(durationMs);
    woken.push(`${name} at ${clock.nowMs}`);
  };
  void sleeper('late', 9);
  void sleeper('first', 5);
  void sleeper('second', 5);
  await clock.runUntil(8);
  expect(woken).toEqual(['first at 5', 'second at 5']);
  await clock.runUntil(20);
  expect(woken.at(-1)).toBe('late at 9');
  expect(clock.nowMs).toBe(20);
});

test('what a sleeper starts runs before time goes on', async () => {
  const clock = new SimulatedClock();
  const times: number[] = [];
  const loop = async () => {
    for (let turn = 0; turn < 4; turn++) {
      await clock.sleep(2);
      await Promise.resolve();
      times.push(clock.nowMs);
    }
  };
  void loop();
  await clock.runUntil(7);
  expect(times).toEqual([2, 4, 6]);
});
