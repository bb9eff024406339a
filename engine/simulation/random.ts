/**
 * Seeded randomness: the same seed gives the same numbers, everywhere.
 *
 * Why: a test that found a bug by chance and cannot find it again has found
 * nothing. No other randomness exists in the engine, so a seed is a whole run.
 *
 * The generator is sfc32 by Chris Doty-Humphrey (PractRand): 128 bits of
 * state, 32-bit operations only, passes the usual batteries. Not for secrets.
 * Cost: about 2 ns a number.
 */
import { assert } from '../base/assert.ts';

/** A stream of pseudo-random numbers from a 32-bit seed. */
export class Random {
  #a: number;
  #b: number;
  #c = 0x9e3779b9;
  #counter = 1;

  constructor(seed: number) {
    this.#a = seed | 0;
    this.#b = 0x243f6a88;
    // The first outputs of near seeds are alike; these rounds part them.
    for (let round = 0; round < 15; round++) this.u32();
  }

  /** An integer from 0 to 2^32 - 1. */
  u32(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** An integer from 0 to limit - 1. Requires 1 <= limit <= 2^32. */
  below(limit: number): number {
    assert(limit >= 1, 'a random choice needs something to choose from');
    return Math.floor((this.u32() / 0x1_0000_0000) * limit);
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.u32() / 0x1_0000_0000 < probability;
  }

  /** One of the items. Requires at least one. */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    assert(item !== undefined, 'a random index is in range');
    return item;
  }
}
