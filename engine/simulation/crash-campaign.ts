/**
 * The crash campaign: random workloads, every crash, and crashes after crashes.
 *
 * Why: a recovery that works once may leave a disk on which the next one
 * fails, and a crash *during* recovery is the crash that nobody tries. So for
 * some of the states the store goes on: it is opened while every change is
 * recorded, works a little, and is crashed again at each of those moments.
 *
 * A state is what a power cut (or the death of the process, which loses
 * nothing) left at one moment. States that look the same to recovery are
 * tried once. Each state is judged (judge.ts), reopened, and judged again.
 *
 * Invariant: a violation carries all that is needed to see it again.
 * Cost: about 20 to 200 us a state with small files, by rung.
 *
 * Real engines: SQLite's test harness, ALICE, CrashMonkey and TigerBeetle's
 * VOPR; see docs of `npm run crash`.
 */
import { WrongoError } from '../base/errors.ts';
import type { Crc32 } from '../bytes/crc32.ts';
import {
  type DiskState,
  EMPTY_DISK_STATE,
  type Survivors,
  surviveCrash,
} from '../disk/disk-state.ts';
import { SimulatedDisk } from '../disk/simulated-disk.ts';
import type { BrokenPromise } from '../ladder/wrong-switches.ts';
import { crashChoices, randomChoice } from './crash-choices.ts';
import { type History, judge, type Verdict } from './judge.ts';
import {
  contentsOf,
  openUnderTest,
  type StoreUnderTest,
} from './judge-state.ts';
import { Random } from './random.ts';
import { type RecordedMoment, RecordedRun } from './record-run.ts';
import { randomWorkload, type WorkloadStep } from './workload.ts';

/** A broken promise and how to break it again. */
export interface CrashViolation {
  readonly promise: BrokenPromise;
  readonly evidence: string;
  /** Seed of the workload: `--seed` of the command line. */
  readonly seed: number;
  readonly steps: readonly WorkloadStep[];
  readonly stepIndex: number;
  /** 1: after one crash; 2: after a crash, an opening and another crash. */
  readonly depth: 1 | 2;
  /** Pending effects that survived, by id; 'kill' when all stayed. */
  readonly survivors: string;
}

export interface CampaignCounts {
  workloads: number;
  /** Distinct states that were opened and judged. */
  states: number;
  /** Enumerated, but the same as one tried before. */
  repeated: number;
  violations: number;
}

/** The share of states from which the store goes on and crashes again. */
const DEPTH_TWO_CHANCE = 0.01;
/** Random crashes for each moment of a second life. */
const DEPTH_TWO_CHOICES = 4;

/** Enumerates crashes of one store, workload after workload. */
export class CrashCampaign {
  readonly counts: CampaignCounts = {
    workloads: 0,
    states: 0,
    repeated: 0,
    violations: 0,
  };
  /** The first violation of each promise. */
  readonly violations = new Map<BrokenPromise, CrashViolation>();
  readonly #underTest: StoreUnderTest;
  readonly #crc32: Crc32;
  readonly #historyKeys = new WeakMap<History, string>();
  #seed: number;

  constructor(underTest: StoreUnderTest, seed: number) {
    this.#underTest = underTest;
    this.#crc32 = underTest.crc32;
    this.#seed = seed;
  }

  /** Runs workloads until `isEnough` says so, asked after each of them. */
  async run(isEnough: (counts: CampaignCounts) => boolean): Promise<void> {
    while (!isEnough(this.counts)) {
      await this.runWorkload(this.#seed);
      this.#seed++;
    }
  }

  /** One workload with all its crashes; the same for the same seed. */
  async runWorkload(seed: number): Promise<void> {
    this.counts.workloads++;
    const random = new Random(seed);
    const steps = randomWorkload(this.#underTest.rung, random);
    const history = { before: new Map(), writes: [], acknowledged: 0 };
    const run = new RecordedRun(this.#underTest, EMPTY_DISK_STATE, history);
    const seen = new Set<string>();
    const where: Place = { seed, steps, depth: 1, random, seen };
    try {
      await run.open();
      await run.perform(steps);
    } catch (error) {
      this.#noteRefusal(where, run, error);
    }
    for (const moment of run.moments) await this.#crashAt(moment, where);
  }

  async #crashAt(moment: RecordedMoment, where: Place): Promise<void> {
    await this.#try(moment, moment.disk, 'kill', where);
    for (const survivors of crashChoices(moment.disk, where.random)) {
      const state = surviveCrash(moment.disk, survivors);
      await this.#try(moment, state, survivors, where);
    }
  }

  async #try(
    moment: RecordedMoment,
    state: DiskState,
    survivors: Survivors | 'kill',
    where: Place,
  ): Promise<void> {
    if (this.#wasSeen(state, moment, survivors === 'kill', where.seen)) return;
    this.counts.states++;
    const verdict = await this.#openTwice(state, moment.history);
    if (!verdict.kept) {
      this.#note(verdict, moment.stepIndex, survivors, where);
      return;
    }
    const goesOn =
      survivors === 'kill' || where.random.chance(DEPTH_TWO_CHANCE);
    if (where.depth === 1 && goesOn) {
      await this.#goOn(state, moment.history, where);
    }
  }

  /** A second life: recovery, some work, and crashes at every moment. */
  async #goOn(state: DiskState, history: History, first: Place): Promise<void> {
    const { random } = first;
    const rung = this.#underTest.rung;
    const count = 1 + random.below(5);
    const steps = randomWorkload(rung, random, 'again').slice(0, count);
    const run = new RecordedRun(this.#underTest, state, history);
    const where: Place = { ...first, steps, depth: 2, seen: new Set() };
    try {
      await run.open();
      await run.perform(steps);
    } catch (error) {
      this.#noteRefusal(where, run, error);
    }
    for (const moment of run.moments) {
      for (let choice = 0; choice < DEPTH_TWO_CHOICES; choice++) {
        // The first two are the likeliest to hurt: nothing, and everything.
        const effects = moment.disk.pending;
        const survivors: Survivors =
          choice === 0
            ? new Map()
            : choice === 1
              ? new Map(effects.map(({ id }) => [id, 'whole']))
              : randomChoice(effects, random);
        const after = surviveCrash(moment.disk, survivors);
        await this.#try(moment, after, survivors, where);
      }
    }
  }

  /** Opens, judges, opens again as if nothing had been written since. */
  async #openTwice(state: DiskState, history: History): Promise<Verdict> {
    try {
      const disk = new SimulatedDisk({ state });
      const contents = contentsOf(await openUnderTest(this.#underTest, disk));
      const verdict = judge(history, contents);
      if (!verdict.kept) return verdict;
      const again = new SimulatedDisk({ state: disk.captureState() });
      const shown = contentsOf(await openUnderTest(this.#underTest, again));
      const repeated = judge(
        { before: contents, writes: [], acknowledged: 0 },
        shown,
      );
      if (repeated.kept) return verdict;
      const promise = 'restart changed the answer';
      return { kept: false, promise, evidence: repeated.evidence };
    } catch (error) {
      if (!(error instanceof WrongoError)) throw error;
      const promise = 'database will not open';
      return { kept: false, promise, evidence: error.message };
    }
  }

  #wasSeen(
    state: DiskState,
    { history }: RecordedMoment,
    isKill: boolean,
    seen: Set<string>,
  ): boolean {
    // The same bytes are another case when something else was promised.
    let key = `${isKill} ${this.#historyKey(history)}`;
    for (const [name, inode] of state.names) {
      const bytes = state.files.get(inode)?.cached;
      if (bytes === undefined) continue;
      key += ` ${name} ${bytes.length} ${this.#crc32(bytes)}`;
    }
    if (seen.has(key)) {
      this.counts.repeated++;
      return true;
    }
    seen.add(key);
    return false;
  }

  #historyKey(history: History): string {
    const known = this.#historyKeys.get(history);
    if (known !== undefined) return known;
    const text = JSON.stringify([[...history.before], history.writes]);
    const checksum = this.#crc32(new TextEncoder().encode(text));
    const key = `${history.acknowledged} ${history.writes.length} ${checksum}`;
    this.#historyKeys.set(history, key);
    return key;
  }

  /** A store that refuses its own work without any crash or fault. */
  #noteRefusal(where: Place, run: RecordedRun, error: unknown): void {
    if (!(error instanceof WrongoError)) throw error;
    const stepIndex = run.moments.at(-1)?.stepIndex ?? -1;
    const promise = 'database will not open';
    const verdict = { kept: false, promise, evidence: error.message } as const;
    this.#note(verdict, stepIndex, 'kill', where);
  }

  #note(
    { promise, evidence }: Extract<Verdict, { kept: false }>,
    stepIndex: number,
    survivors: Survivors | 'kill',
    { seed, steps, depth }: Place,
  ): void {
    this.counts.violations++;
    if (this.violations.has(promise)) return;
    this.violations.set(promise, {
      promise,
      evidence,
      seed,
      steps,
      stepIndex,
      depth,
      survivors:
        survivors === 'kill'
          ? 'kill'
          : [...survivors].map(([id, how]) => `#${id} ${how}`).join('; '),
    });
  }
}

/** Where in a campaign a state comes from. */
interface Place {
  readonly seed: number;
  readonly steps: readonly WorkloadStep[];
  readonly depth: 1 | 2;
  readonly random: Random;
  readonly seen: Set<string>;
}
