import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DiskError } from '../base/errors.ts';
import { describeDisk } from './disk-conformance.ts';
import type { DiskFactory } from './disk-suite.ts';
import { NodeDisk } from './node-disk.ts';
import { writeFully } from './whole-file.ts';

const directories = new WeakMap<NodeDisk, string>();

async function openNodeDisk(directory: string): Promise<NodeDisk> {
  const disk = await NodeDisk.open(directory);
  directories.set(disk, directory);
  return disk;
}

function directoryOf(disk: NodeDisk): string {
  const directory = directories.get(disk);
  if (directory === undefined) throw new Error('this disk is a stranger');
  return directory;
}

const nodeDisks: DiskFactory<NodeDisk> = {
  create: async () => openNodeDisk(mkdtempSync(join(tmpdir(), 'wrongodb-'))),
  reopen: async (disk) => {
    disk.close();
    return openNodeDisk(directoryOf(disk));
  },
  dispose: async (disk) => {
    disk.close();
    rmSync(directoryOf(disk), { recursive: true, force: true });
  },
};

describeDisk('the Node disk', nodeDisks);

describe('a directory of files', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'wrongodb-'));
  });

  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  test('holds the bytes as they were written, and nothing else', async () => {
    const disk = await NodeDisk.open(directory);
    const file = await disk.open('a.log', 'create');
    writeFully(file, Uint8Array.of(1, 2, 3), 2);
    await file.sync();
    disk.close();
    expect(readdirSync(directory)).toEqual(['a.log']);
    expect([...readFileSync(join(directory, 'a.log'))]).toEqual([
      0, 0, 1, 2, 3,
    ]);
  });

  test('is made, with its parents, when it is missing', async () => {
    const path = join(directory, 'one', 'two');
    const disk = await NodeDisk.open(path);
    await disk.open('a', 'create');
    disk.close();
    expect(readdirSync(path)).toEqual(['a']);
  });

  test('may hold other things, which are not listed', async () => {
    writeFileSync(join(directory, '.hidden'), '');
    writeFileSync(join(directory, 'a b'), '');
    mkdirSync(join(directory, 'folder'));
    const disk = await NodeDisk.open(directory);
    await disk.open('file', 'create');
    expect(disk.list()).toEqual(['file']);
    const opening = disk.open('folder', 'create');
    await expect(opening).rejects.toMatchObject({ reason: 'EISDIR' });
    disk.close();
  });

  test('is not a file', async () => {
    const path = join(directory, 'file');
    writeFileSync(path, '');
    const failure = await NodeDisk.open(path).catch((error) => error);
    expect(failure).toBeInstanceOf(DiskError);
    expect(failure.message).toContain(path);
    expect(failure.cause).toMatchObject({ code: 'EEXIST' });
    const inside = NodeDisk.open(join(path, 'inside'));
    await expect(inside).rejects.toMatchObject({ reason: 'ENOTDIR' });
  });

  test('says what the operating system said', async () => {
    const disk = await NodeDisk.open(directory);
    const failure = await disk.open('a', 'existing').catch((error) => error);
    expect(failure.message).toBe(`ENOENT: cannot open a in ${directory}`);
    expect(failure.cause).toMatchObject({ code: 'ENOENT', syscall: 'open' });
    disk.close();
  });

  test.skipIf(!existsSync('/dev/full'))('can be full', async () => {
    symlinkSync('/dev/full', join(directory, 'full'));
    const disk = await NodeDisk.open(directory);
    const file = await disk.open('full', 'existing');
    const write = () => writeFully(file, Uint8Array.of(1), 0);
    expect(write).toThrow(DiskError);
    expect(write).toThrow('ENOSPC: cannot write full');
    disk.close();
  });

  test.skipIf(!existsSync('/dev/full'))('reports a failed sync', async () => {
    // Linux's devices take opens and writes, and refuse to sync.
    symlinkSync('/dev/null', join(directory, 'null'));
    const disk = await NodeDisk.open(directory);
    const file = await disk.open('null', 'existing');
    await expect(file.sync()).rejects.toMatchObject({
      reason: 'EIO',
      message: 'EIO: cannot sync null (EINVAL)',
    });
    disk.close();
  });

  test('leaves no descriptor open behind', async () => {
    const countDescriptors = () => readdirSync('/proc/self/fd').length;
    if (!existsSync('/proc/self/fd')) return;
    const before = countDescriptors();
    const disk = await NodeDisk.open(directory);
    const file = await disk.open('a', 'create');
    const forgotten = await disk.open('b', 'create');
    writeFully(file, Uint8Array.of(1), 0);
    writeFully(forgotten, Uint8Array.of(1), 0);
    const syncs = [file.sync(), forgotten.sync(), disk.syncDirectory()];
    file.close();
    disk.close();
    await Promise.all(syncs);
    expect(countDescriptors()).toBe(before);
  });
});
