import { expect, test } from 'vitest';
import { text } from '../disk/disk-expectation-suite.ts';
import { SimulatedDisk } from '../disk/simulated-disk.ts';
import { describeChange, describeEffect } from './describe-effect.ts';

test('every kind of effect is a line', async () => {
  const disk = new SimulatedDisk();
  const file = await disk.open('a', 'create');
  file.write(text('x'.repeat(600)), 500);
  file.truncate(7);
  disk.rename('a', 'b');
  file.close();
  disk.remove('b');
  const state = disk.captureState();
  const lines = state.pending.map((effect) => describeEffect(state, effect));
  const place = 'in the OS cache';
  expect(lines).toEqual([
    `#1 create a, ${place}`,
    `#2 write a file without a name 0x1f4..0x44c, 3 sectors, ${place}`,
    `#3 cut a file without a name to 7 bytes, ${place}`,
    `#4 rename a to b, ${place}`,
    `#5 remove b, ${place}`,
  ]);
  const [first] = state.pending;
  expect(first && describeChange(state, first)).toBe('create a');
});

test('an effect says in which cache it waits', async () => {
  const faults = ['lying-sync', 'fail'] as const;
  for (const kind of faults) {
    const disk = new SimulatedDisk({
      faults: ({ operation }) => {
        if (operation !== 'sync') return undefined;
        return kind === 'fail' ? { kind, reason: 'EIO' } : { kind };
      },
    });
    const file = await disk.open('a', 'create');
    file.write(text('x'), 0);
    await file.sync().catch(() => {});
    const state = disk.captureState();
    const [, write] = state.pending;
    const where = kind === 'fail' ? 'lost by a failed sync' : "in the drive's";
    expect(write && describeEffect(state, write)).toContain(where);
  }
});
