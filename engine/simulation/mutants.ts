/**
 * The kill table: does the simulation catch every wrong switch?
 *
 * Why: a harness that finds nothing may be testing a good engine, or nothing.
 * Each wrong switch is a mutant of the engine with one rule removed. The
 * harness must catch each, by the promise that the table names; a survivor
 * means that some rule is not tested, and the command exits with status 1.
 *
 * Cost: seconds in all; each mutant stops at its first violation.
 */
import type { Crc32 } from '../bytes/crc32.ts';
import type {
  BrokenPromise,
  Rung,
  WrongRule,
} from '../ladder/wrong-switches.ts';
import { CrashCampaign } from './crash-campaign.ts';
import { failEveryCall } from './fault-campaign.ts';
import { flipEveryBit } from './flip-campaign.ts';
import type { StoreUnderTest } from './judge-state.ts';

/** What happened to one mutant. */
export interface MutantResult {
  readonly rule: WrongRule;
  readonly killed: boolean;
  /** States that were tried until it was caught, or in vain. */
  readonly statesTried: number;
  readonly evidence: string;
}

/** Small segments, so that a short workload fills several of them. */
const SEGMENT_SIZE_BYTES_MAX = 200;
/** A mutant that is alive after so many states has survived. */
const STATES_MAX = 600_000;
const SEEDS_MAX = 40;

/** A rung as the campaigns open it; wrong switches are optional. */
export function underTest(
  rung: Rung,
  crc32: Crc32,
  wrong: readonly string[] = [],
): StoreUnderTest {
  const isSegmented = rung === 'hash-index';
  const size = isSegmented
    ? { segmentSizeBytesMax: SEGMENT_SIZE_BYTES_MAX }
    : {};
  return { rung, crc32, config: { wrong, ...size } };
}

/** Hunts one mutant, by the kind of test that its row names. */
export async function huntMutant(
  rule: WrongRule,
  crc32: Crc32,
  seed: number,
): Promise<MutantResult> {
  const mutant = underTest(rule.rung, crc32, [rule.name]);
  const hunt = { crash: huntByCrash, flip: huntByFlip, fault: huntByFault };
  const { statesTried, evidence } = await hunt[rule.killedBy](
    mutant,
    rule.promise,
    seed,
  );
  const killed = evidence !== undefined;
  return { rule, killed, statesTried, evidence: evidence ?? 'none found' };
}

interface Hunt {
  readonly statesTried: number;
  readonly evidence: string | undefined;
}

async function huntByCrash(
  mutant: StoreUnderTest,
  promise: BrokenPromise,
  seed: number,
): Promise<Hunt> {
  const campaign = new CrashCampaign(mutant, seed);
  const isCaught = () => campaign.violations.has(promise);
  await campaign.run(({ states }) => isCaught() || states >= STATES_MAX);
  const found = campaign.violations.get(promise);
  const evidence =
    found &&
    `seed ${found.seed}, step ${found.stepIndex}, ` +
      `depth ${found.depth}: ${found.evidence}`;
  return { statesTried: campaign.counts.states, evidence };
}

async function huntByFlip(
  mutant: StoreUnderTest,
  promise: BrokenPromise,
  seed: number,
): Promise<Hunt> {
  let statesTried = 0;
  for (let offset = 0; offset < SEEDS_MAX; offset++) {
    const { flips, violations } = await flipEveryBit(mutant, seed + offset);
    statesTried += flips;
    const found = violations.find(({ verdict }) => verdict.promise === promise);
    if (found === undefined) continue;
    const { file, bit } = found;
    const evidence = `${file}, byte ${found.offset}, bit ${bit}`;
    return { statesTried, evidence };
  }
  return { statesTried, evidence: undefined };
}

async function huntByFault(
  mutant: StoreUnderTest,
  promise: BrokenPromise,
  seed: number,
): Promise<Hunt> {
  let statesTried = 0;
  for (let offset = 0; offset < SEEDS_MAX; offset++) {
    const { states, violations } = await failEveryCall(mutant, seed + offset);
    statesTried += states;
    const found = violations.find(({ verdict }) => verdict.promise === promise);
    if (found === undefined) continue;
    const evidence = `disk call ${found.callIndex} failed: ${found.verdict.evidence}`;
    return { statesTried, evidence };
  }
  return { statesTried, evidence: undefined };
}
