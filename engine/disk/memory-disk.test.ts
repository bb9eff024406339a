import { expect, test } from 'vitest';
import { InvalidInputError } from '../base/errors.ts';
import { describeDisk } from './disk-conformance.ts';
import type { DiskFactory } from './disk-suite.ts';
import { MemoryDisk } from './memory-disk.ts';
import { readWholeFile, writeFully } from './whole-file.ts';

const memoryDisks: DiskFactory<MemoryDisk> = {
  create: async () => new MemoryDisk(),
  reopen: async (disk) => {
    disk.close();
    return new MemoryDisk(disk.capture());
  },
  dispose: async (disk) => disk.close(),
};

describeDisk('the memory disk', memoryDisks);

test('what was captured does not change with the disk', async () => {
  const disk = new MemoryDisk();
  const file = await disk.open('a', 'create');
  writeFully(file, Uint8Array.of(1, 2, 3), 0);
  const before = disk.capture();
  writeFully(file, Uint8Array.of(9), 0);
  file.truncate(1);
  expect(before.get('a')).toEqual(Uint8Array.of(1, 2, 3));
  expect(disk.capture().get('a')).toEqual(Uint8Array.of(9));
});

test('a disk made from files does not change their bytes', async () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const disk = new MemoryDisk(new Map([['a', bytes]]));
  const file = await disk.open('a', 'existing');
  writeFully(file, Uint8Array.of(9), 1);
  expect(readWholeFile(file)).toEqual(Uint8Array.of(1, 9, 3));
  expect(bytes).toEqual(Uint8Array.of(1, 2, 3));
});

test('a disk is not made from files with bad names', () => {
  const files = new Map([['../a', new Uint8Array(0)]]);
  expect(() => new MemoryDisk(files)).toThrow(InvalidInputError);
});
