/**
 * A race of writers against one slow disk, on a simulated clock.
 *
 * Why: group commit is an argument about time, and time is the one thing that
 * a test machine cannot hold still. Here the real append log runs on the
 * simulated disk, a sync takes exactly as long as it is told to, and the power
 * fails a thousand times at seeded moments, to see whether the speed was
 * bought with somebody's data.
 *
 * Invariants: (1) same configuration, same race. (2) a commit counts when its
 * sync() resolved before the end. (3) each crash keeps a seeded choice of the
 * pending effects, and the store is opened on it and judged.
 * Cost: O(commits) for the race, one recovery a crash.
 */
import { InvalidInputError } from '../base/errors.ts';
import { toByteString } from '../bytes/byte-string.ts';
import { slicedCrc32 } from '../bytes/crc32.ts';
import { surviveCrash } from '../disk/disk-state.ts';
import { SimulatedDisk } from '../disk/simulated-disk.ts';
import type { KeyValueStore } from '../ladder/key-value-store.ts';
import { openStore } from '../ladder/open-store.ts';
import type { BrokenPromise } from '../ladder/wrong-switches.ts';
import { SimulatedClock } from './clock.ts';
import { randomChoice } from './crash-choices.ts';
import type { HistoryWrite } from './judge.ts';
import { judgeState, type StoreUnderTest } from './judge-state.ts';
import { Random } from './random.ts';

export interface CommitRaceConfig {
  /** Writers that each put, sync, and begin again: 1 to 64. */
  readonly writers: number;
  /** How long one sync takes: 0.1 to 100. */
  readonly syncLatencyMs: number;
  /** Simulated length of the race: 10 to 2,000. */
  readonly durationMs: number;
  /** One sync for all who wait, or one for each. */
  readonly grouping: 'shared' | 'alone';
  readonly acknowledge: 'after-sync' | 'before-sync';
  /** A lying drive answers a sync without having written. */
  readonly drive: 'honest' | 'lying';
  /** Power cuts to try: 0 to 10,000. */
  readonly crashCount: number;
  readonly seed: number;
}

/** One commit in a writer's lane. */
export interface CommitLane {
  readonly writer: number;
  readonly startMs: number;
  readonly endMs: number;
  /** Which disk sync made it durable; 0 when none had to. */
  readonly syncNumber: number;
}

export interface CommitRace {
  readonly config: CommitRaceConfig;
  readonly acknowledged: number;
  readonly commitsPerSecond: number;
  readonly syncCount: number;
  readonly lanes: readonly CommitLane[];
  readonly crashes: {
    /** All that were asked for, or fewer when 20 of them lost something. */
    readonly tried: number;
    /** Crashes after which an acknowledged write was missing. */
    readonly broken: number;
    readonly promise: BrokenPromise | undefined;
  };
}

/** What a client does between two commits, so that no loop is free. */
const THINK_MS = 1;

/** After so many crashes with losses, more of them prove nothing. */
const BROKEN_ENOUGH = 20;

const JUDGE: StoreUnderTest = {
  rung: 'append-log',
  crc32: slicedCrc32,
  config: {},
};

/** Runs the race and its crashes. Throws InvalidInputError. */
export async function raceCommits(
  config: CommitRaceConfig,
): Promise<CommitRace> {
  checkConfig(config);
  const race = new Race(config);
  await race.run();
  return {
    config,
    acknowledged: race.lanes.length,
    commitsPerSecond: (race.lanes.length * 1000) / config.durationMs,
    syncCount: race.syncCount,
    lanes: race.lanes,
    crashes: race.crashes,
  };
}

class Race {
  readonly lanes: CommitLane[] = [];
  crashes: CommitRace['crashes'] = { tried: 0, broken: 0, promise: undefined };
  syncCount = 0;
  readonly #config: CommitRaceConfig;
  readonly #random: Random;
  readonly #writes: HistoryWrite[] = [];
  readonly #clock = new SimulatedClock();
  readonly #disk: SimulatedDisk;
  #acknowledged = 0;
  #isOver = false;

  constructor(config: CommitRaceConfig) {
    this.#config = config;
    this.#random = new Random(config.seed);
    this.#disk = new SimulatedDisk({
      syncLatency: async () => {
        await this.#clock.sleep(config.syncLatencyMs);
        this.syncCount++;
      },
      faults: ({ operation }) => {
        const lies = config.drive === 'lying' && operation === 'sync';
        return lies ? { kind: 'lying-sync' } : undefined;
      },
    });
  }

  async run(): Promise<void> {
    const { writers, durationMs } = this.#config;
    const opening = this.#open();
    // Opening syncs too; the race starts when it is done.
    await this.#clock.runUntil(10 * this.#config.syncLatencyMs);
    const store = await opening;
    this.syncCount = 0;
    const startMs = this.#clock.nowMs;
    for (let writer = 0; writer < writers; writer++) {
      void this.#write(store, writer, startMs);
    }
    for (const timeMs of outageTimes(this.#config, this.#random)) {
      await this.#clock.runUntil(startMs + timeMs);
      if (this.crashes.broken < BROKEN_ENOUGH) await this.#pullThePlug();
    }
    await this.#clock.runUntil(startMs + durationMs);
    this.#isOver = true;
  }

  /** Judges what a power cut now would leave; the race goes on. */
  async #pullThePlug(): Promise<void> {
    const disk = this.#disk.captureState();
    const survivors = randomChoice(disk.pending, this.#random);
    const verdict = await judgeState(surviveCrash(disk, survivors), JUDGE, {
      before: new Map(),
      writes: this.#writes.slice(),
      acknowledged: this.#acknowledged,
    });
    const { tried, broken, promise } = this.crashes;
    this.crashes = verdict.kept
      ? { tried: tried + 1, broken, promise }
      : {
          tried: tried + 1,
          broken: broken + 1,
          promise: promise ?? verdict.promise,
        };
  }

  async #open(): Promise<KeyValueStore> {
    const { acknowledge, grouping } = this.#config;
    return openStore('append-log', this.#disk, {
      crc32: slicedCrc32,
      groupCommit: grouping === 'shared',
      wrong: acknowledge === 'before-sync' ? ['acknowledge-before-sync'] : [],
    });
  }

  async #write(
    store: KeyValueStore,
    writer: number,
    raceStartMs: number,
  ): Promise<void> {
    for (let turn = 0; !this.#isOver; turn++) {
      await this.#clock.sleep(THINK_MS);
      const startMs = this.#clock.nowMs - raceStartMs;
      const key = new TextEncoder().encode(`w${writer}-${turn}`);
      this.#writes.push({ key: toByteString(key), value: 'paid' });
      const number = this.#writes.length;
      store.put(key, new TextEncoder().encode('paid'));
      await store.sync();
      const endMs = this.#clock.nowMs - raceStartMs;
      if (this.#isOver || endMs > this.#config.durationMs) return;
      this.#acknowledged = Math.max(this.#acknowledged, number);
      const syncNumber = this.syncCount;
      this.lanes.push({ writer, startMs, endMs, syncNumber });
    }
  }
}

function outageTimes(config: CommitRaceConfig, random: Random): number[] {
  const times: number[] = [];
  for (let index = 0; index < config.crashCount; index++) {
    times.push((random.u32() / 0x1_0000_0000) * config.durationMs);
  }
  return times.sort((a, b) => a - b);
}

function checkConfig(config: CommitRaceConfig): void {
  checkRange('writers', config.writers, 1, 64);
  checkRange('syncLatencyMs', config.syncLatencyMs, 0.1, 100);
  checkRange('durationMs', config.durationMs, 10, 2000);
  checkRange('crashCount', config.crashCount, 0, 10_000);
}

function checkRange(
  name: string,
  value: number,
  min: number,
  max: number,
): void {
  if (value >= min && value <= max) return;
  throw new InvalidInputError(`${name} is ${min} to ${max}; got ${value}`);
}
