/** The cases of disk-suite.ts as tests of one kind of disk. */
import { describe, test } from 'vitest';
import { type DiskFactory, diskCases } from './disk-suite.ts';

/** Declares the whole suite for the disks of `factory`. */
export function describeDisk(name: string, factory: DiskFactory): void {
  describe(`${name} keeps the disk contract`, () => {
    test.each(diskCases)('$name', ({ run }) => run(factory));
  });
}
