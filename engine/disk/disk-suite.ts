/**
 * What every disk must do, as a table of cases that need no test runner.
 *
 * Why a table: an OPFS disk exists only inside a dedicated worker, where
 * vitest does not run. There the worker runs these cases and reports to its
 * page; everywhere else disk-conformance.ts wraps the same ones.
 */
import type { Disk } from './disk.ts';
import {
  expectBug,
  expectBytes,
  expectClosedFile,
  expectContent,
  expectFailure,
  expectSame,
  patternOf,
  text,
  writeFile,
} from './disk-expectation-suite.ts';
import { checkAgainstModel } from './disk-model-suite.ts';
import { readWholeFile, writeFully } from './whole-file.ts';

/** How to come by disks of one kind. It is only given its own disks. */
export interface DiskFactory<Kind extends Disk = Disk> {
  /** A disk with nothing on it. */
  create(): Promise<Kind>;
  /** Closes `disk` and opens what it holds again. */
  reopen(disk: Kind): Promise<Kind>;
  /** Closes `disk` and deletes what it holds. */
  dispose(disk: Kind): Promise<void>;
}

/** One promise of the contract. Throws when a disk breaks it. */
export interface DiskCase {
  readonly name: string;
  run(factory: DiskFactory): Promise<void>;
}

export const diskCases: readonly DiskCase[] = [
  onFreshDisk('a new disk has no files', async (disk) => {
    expectSame(disk.list(), [], 'list');
  }),

  onFreshDisk('a file is created empty, and only when asked', async (disk) => {
    await expectFailure(() => disk.open('a', 'existing'), 'ENOENT');
    const file = await disk.open('a', 'create');
    expectSame(file.name, 'a', 'name');
    expectSame(file.size(), 0, 'size');
    await disk.open('a', 'existing');
  }),

  onFreshDisk('a read sees what was written, synced or not', async (disk) => {
    const file = await disk.open('a', 'create');
    expectSame(file.write(text('hello'), 0), 5, 'written');
    expectContent(file, 'hello');
    await file.sync();
    expectContent(file, 'hello');
  }),

  onFreshDisk('opening for creation keeps what is there', async (disk) => {
    const first = await disk.open('a', 'create');
    writeFully(first, text('kept'), 0);
    first.close();
    expectContent(await disk.open('a', 'create'), 'kept');
  }),

  onFreshDisk('a write replaces only its own bytes', async (disk) => {
    const file = await disk.open('a', 'create');
    writeFully(file, text('abcdef'), 0);
    writeFully(file, text('XY'), 2);
    expectContent(file, 'abXYef');
  }),

  onFreshDisk('a gap is filled with zeros', async (disk) => {
    const file = await disk.open('a', 'create');
    writeFully(file, text('a'), 0);
    writeFully(file, text('z'), 5000);
    const bytes = readWholeFile(file);
    expectSame(bytes.length, 5001, 'size');
    expectSame(bytes.indexOf(1), -1, 'a byte of value 1');
    expectSame(
      bytes.subarray(1, 5000).every((byte) => byte === 0),
      true,
      'zeros',
    );
    expectSame(bytes[5000], 'z'.charCodeAt(0), 'last byte');
  }),

  onFreshDisk('writing nothing does not grow a file', async (disk) => {
    const file = await disk.open('a', 'create');
    expectSame(file.write(new Uint8Array(0), 100), 0, 'written');
    expectSame(file.size(), 0, 'size');
  }),

  onFreshDisk('a read is short only at the end of the file', async (disk) => {
    const file = await disk.open('a', 'create');
    writeFully(file, text('abcdef'), 0);
    const target = new Uint8Array(4).fill(9);
    expectSame(file.read(target, 1), 4, 'inside');
    expectSame(file.read(target.fill(9), 4), 2, 'at the end');
    expectSame([...target], [101, 102, 9, 9], 'rest untouched');
    expectSame(file.read(target.fill(9), 6), 0, 'from the end');
    expectSame(file.read(target, 9000), 0, 'beyond the end');
    expectSame([...target], [9, 9, 9, 9], 'target');
    expectSame(file.read(new Uint8Array(0), 0), 0, 'of nothing');
  }),

  onFreshDisk('truncate cuts', async (disk) => {
    const file = await disk.open('a', 'create');
    writeFully(file, text('abcdef'), 0);
    file.truncate(2);
    expectContent(file, 'ab');
    file.truncate(0);
    expectSame(file.size(), 0, 'size');
  }),

  onFreshDisk('truncate grows with zeros, not with the past', async (disk) => {
    const file = await disk.open('a', 'create');
    writeFully(file, text('abcdef'), 0);
    file.truncate(2);
    file.truncate(4);
    expectContent(file, 'ab\0\0');
    file.truncate(1);
    writeFully(file, text('z'), 3);
    expectContent(file, 'a\0\0z');
  }),

  onFreshDisk('a big file keeps every byte', async (disk) => {
    const file = await disk.open('a', 'create');
    const bytes = patternOf(300_000);
    for (let offset = 0; offset < bytes.length; offset += 7_001) {
      writeFully(file, bytes.subarray(offset, offset + 7_001), offset);
    }
    expectSame(file.size(), bytes.length, 'size');
    expectBytes(readWholeFile(file), bytes);
  }),

  onFreshDisk('the source of a write stays the callers', async (disk) => {
    const file = await disk.open('a', 'create');
    const source = text('abc');
    file.write(source, 0);
    source.fill(0);
    expectContent(file, 'abc');
    const target = readWholeFile(file);
    target.fill(0);
    expectContent(file, 'abc');
  }),

  onFreshDisk('part of a larger buffer is written and read', async (disk) => {
    const file = await disk.open('a', 'create');
    writeFully(file, text('..abc..').subarray(2, 5), 0);
    expectContent(file, 'abc');
    const frame = new Uint8Array(5).fill(9);
    file.read(frame.subarray(1, 4), 0);
    expectSame([...frame], [9, 97, 98, 99, 9], 'frame');
  }),

  onFreshDisk('two handles on one file see each other', async (disk) => {
    const first = await disk.open('a', 'create');
    const second = await disk.open('a', 'existing');
    writeFully(first, text('abc'), 0);
    expectContent(second, 'abc');
    second.truncate(1);
    expectSame(first.size(), 1, 'size');
    first.close();
    expectContent(second, 'a');
  }),

  onFreshDisk('names are listed in order of code units', async (disk) => {
    for (const name of ['b', 'a', 'B', '10', '9', 'a.b', 'a-b', '_']) {
      (await disk.open(name, 'create')).close();
    }
    const sorted = ['10', '9', 'B', '_', 'a', 'a-b', 'a.b', 'b'];
    expectSame(disk.list(), sorted, 'list');
  }),

  onFreshDisk('creating a name twice at once makes one file', async (disk) => {
    const [first, second] = await Promise.all([
      disk.open('a', 'create'),
      disk.open('a', 'create'),
    ]);
    writeFully(first, text('one'), 0);
    expectContent(second, 'one');
    expectSame(disk.list(), ['a'], 'list');
  }),

  onFreshDisk('rename moves a file', async (disk) => {
    await writeFile(disk, 'a', 'content');
    disk.rename('a', 'b');
    expectSame(disk.list(), ['b'], 'list');
    await expectFailure(() => disk.open('a', 'existing'), 'ENOENT');
    expectContent(await disk.open('b', 'existing'), 'content');
  }),

  onFreshDisk('rename replaces a file that nobody has open', async (disk) => {
    await writeFile(disk, 'old', 'old content');
    await writeFile(disk, 'new', 'new');
    disk.rename('new', 'old');
    expectSame(disk.list(), ['old'], 'list');
    expectContent(await disk.open('old', 'existing'), 'new');
  }),

  onFreshDisk('an open file goes on under its new name', async (disk) => {
    const file = await disk.open('a', 'create');
    writeFully(file, text('abc'), 0);
    disk.rename('a', 'b');
    writeFully(file, text('d'), 3);
    await file.sync();
    expectSame(file.name, 'a', 'the name it was opened with');
    expectContent(await disk.open('b', 'existing'), 'abcd');
    const other = await disk.open('a', 'create');
    expectSame(other.size(), 0, 'a new file under the old name');
    expectContent(file, 'abcd');
  }),

  onFreshDisk('an open file is not replaced or removed', async (disk) => {
    const file = await disk.open('a', 'create');
    await writeFile(disk, 'b', 'other');
    await expectFailure(() => disk.rename('b', 'a'), 'EBUSY');
    await expectFailure(() => disk.remove('a'), 'EBUSY');
    disk.rename('a', 'c');
    await expectFailure(() => disk.remove('c'), 'EBUSY');
    file.close();
    disk.rename('b', 'c');
    expectSame(disk.list(), ['c'], 'list');
  }),

  onFreshDisk('the last of two handles frees a file', async (disk) => {
    const first = await disk.open('a', 'create');
    const second = await disk.open('a', 'create');
    first.close();
    first.close();
    await expectFailure(() => disk.remove('a'), 'EBUSY');
    second.close();
    disk.remove('a');
    expectSame(disk.list(), [], 'list');
  }),

  onFreshDisk('renaming a file to itself changes nothing', async (disk) => {
    const file = await disk.open('a', 'create');
    writeFully(file, text('abc'), 0);
    disk.rename('a', 'a');
    expectSame(disk.list(), ['a'], 'list');
    expectContent(file, 'abc');
  }),

  onFreshDisk('a removed file is gone, and its name free', async (disk) => {
    await writeFile(disk, 'a', 'content');
    disk.remove('a');
    expectSame(disk.list(), [], 'list');
    await expectFailure(() => disk.open('a', 'existing'), 'ENOENT');
    expectSame((await disk.open('a', 'create')).size(), 0, 'size');
  }),

  onFreshDisk('what is not there cannot be moved or removed', async (disk) => {
    await expectFailure(() => disk.rename('a', 'b'), 'ENOENT');
    await expectFailure(() => disk.rename('a', 'a'), 'ENOENT');
    await expectFailure(() => disk.remove('a'), 'ENOENT');
    expectSame(disk.list(), [], 'list');
  }),

  onFreshDisk('only plain names are names', async (disk) => {
    await writeFile(disk, 'a', '');
    const bad = ['', '.', '..', '.lock', 'a/b', 'a\\b', '../a', 'é', 'a b'];
    for (const name of [...bad, 'a\n', 'x'.repeat(129)]) {
      await expectFailure(() => disk.open(name, 'create'), 'INVALID_INPUT');
      await expectFailure(() => disk.rename(name, 'b'), 'INVALID_INPUT');
      await expectFailure(() => disk.rename('a', name), 'INVALID_INPUT');
      await expectFailure(() => disk.remove(name), 'INVALID_INPUT');
    }
    const longest = 'x'.repeat(128);
    await writeFile(disk, longest, 'long');
    expectSame(disk.list(), ['a', longest], 'list');
  }),

  onFreshDisk('a position that is no position is a bug', async (disk) => {
    const file = await disk.open('a', 'create');
    for (const position of [-1, 0.5, Number.NaN, 2 ** 53]) {
      await expectBug(() => file.read(new Uint8Array(1), position));
      await expectBug(() => file.write(new Uint8Array(1), position));
      await expectBug(() => file.truncate(position));
    }
    expectSame(file.size(), 0, 'size');
  }),

  onFreshDisk('a closed file is of no more use', async (disk) => {
    const file = await disk.open('a', 'create');
    file.close();
    await expectClosedFile(file);
    file.close();
  }),

  onFreshDisk('a closed disk is of no more use', async (disk) => {
    const file = await disk.open('a', 'create');
    disk.close();
    await expectClosedFile(file);
    file.close();
    await expectFailure(() => disk.open('a', 'create'), 'CLOSED');
    await expectFailure(() => disk.list(), 'CLOSED');
    await expectFailure(() => disk.rename('a', 'b'), 'CLOSED');
    await expectFailure(() => disk.remove('a'), 'CLOSED');
    await expectFailure(() => disk.syncDirectory(), 'CLOSED');
    disk.close();
  }),

  onFreshDisk('closing while a sync runs is safe', async (disk) => {
    const file = await disk.open('a', 'create');
    writeFully(file, text('abc'), 0);
    const syncs = [file.sync(), file.sync(), disk.syncDirectory()];
    file.close();
    disk.close();
    await Promise.all(syncs);
  }),

  {
    name: 'a reopened disk has the same files',
    async run(factory) {
      let disk = await factory.create();
      try {
        const bytes = patternOf(10_000);
        const file = await disk.open('a', 'create');
        writeFully(file, bytes, 0);
        await writeFile(disk, 'b', 'renamed');
        await writeFile(disk, 'd', 'removed');
        disk.rename('b', 'c');
        disk.remove('d');
        await file.sync();
        await disk.syncDirectory();
        disk = await factory.reopen(disk);
        expectSame(disk.list(), ['a', 'c'], 'list');
        const again = await disk.open('a', 'existing');
        expectBytes(readWholeFile(again), bytes);
        expectContent(await disk.open('c', 'existing'), 'renamed');
      } finally {
        await factory.dispose(disk);
      }
    },
  },

  {
    name: 'closing without a sync loses nothing while the power stays on',
    async run(factory) {
      let disk = await factory.create();
      try {
        await writeFile(disk, 'a', 'unsynced');
        await writeFile(disk, 'b', 'old');
        disk.rename('a', 'b');
        disk = await factory.reopen(disk);
        expectSame(disk.list(), ['b'], 'list');
        expectContent(await disk.open('b', 'existing'), 'unsynced');
      } finally {
        await factory.dispose(disk);
      }
    },
  },

  {
    name: 'random commands do what they do to a Map of arrays',
    run: checkAgainstModel,
  },
];

function onFreshDisk(
  name: string,
  check: (disk: Disk) => Promise<void>,
): DiskCase {
  return {
    name,
    async run(factory) {
      const disk = await factory.create();
      try {
        await check(disk);
      } finally {
        await factory.dispose(disk);
      }
    },
  };
}
