/**
 * The fault campaign: the n-th call of the disk fails, for every n.
 *
 * Why: error paths run rarely and are written last. Here each disk call of a
 * workload fails in turn: an error, a full disk, a short write, a failed sync;
 * once, or from then on. The store may refuse, and may refuse for good. After
 * a power cut, what it had acknowledged must be there all the same.
 *
 * After a failed sync the cache may show what the medium never got (Linux
 * keeps the pages and marks them clean). No engine that reads through the
 * cache can tell, so a store is not reopened after one without a power cut.
 *
 * Cost: calls * faults * crashes openings a workload.
 */
import { WrongoError } from '../base/errors.ts';
import { EMPTY_DISK_STATE, surviveCrash } from '../disk/disk-state.ts';
import type { DiskFault, FaultPlan } from '../disk/simulated-disk.ts';
import { randomChoice } from './crash-choices.ts';
import type { Verdict } from './judge.ts';
import { judgeState, type StoreUnderTest } from './judge-state.ts';
import { Random } from './random.ts';
import { RecordedRun } from './record-run.ts';
import { randomWorkload, type WorkloadStep } from './workload.ts';

const FAULTS: readonly DiskFault[] = [
  { kind: 'fail', reason: 'EIO' },
  { kind: 'fail', reason: 'ENOSPC' },
  { kind: 'short-write', sizeBytes: 1 },
  { kind: 'short-write', sizeBytes: 0 },
];

/** One fault after which a promise was broken. */
export interface FaultViolation {
  readonly seed: number;
  readonly callIndex: number;
  readonly fault: DiskFault;
  readonly isLasting: boolean;
  readonly verdict: Extract<Verdict, { kept: false }>;
}

export interface FaultCounts {
  /** Runs with one fault plan each. */
  runs: number;
  states: number;
  violations: FaultViolation[];
}

/** Fails every call of the workload of `seed`, in every way. */
export async function failEveryCall(
  underTest: StoreUnderTest,
  seed: number,
): Promise<FaultCounts> {
  const random = new Random(seed);
  const steps = randomWorkload(underTest.rung, random);
  const callCount = await countCalls(underTest, steps);
  const counts: FaultCounts = { runs: 0, states: 0, violations: [] };
  for (let callIndex = 0; callIndex < callCount; callIndex++) {
    for (const fault of FAULTS) {
      for (const isLasting of [false, true]) {
        counts.runs++;
        const plan: FaultPlan = ({ index }) =>
          index === callIndex || (isLasting && index > callIndex)
            ? fault
            : undefined;
        const run = await runWithFault(underTest, steps, plan, callIndex);
        const verdict = await crashAfter(underTest, run, random, counts);
        if (verdict.kept) continue;
        const violation = { seed, callIndex, fault, isLasting, verdict };
        counts.violations.push(violation);
      }
    }
  }
  return counts;
}

async function countCalls(
  underTest: StoreUnderTest,
  steps: readonly WorkloadStep[],
): Promise<number> {
  let callCount = 0;
  await runWithFault(
    underTest,
    steps,
    ({ index }) => {
      callCount = index + 1;
      return undefined;
    },
    Number.POSITIVE_INFINITY,
  );
  return callCount;
}

/** Runs the steps; a step that is refused is passed over. */
async function runWithFault(
  underTest: StoreUnderTest,
  steps: readonly WorkloadStep[],
  plan: FaultPlan,
  callIndex: number,
): Promise<RecordedRun> {
  let hasFailed = false;
  const watched: FaultPlan = (call) => {
    hasFailed ||= call.index >= callIndex;
    return plan(call);
  };
  const nothing = { before: new Map(), writes: [], acknowledged: 0 };
  const run = new RecordedRun(underTest, EMPTY_DISK_STATE, nothing, watched);
  if (!(await isDone(run.open()))) return run;
  for (const step of steps) {
    if (step.do === 'reopen' && hasFailed) break;
    await isDone(run.performStep(step));
  }
  return run;
}

async function isDone(work: Promise<void>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof WrongoError) return false;
    throw error;
  }
}

async function crashAfter(
  underTest: StoreUnderTest,
  run: RecordedRun,
  random: Random,
  counts: FaultCounts,
): Promise<Verdict> {
  const disk = run.captureState();
  const whole = new Map(disk.pending.map(({ id }) => [id, 'whole'] as const));
  const choices = [new Map(), whole, randomChoice(disk.pending, random)];
  let verdict: Verdict = { kept: true, survivingWrites: 0 };
  for (const survivors of choices) {
    counts.states++;
    const state = surviveCrash(disk, survivors);
    verdict = await judgeState(state, underTest, run.history);
    if (!verdict.kept) break;
  }
  return verdict;
}
