/** The cases of key-value-suite.ts as tests of one rung on one kind of disk. */
import { describe, test } from 'vitest';
import type { StoreFactory } from './key-value-expectation-suite.ts';
import { storeCases } from './key-value-suite.ts';

/** Declares the whole suite for the stores of `factory`. */
export function describeStore(name: string, factory: StoreFactory): void {
  describe(`${name} keeps the store's contract`, () => {
    test.each(storeCases)('$name', ({ run }) => run(factory));
  });
}
