/**
 * The worker in which the rungs run over OPFS and over memory. A message asks
 * for a case; the answer is how it failed, or '' when it did not.
 */
import { slicedCrc32 } from '../bytes/crc32.ts';
import type { DiskFactory } from '../disk/disk-suite.ts';
import { MemoryDisk } from '../disk/memory-disk.ts';
import { deleteOpfsDisk, OpfsDisk } from '../disk/opfs-disk.ts';
import { storeCases } from './key-value-suite.ts';
import { powerCutDisks } from './power-cut-disks-suite.ts';
import type { Rung } from './wrong-switches.ts';

/** What a page may ask of the worker. */
export interface RungRequest {
  readonly rung: Rung;
  readonly disk: 'memory' | 'opfs' | 'power-cuts';
  readonly caseName: string;
}

const names = new WeakMap<OpfsDisk, string>();

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
  create: () => openNamed(`rung-${crypto.randomUUID()}`),
  reopen: async (disk) => {
    disk.close();
    return openNamed(nameOf(disk));
  },
  dispose: async (disk) => {
    disk.close();
    await deleteOpfsDisk(nameOf(disk));
  },
};

const memoryDisks: DiskFactory<MemoryDisk> = {
  create: async () => new MemoryDisk(),
  reopen: async (disk) => {
    disk.close();
    return new MemoryDisk(disk.capture());
  },
  dispose: async (disk) => disk.close(),
};

const factories: Record<RungRequest['disk'], DiskFactory> = {
  memory: memoryDisks,
  opfs: opfsDisks,
  'power-cuts': powerCutDisks(1),
};

addEventListener('message', async ({ data }: MessageEvent<RungRequest>) => {
  try {
    const found = storeCases.find(({ name }) => name === data.caseName);
    if (found === undefined) throw new Error(`no case ${data.caseName}`);
    await found.run({ rung: data.rung, disks: factories[data.disk] });
    postMessage('');
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    postMessage(failure.stack ?? failure.message);
  }
});
