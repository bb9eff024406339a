/**
 * The flip campaign: every bit of a small database, flipped one at a time.
 *
 * Why: rot does not ask whether a crash has happened. Whatever bit turns, an
 * engine may answer correctly (the bit did not matter) or report corruption.
 * It must never answer wrongly.
 *
 * The databases were closed cleanly, so that every byte has a witness
 * (framed-record.ts names the limit for those that were not). Rung 1 has no
 * checksum and is not tried: it would believe almost anything.
 *
 * Cost: one opening a bit.
 */
import { CorruptionError } from '../base/errors.ts';
import { type DiskState, EMPTY_DISK_STATE } from '../disk/disk-state.ts';
import { SimulatedDisk } from '../disk/simulated-disk.ts';
import { type History, judge, type Verdict } from './judge.ts';
import {
  contentsOf,
  openUnderTest,
  type StoreUnderTest,
} from './judge-state.ts';
import { Random } from './random.ts';
import { RecordedRun } from './record-run.ts';
import { randomWorkload } from './workload.ts';

/** One flip that gave a wrong answer. */
export interface FlipViolation {
  readonly seed: number;
  readonly file: string;
  readonly offset: number;
  readonly bit: number;
  readonly verdict: Extract<Verdict, { kept: false }>;
}

export interface FlipCounts {
  flips: number;
  /** Flips that the engine reported as corruption. */
  refused: number;
  violations: FlipViolation[];
}

/** Flips every bit of the database that the workload of `seed` leaves. */
export async function flipEveryBit(
  underTest: StoreUnderTest,
  seed: number,
): Promise<FlipCounts> {
  const { state, history } = await closedDatabase(underTest, seed);
  const counts: FlipCounts = { flips: 0, refused: 0, violations: [] };
  for (const [file, inode] of state.names) {
    const sizeBytes = state.files.get(inode)?.durable.length ?? 0;
    for (let position = 0; position < sizeBytes * 8; position++) {
      const offset = position >> 3;
      const bit = position & 7;
      const disk = new SimulatedDisk({ state });
      disk.flipBit(file, offset, bit);
      const verdict = await readDamaged(underTest, disk, history, file);
      counts.flips++;
      if (verdict === 'refused') counts.refused++;
      else if (!verdict.kept) {
        counts.violations.push({ seed, file, offset, bit, verdict });
      }
    }
  }
  return counts;
}

async function closedDatabase(
  underTest: StoreUnderTest,
  seed: number,
): Promise<{ state: DiskState; history: History }> {
  const nothing = { before: new Map(), writes: [], acknowledged: 0 };
  const run = new RecordedRun(underTest, EMPTY_DISK_STATE, nothing);
  await run.open();
  await run.perform(randomWorkload(underTest.rung, new Random(seed)));
  // Reopening closes cleanly and makes the contents the baseline; the second
  // closing is the one whose files are damaged.
  await run.performStep({ do: 'reopen' });
  const before = run.history.before;
  await run.close();
  const history = { before, writes: [], acknowledged: 0 };
  return { state: run.captureState(), history };
}

async function readDamaged(
  underTest: StoreUnderTest,
  disk: SimulatedDisk,
  history: History,
  damagedFile: string,
): Promise<Verdict | 'refused'> {
  try {
    const store = await openUnderTest(underTest, disk);
    return judge(history, contentsOf(store));
  } catch (error) {
    if (!(error instanceof CorruptionError)) throw error;
    if (error.file === damagedFile) return 'refused';
    const promise = 'database will not open';
    const evidence = `${damagedFile} is damaged, blamed is ${error.message}`;
    return { kept: false, promise, evidence };
  }
}
