/**
 * Opening a store on what a crash left, and judging what it shows.
 *
 * Why: the crash grid of the page and the campaign of the command line must
 * apply the same law, or the page would teach what the tests do not prove.
 */
import { WrongoError } from '../base/errors.ts';
import { toByteString } from '../bytes/byte-string.ts';
import type { Crc32 } from '../bytes/crc32.ts';
import type { Disk } from '../disk/disk.ts';
import type { DiskState } from '../disk/disk-state.ts';
import { SimulatedDisk } from '../disk/simulated-disk.ts';
import type { KeyValueStore } from '../ladder/key-value-store.ts';
import { type LadderConfig, openStore } from '../ladder/open-store.ts';
import type { Rung } from '../ladder/wrong-switches.ts';
import { type History, judge, type Verdict } from './judge.ts';

/** Which store to open, and how: a rung with its options. */
export interface StoreUnderTest {
  readonly rung: Rung;
  readonly crc32: Crc32;
  readonly config: Omit<LadderConfig, 'crc32' | 'tracer'>;
}

/** Opens the store under test. Throws as its open() does. */
export function openUnderTest(
  { rung, crc32, config }: StoreUnderTest,
  disk: Disk,
): Promise<KeyValueStore> {
  return openStore(rung, disk, { ...config, crc32 });
}

/** What a store holds, as byte strings. */
export function contentsOf(store: KeyValueStore): Map<string, string> {
  const contents = new Map<string, string>();
  for (const { key, value } of store.scan()) {
    contents.set(toByteString(key), toByteString(value));
  }
  return contents;
}

/**
 * Opens the store on `state` and judges it against `history`. An error that
 * the engine reports is a verdict; anything else is a bug and is thrown.
 */
export async function judgeState(
  state: DiskState,
  underTest: StoreUnderTest,
  history: History,
): Promise<Verdict> {
  try {
    const disk = new SimulatedDisk({ state });
    const store = await openUnderTest(underTest, disk);
    return judge(history, contentsOf(store));
  } catch (error) {
    if (!(error instanceof WrongoError)) throw error;
    const promise = 'database will not open';
    return { kept: false, promise, evidence: error.message };
  }
}
