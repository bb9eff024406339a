/**
 * Random workloads: short, dense, and from a seed.
 *
 * Why: bugs need few keys and few steps but the right ones. Three keys make
 * overwrites, deletes and re-insertions of the same key frequent; values that
 * span sectors make writes tear; writes during a sync test what it covers.
 */
import type { Rung } from '../ladder/wrong-switches.ts';
import type { Random } from './random.ts';

/** One step of a workload. Keys and values are byte strings. */
export type WorkloadStep =
  | { readonly do: 'put'; readonly key: string; readonly value: string }
  | { readonly do: 'delete'; readonly key: string }
  | { readonly do: 'sync' | 'roll' | 'reopen' }
  /** A sync with a put that arrives while it runs. */
  | {
      readonly do: 'sync-and-put';
      readonly key: string;
      readonly value: string;
    }
  | { readonly do: 'merge'; readonly fromId: number; readonly toId: number };

const KEYS = ['a', 'b', 'cat'];

/** How often each step comes, in a hundred; a rung without one skips it. */
interface Mix {
  readonly stepsMin: number;
  readonly stepsMax: number;
  readonly put: number;
  readonly delete: number;
  readonly sync: number;
  readonly syncAndPut: number;
  readonly reopen: number;
  readonly roll: number;
}

const PLAIN_MIX: Mix = {
  stepsMin: 4,
  stepsMax: 14,
  put: 42,
  delete: 20,
  sync: 24,
  syncAndPut: 8,
  reopen: 6,
  roll: 0,
};

/** Merges need several segments with the same keys, so rolls are frequent. */
const SEGMENT_MIX: Mix = {
  stepsMin: 8,
  stepsMax: 22,
  put: 32,
  delete: 16,
  sync: 8,
  syncAndPut: 6,
  reopen: 6,
  roll: 22,
};

/** A few steps that this rung understands; `life` marks their values. */
export function randomWorkload(
  rung: Rung,
  random: Random,
  life = '',
): WorkloadStep[] {
  const mix = rung === 'hash-index' ? SEGMENT_MIX : PLAIN_MIX;
  const span = mix.stepsMax - mix.stepsMin + 1;
  const stepCount = mix.stepsMin + random.below(span);
  const steps: WorkloadStep[] = [];
  for (let index = 0; index < stepCount; index++) {
    steps.push(randomStep(mix, random, `${life}${index}`));
  }
  return steps;
}

function randomStep(mix: Mix, random: Random, number: string): WorkloadStep {
  const key = random.pick(KEYS);
  const value = randomValue(random, number);
  let die = random.below(100);
  const falls = (share: number) => {
    die -= share;
    return die < 0;
  };
  if (falls(mix.put)) return { do: 'put', key, value };
  if (falls(mix.delete)) return { do: 'delete', key };
  if (falls(mix.sync)) return { do: 'sync' };
  if (falls(mix.syncAndPut)) return { do: 'sync-and-put', key, value };
  if (falls(mix.reopen)) return { do: 'reopen' };
  if (falls(mix.roll)) return { do: 'roll' };
  const fromId = 1 + random.below(4);
  return { do: 'merge', fromId, toId: fromId + 1 + random.below(2) };
}

/** Each value differs from all others: a mix-up is always visible. */
function randomValue(random: Random, number: string): string {
  const letter = String.fromCharCode(97 + random.below(26));
  const sizeBytes = random.chance(0.25)
    ? 400 + random.below(1200)
    : random.below(12);
  return `${number}${letter.repeat(sizeBytes)}`;
}
