/**
 * What a power cut may leave: all choices when they are few, samples beyond.
 *
 * Why: of n pending effects any subset may have reached the medium, and each
 * write may be torn at sectors. Bugs hide in the rare subsets, so the small
 * cases are tried whole.
 *
 * Up to `exhaustiveEffectsMax` effects: every subset; and for each subset the
 * last surviving write torn at its sectors, or grown with zeros for content;
 * and some seeded samples in which any of the writes is torn.
 * Beyond: every prefix, all but one, all but two, only one, only two, and
 * seeded samples in which writes tear at random.
 *
 * Cost: 2^n * (1 + sectors) choices for n <= the limit; O(n² + samples) else.
 *
 * Real engines: the enumeration of ALICE (OSDI 2014) and CrashMonkey (OSDI
 * 2018); here sizes allow exhaustion more often.
 */
import {
  type DiskState,
  type EffectId,
  type PendingEffect,
  type Survival,
  type Survivors,
  sectorCount,
} from '../disk/disk-state.ts';
import type { Random } from './random.ts';

export interface CrashChoiceLimits {
  /** Every subset is tried up to this many pending effects. */
  readonly exhaustiveEffectsMax: number;
  /** Random choices tried beyond it. */
  readonly sampleCount: number;
  /** Random choices below it, in which several writes may tear at once. */
  readonly tornSampleCount: number;
}

const DEFAULT_CRASH_CHOICE_LIMITS: CrashChoiceLimits = {
  exhaustiveEffectsMax: 10,
  sampleCount: 1000,
  tornSampleCount: 16,
};

/** Writes of up to this many sectors are torn in every possible way. */
const TORN_EXHAUSTIVELY_SECTORS_MAX = 4;

/** Every choice within the limits; the first is "nothing survives". */
export function* crashChoices(
  state: DiskState,
  random: Random,
  limits: CrashChoiceLimits = DEFAULT_CRASH_CHOICE_LIMITS,
): Iterable<Survivors> {
  const effects = state.pending.filter(({ place }) => place !== 'lost');
  if (effects.length <= limits.exhaustiveEffectsMax) {
    for (let mask = 0; mask < 2 ** effects.length; mask++) {
      yield* withLastWriteTorn(effects.filter((_, bit) => (mask >> bit) & 1));
    }
    const samples = effects.length > 1 ? limits.tornSampleCount : 0;
    for (let sample = 0; sample < samples; sample++) {
      yield randomChoice(effects, random);
    }
    return;
  }
  for (const chosen of fewChoices(effects)) yield* withLastWriteTorn(chosen);
  for (let sample = 0; sample < limits.sampleCount; sample++) {
    yield randomChoice(effects, random);
  }
}

/** The chosen effects whole; then with the last write torn in each way. */
function* withLastWriteTorn(
  chosen: readonly PendingEffect[],
): Iterable<Survivors> {
  const whole = new Map<EffectId, Survival>(
    chosen.map(({ id }) => [id, 'whole']),
  );
  yield whole;
  const last = chosen.findLast(({ kind }) => kind === 'write');
  if (last?.kind !== 'write') return;
  for (const torn of tornSurvivals(
    sectorCount(last.offset, last.bytes.length),
  )) {
    yield new Map(whole).set(last.id, torn);
  }
}

/** Each way in which a write of this many sectors can be torn. */
function* tornSurvivals(sectors: number): Iterable<Survival> {
  yield 'size';
  if (sectors <= TORN_EXHAUSTIVELY_SECTORS_MAX) {
    for (let mask = 1; mask < 2 ** sectors - 1; mask++) {
      yield range(sectors).filter((sector) => (mask >> sector) & 1);
    }
    return;
  }
  for (let length = 1; length < sectors; length++) {
    yield range(length);
    yield range(sectors).slice(length);
  }
  for (const missing of range(sectors).slice(1, -1)) {
    yield range(sectors).filter((sector) => sector !== missing);
  }
}

/** Prefixes, all but one or two, only one or two. */
function* fewChoices(
  effects: readonly PendingEffect[],
): Iterable<readonly PendingEffect[]> {
  for (let length = 0; length <= effects.length; length++) {
    yield effects.slice(0, length);
  }
  for (const first of effects) {
    yield [first];
    yield effects.filter((effect) => effect !== first);
    for (const second of effects) {
      if (second.id <= first.id) continue;
      yield [first, second];
      yield effects.filter((one) => one !== first && one !== second);
    }
  }
}

/** Each effect survives, tears or vanishes by its own coin. */
export function randomChoice(
  effects: readonly PendingEffect[],
  random: Random,
): Survivors {
  const survivors = new Map<EffectId, Survival>();
  const keepChance = random.pick([0.2, 0.5, 0.8]);
  for (const effect of effects) {
    if (effect.place === 'lost' || !random.chance(keepChance)) continue;
    survivors.set(effect.id, randomSurvival(effect, random));
  }
  return survivors;
}

function randomSurvival(effect: PendingEffect, random: Random): Survival {
  if (effect.kind !== 'write' || !random.chance(0.3)) return 'whole';
  const sectors = sectorCount(effect.offset, effect.bytes.length);
  const kept = range(sectors).filter(() => random.chance(0.5));
  return kept.length === 0 ? 'size' : kept;
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
