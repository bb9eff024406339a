/**
 * What the store suites share: how a case comes by its store, and the few
 * assertions that are about stores. No test runner: it also runs in a worker.
 */
import { slicedCrc32 } from '../bytes/crc32.ts';
import { bytesToHex } from '../bytes/hex.ts';
import type { Disk } from '../disk/disk.ts';
import { expectSame } from '../disk/disk-expectation-suite.ts';
import type { DiskFactory } from '../disk/disk-suite.ts';
import type {
  Entry,
  KeyValueStore,
  StoreCapabilities,
} from './key-value-store.ts';
import { openStore } from './open-store.ts';
import type { Rung } from './wrong-switches.ts';

/** One rung over one kind of disk. */
export interface StoreFactory {
  readonly rung: Rung;
  readonly disks: DiskFactory;
  /** Rules to leave out, to see that a suite notices. */
  readonly wrong?: readonly string[];
}

/** One promise of the contract. Throws when a store breaks it. */
export interface StoreCase {
  readonly name: string;
  run(factory: StoreFactory): Promise<void>;
}

/** The scoreboard: what each rung says of itself, and must live up to. */
export const RUNG_CAPABILITIES: Record<Rung, StoreCapabilities> = {
  'json-file': scoreboardRow({ ordered: true }),
  'append-log': scoreboardRow({ ordered: true }),
  'hash-index': scoreboardRow({ ordered: false }),
};

/** The file that holds the data of a small store. */
export const MAIN_FILES: Record<Rung, string> = {
  'json-file': 'data.json',
  'append-log': 'append.log',
  'hash-index': 'segment-000001.log',
};

/** So small that a few records fill a segment. */
const SEGMENT_SIZE_BYTES = 256;

/** A case on a new store; closes the store and the disk whatever happens. */
export function onFreshStore(
  name: string,
  check: (store: KeyValueStore, factory: StoreFactory) => Promise<void>,
): StoreCase {
  return onFreshDisk(name, async (disk, factory) => {
    const store = await openRung(factory, disk);
    try {
      await check(store, factory);
    } finally {
      await store.close();
    }
  });
}

/** A case on an empty disk, which it may hand back for another. */
export function onFreshDisk(
  name: string,
  // biome-ignore lint/suspicious/noConfusingVoidType: most cases return nothing
  check: (disk: Disk, factory: StoreFactory) => Promise<Disk | void>,
): StoreCase {
  return {
    name,
    async run(factory) {
      let disk = await factory.disks.create();
      try {
        disk = (await check(disk, factory)) ?? disk;
      } finally {
        await factory.disks.dispose(disk);
      }
    },
  };
}

export function openRung(
  { rung, wrong = [] }: StoreFactory,
  disk: Disk,
): Promise<KeyValueStore> {
  const segmentSizeBytesMax = SEGMENT_SIZE_BYTES;
  const config = { crc32: slicedCrc32, segmentSizeBytesMax, wrong };
  return openStore(rung, disk, config);
}

/** The value of a key, as text; undefined when the key is absent. */
export function textAt(
  store: KeyValueStore,
  key: Uint8Array,
): string | undefined {
  const value = store.get(key);
  return value && new TextDecoder().decode(value);
}

/** Compares a scan with "key=value" texts; both in hex, in any order. */
export function expectEntries(
  entries: readonly Entry[],
  expected: readonly (readonly [key: Uint8Array, value: Uint8Array])[],
): void {
  const found = entries.map(({ key, value }) => entryText(key, value)).sort();
  const wanted = expected.map(([key, value]) => entryText(key, value)).sort();
  expectSame(found.length, wanted.length, 'number of entries');
  for (const [index, entry] of found.entries()) {
    expectSame(entry, wanted[index], `entry ${index}`);
  }
}

function entryText(key: Uint8Array, value: Uint8Array): string {
  return `${bytesToHex(key)}=${bytesToHex(value)}`;
}

function scoreboardRow(row: { ordered: boolean }): StoreCapabilities {
  return { ...row, durable: true, snapshots: false, transactions: false };
}
