import { describe, expect, test } from 'vitest';
import {
  type DiskState,
  type EffectId,
  EMPTY_DISK_STATE,
  type InodeId,
  type Survivors,
} from '../disk/disk-state.ts';
import { crashChoices } from './crash-choices.ts';
import { Random } from './random.ts';

const LIMITS = {
  exhaustiveEffectsMax: 10,
  sampleCount: 100,
  tornSampleCount: 0,
};

/** A state with `count` pending writes of `sizeBytes` each. */
function stateWith(count: number, sizeBytes: number): DiskState {
  const pending = Array.from({ length: count }, (_, index) => ({
    id: (index + 1) as EffectId,
    place: 'os' as const,
    kind: 'write' as const,
    inode: 1 as InodeId,
    offset: index * sizeBytes,
    bytes: new Uint8Array(sizeBytes),
  }));
  return { ...EMPTY_DISK_STATE, pending };
}

function choicesOf(state: DiskState): Survivors[] {
  return [...crashChoices(state, new Random(1), LIMITS)];
}

function wholeSubsets(choices: readonly Survivors[]): Set<string> {
  const whole = choices.filter((one) =>
    [...one.values()].every((survival) => survival === 'whole'),
  );
  return new Set(whole.map((one) => [...one.keys()].join(',')));
}

describe('while few effects are pending', () => {
  test('every subset is tried', () => {
    for (const count of [0, 1, 3, 6]) {
      const subsets = wholeSubsets(choicesOf(stateWith(count, 10)));
      expect(subsets.size).toBe(2 ** count);
    }
  });

  test('the last surviving write is torn at every sector mask', () => {
    // 1,536 bytes are 3 sectors: 6 proper masks, and growth without content.
    const choices = choicesOf(stateWith(1, 1536));
    expect(choices).toHaveLength(1 + 1 + 1 + 6);
  });

  test('a long write is torn at every prefix and with every hole', () => {
    const torn = choicesOf(stateWith(1, 512 * 8)).map((one) =>
      one.get(1 as EffectId),
    );
    expect(torn).toContainEqual([0]);
    expect(torn).toContainEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(torn).toContainEqual([0, 1, 2, 4, 5, 6, 7]);
    expect(torn).toContainEqual('size');
  });
});

test('samples tear writes before the last one, too', () => {
  const limits = { ...LIMITS, tornSampleCount: 50 };
  const choices = [...crashChoices(stateWith(2, 1536), new Random(1), limits)];
  const isTorn = (id: number, one: Survivors) =>
    (one.get(id as EffectId) ?? 'whole') !== 'whole';
  const isFirstTorn = (one: Survivors) =>
    isTorn(1, one) && one.get(2 as EffectId) === 'whole';
  expect(choices.some(isFirstTorn)).toBe(true);
});

describe('while many effects are pending', () => {
  const subsets = wholeSubsets(choicesOf(stateWith(12, 10)));

  test('every prefix is tried, and all but one or two, and one or two', () => {
    expect(subsets).toContain('');
    expect(subsets).toContain('1,2,3,4,5');
    expect(subsets).toContain('1,2,3,5,6,7,8,9,10,11,12');
    expect(subsets).toContain('1,2,3,5,6,7,8,10,11,12');
    expect(subsets).toContain('4,9');
  });

  test('random samples come from the seed alone', () => {
    const state = stateWith(12, 10);
    expect(choicesOf(state)).toEqual(choicesOf(state));
  });
});

test('an effect that a failed sync lost never survives', () => {
  const state = stateWith(2, 10);
  const pending = state.pending.map((effect) => ({
    ...effect,
    place: 'lost' as const,
  }));
  expect(choicesOf({ ...state, pending })).toEqual([new Map()]);
});
