/**
 * Simulated disks whose reopening is a power cut: of what was pending, a part
 * survives, chosen by the state itself, so that a failing run repeats.
 */
import {
  type DiskState,
  type PendingEffect,
  type Survival,
  sectorCount,
  surviveCrash,
} from '../disk/disk-state.ts';
import type { DiskFactory } from '../disk/disk-suite.ts';
import { SimulatedDisk } from '../disk/simulated-disk.ts';

/** Another `salt`, another choice of what survives each cut. */
export function powerCutDisks(salt: number): DiskFactory<SimulatedDisk> {
  return {
    create: async () => new SimulatedDisk(),
    reopen: async (disk) => {
      disk.close();
      return new SimulatedDisk({ state: cutPower(disk.captureState(), salt) });
    },
    dispose: async (disk) => disk.close(),
  };
}

/** What a power cut leaves of `state`; the same each time. */
export function cutPower(state: DiskState, salt: number): DiskState {
  let seed = salt + Math.imul(state.nextId, 0x9e3779b1);
  const next = (count: number) => {
    // Mulberry32: small, and good enough to choose with.
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count;
  };
  const survivors = new Map(
    state.pending.flatMap((effect) => {
      const survival = choose(effect, next);
      return survival === undefined ? [] : [[effect.id, survival] as const];
    }),
  );
  return surviveCrash(state, survivors);
}

function choose(
  effect: PendingEffect,
  next: (count: number) => number,
): Survival | undefined {
  const choice = next(5);
  if (choice < 2 || effect.place === 'lost') return undefined;
  if (choice < 4 || effect.kind !== 'write') return 'whole';
  const count = sectorCount(effect.offset, effect.bytes.length);
  const sectors = Array.from({ length: count }, (_, sector) => sector);
  const kept = sectors.filter(() => next(2) === 0);
  return kept.length === 0 ? 'size' : kept;
}
