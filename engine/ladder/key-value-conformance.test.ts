import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DiskFactory } from '../disk/disk-suite.ts';
import { MemoryDisk } from '../disk/memory-disk.ts';
import { NodeDisk } from '../disk/node-disk.ts';
import { SimulatedDisk } from '../disk/simulated-disk.ts';
import { describeStore } from './key-value-conformance.ts';
import { powerCutDisks } from './power-cut-disks-suite.ts';
import { RUNGS } from './wrong-switches.ts';

const memoryDisks: DiskFactory<MemoryDisk> = {
  create: async () => new MemoryDisk(),
  reopen: async (disk) => {
    disk.close();
    return new MemoryDisk(disk.capture());
  },
  dispose: async (disk) => disk.close(),
};

const simulatedDisks: DiskFactory<SimulatedDisk> = {
  create: async () => new SimulatedDisk(),
  // A killed process: the operating system keeps everything.
  reopen: async (disk) => {
    disk.close();
    return new SimulatedDisk({ state: disk.captureState() });
  },
  dispose: async (disk) => disk.close(),
};

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

for (const rung of RUNGS) {
  describeStore(`${rung} on the memory disk`, { rung, disks: memoryDisks });
  describeStore(`${rung} on the simulated disk`, {
    rung,
    disks: simulatedDisks,
  });
  describeStore(`${rung} on the Node disk`, { rung, disks: nodeDisks });
  for (const salt of [1, 2, 3]) {
    const disks = powerCutDisks(salt);
    describeStore(`${rung} through power cuts ${salt}`, { rung, disks });
  }
}
