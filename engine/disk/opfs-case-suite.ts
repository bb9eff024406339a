/**
 * What only an OPFS disk has to do, as cases like those of disk-suite.ts: they
 * run in a dedicated worker.
 */
import { LockedError } from '../base/errors.ts';
import { slicedCrc32 } from '../bytes/crc32.ts';
import type { Disk } from './disk.ts';
import {
  expectBytes,
  expectContent,
  expectFailure,
  expectSame,
  patternOf,
  writeFile,
} from './disk-expectation-suite.ts';
import { type DiskCase, type DiskFactory, diskCases } from './disk-suite.ts';
import { deleteOpfsDisk, OpfsDisk } from './opfs-disk.ts';
import { writeFully } from './whole-file.ts';

const names = new WeakMap<Disk, string>();

async function openNamed(name: string): Promise<OpfsDisk> {
  const disk = await OpfsDisk.open(name, slicedCrc32);
  names.set(disk, name);
  return disk;
}

function nameOf(disk: OpfsDisk): string {
  const name = names.get(disk);
  if (name === undefined) throw new Error('this disk is a stranger');
  return name;
}

const opfsDisks: DiskFactory<OpfsDisk> = {
  create: () => openNamed(`test-${crypto.randomUUID()}`),
  reopen: async (disk) => {
    disk.close();
    return openNamed(nameOf(disk));
  },
  dispose: async (disk) => {
    disk.close();
    await deleteOpfsDisk(nameOf(disk));
  },
};

/** All files of the browser's in a directory. */
async function realFiles(directoryName: string): Promise<Map<string, File>> {
  const root = await navigator.storage.getDirectory();
  const directory = await root.getDirectoryHandle(directoryName);
  const files = new Map<string, File>();
  for await (const [name, handle] of directory.entries()) {
    if (handle.kind !== 'file') throw new Error(`${name} is a directory`);
    files.set(name, await handle.getFile());
  }
  return files;
}

const onlyOpfs: readonly DiskCase[] = [
  onDisk('the content lies at 4096, byte for byte', async (disk) => {
    const file = await disk.open('a', 'create');
    const bytes = patternOf(5000);
    writeFully(file, bytes, 0);
    disk.close();
    const real = (await realFiles(nameOf(disk))).get('slot-0');
    if (real === undefined) throw new Error('there is no slot-0');
    expectBytes(new Uint8Array(await real.arrayBuffer()).slice(4096), bytes);
  }),

  onDisk('a freed file is used again', async (disk) => {
    for (let save = 0; save < 5; save++) {
      await writeFile(disk, 'new', `save ${save}`);
      disk.rename('new', 'a');
      await disk.syncDirectory();
    }
    expectContent(await disk.open('a', 'existing'), 'save 4');
    disk.close();
    const real = [...(await realFiles(nameOf(disk))).keys()].sort();
    expectSame(real, ['lock', 'slot-0', 'slot-1'], 'real files');
  }),

  onDisk('many names at once get a file each', async (disk) => {
    const wanted = Array.from({ length: 12 }, (_, index) => `file-${index}`);
    const files = await Promise.all(
      wanted.map((name) => disk.open(name, 'create')),
    );
    files.forEach((file, index) => {
      writeFully(file, patternOf(index + 1), 0);
    });
    expectSame(disk.list(), wanted.toSorted(), 'list');
    files.forEach((file, index) => {
      expectSame(file.size(), index + 1, `size of ${file.name}`);
    });
  }),

  onDisk('a second opening is refused, and not a third later', async (disk) => {
    const name = nameOf(disk);
    const refused = await OpfsDisk.open(name, slicedCrc32).catch((e) => e);
    expectSame(refused instanceof LockedError, true, String(refused));
    await expectFailure(() => deleteOpfsDisk(name), 'LOCKED');
    disk.close();
    (await OpfsDisk.open(name, slicedCrc32)).close();
  }),

  onDisk('closing while a name waits for its file is safe', async (disk) => {
    const opening = disk.open('a', 'create');
    disk.close();
    await expectFailure(() => opening, 'CLOSED');
    (await OpfsDisk.open(nameOf(disk), slicedCrc32)).close();
  }),

  onDisk('damage is reported, and locks nobody out', async (disk) => {
    await writeFile(disk, 'a', 'content');
    disk.close();
    const root = await navigator.storage.getDirectory();
    const directory = await root.getDirectoryHandle(nameOf(disk));
    const file = await directory.getFileHandle('slot-0');
    const handle = await file.createSyncAccessHandle();
    handle.write(new Uint8Array(4096), { at: 0 });
    handle.close();
    const opening = () => OpfsDisk.open(nameOf(disk), slicedCrc32);
    await expectFailure(opening, 'CORRUPTION');
    await expectFailure(opening, 'CORRUPTION');
  }),

  {
    name: 'deleting what is not there does nothing',
    run: () => deleteOpfsDisk(`test-${crypto.randomUUID()}`),
  },

  {
    name: 'a directory has a plain name',
    async run() {
      const opening = () => OpfsDisk.open('a/b', slicedCrc32);
      await expectFailure(opening, 'INVALID_INPUT');
      await expectFailure(() => deleteOpfsDisk('..'), 'INVALID_INPUT');
    },
  },
];

/** The whole contract, and what is special here. */
export const opfsCases: readonly DiskCase[] = [...diskCases, ...onlyOpfs];

/** Runs a case of that name. Throws when it fails. */
export async function runOpfsCase(name: string): Promise<void> {
  const found = opfsCases.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no case ${name}`);
  await found.run(opfsDisks);
}

function onDisk(
  name: string,
  check: (disk: OpfsDisk) => Promise<void>,
): DiskCase {
  return {
    name,
    async run() {
      const disk = await opfsDisks.create();
      try {
        await check(disk);
      } finally {
        await opfsDisks.dispose(disk);
      }
    },
  };
}
