/**
 * The crash grid: every moment of a story times everything that may survive.
 *
 * Why: a reader who pulled the plug once and lost nothing has learned nothing.
 * The grid pulls it everywhere: after each change of the disk, for each choice
 * of the effects that were still pending, the store is opened on what is left
 * and judged. A green grid is an argument; one red cell is a refutation, and
 * can be replayed.
 *
 * Invariants: (1) a cell's commands, run as a story, end in its verdict.
 * (2) every subset is tried while 12 or fewer effects are pending.
 * Cost: one opening a cell; 2^pending cells a moment.
 */
import { slicedCrc32 } from '../bytes/crc32.ts';
import { type Survivors, surviveCrash } from '../disk/disk-state.ts';
import type { BrokenPromise } from '../ladder/wrong-switches.ts';
import { crashChoices } from '../simulation/crash-choices.ts';
import type { History, Verdict } from '../simulation/judge.ts';
import { judgeState, type StoreUnderTest } from '../simulation/judge-state.ts';
import { Random } from '../simulation/random.ts';
import { Story } from './story.ts';
import type { StoryEvent, StoryStep } from './story-recording.ts';

/** What recovery found: the state before, after, in between, or a lie. */
export type CrashOutcome =
  | 'recovered-old'
  | 'recovered-new'
  | 'recovered-between'
  | 'broken';

/** One way to crash, and how the store came out of it. */
export interface CrashCell {
  /** Index in the grid's `moments`. */
  readonly momentIndex: number;
  readonly commandIndex: number;
  readonly moment: number;
  /** The `keep=` text of the crash command. */
  readonly keep: string;
  readonly outcome: CrashOutcome;
  readonly promise: BrokenPromise | undefined;
  readonly evidence: string;
  /** A story that replays this cell. */
  readonly commands: readonly string[];
}

/** A point between two changes of the disk. */
export interface CrashMoment {
  readonly commandIndex: number;
  readonly moment: number;
  /** The last thing that happened before the power went. */
  readonly event: StoryEvent;
  readonly pendingCount: number;
}

export interface CrashGrid {
  readonly commands: readonly string[];
  readonly moments: readonly CrashMoment[];
  readonly cells: readonly CrashCell[];
}

export interface CrashGridConfig {
  /** For samples where there are too many subsets. */
  readonly seed?: number;
  /** Called now and then; return false to stop early. */
  readonly onProgress?: (done: number, total: number) => boolean;
}

const GRID_LIMITS = {
  exhaustiveEffectsMax: 12,
  sampleCount: 200,
  tornSampleCount: 0,
};

interface GridMoment extends CrashMoment {
  readonly step: StoryStep;
  readonly history: History;
  readonly underTest: StoreUnderTest;
}

/** Crashes a story at every moment in every way. */
export async function crashGrid(
  commands: readonly string[],
  config: CrashGridConfig = {},
): Promise<CrashGrid> {
  const moments = await gridMoments(commands);
  const random = new Random(config.seed ?? 1);
  const cells: CrashCell[] = [];
  for (const [momentIndex, moment] of moments.entries()) {
    const goesOn = config.onProgress?.(momentIndex, moments.length) ?? true;
    if (!goesOn) break;
    const { disk } = moment.step;
    for (const survivors of crashChoices(disk, random, GRID_LIMITS)) {
      const keep = keepText(survivors, disk.pending.length);
      const verdict = await judgeState(
        surviveCrash(disk, survivors),
        moment.underTest,
        moment.history,
      );
      cells.push(cellOf(commands, momentIndex, moment, keep, verdict));
    }
  }
  return {
    commands,
    cells,
    moments: moments.map(({ commandIndex, moment, event, pendingCount }) => ({
      commandIndex,
      moment,
      event,
      pendingCount,
    })),
  };
}

/** The moments at which something differs from the moment before. */
async function gridMoments(commands: readonly string[]): Promise<GridMoment[]> {
  const story = new Story();
  const moments: GridMoment[] = [];
  let seenSteps = 0;
  let lastKey = '';
  for (const command of commands) {
    await story.perform(command);
    const { steps } = story.recording();
    const fresh = steps.slice(Math.min(seenSteps, steps.length));
    seenSteps = steps.length;
    const choice = story.choice;
    if (choice === undefined) continue;
    const underTest = { ...choice, crc32: slicedCrc32 };
    for (const step of lastOfEachMoment(fresh)) {
      const key = momentKey(step);
      // Before the first command there is nothing to crash.
      if (key === lastKey || step.commandIndex < 0) continue;
      lastKey = key;
      moments.push({
        commandIndex: step.commandIndex,
        moment: step.moment,
        event: step.event,
        pendingCount: step.disk.pending.length,
        step,
        underTest,
        history: {
          ...story.history,
          writes: story.history.writes.slice(0, step.issuedWrites),
          acknowledged: step.acknowledgedWrites,
        },
      });
    }
  }
  return moments;
}

/** A crash after n changes comes after all that follows the n-th of them. */
function lastOfEachMoment(steps: readonly StoryStep[]): StoryStep[] {
  return steps.filter((step, index) => {
    const next = steps[index + 1];
    return next === undefined || next.moment !== step.moment;
  });
}

function momentKey(step: StoryStep): string {
  const ids = step.disk.pending.map(({ id, place }) => `${id}${place}`);
  const { nextId } = step.disk;
  const { issuedWrites, acknowledgedWrites } = step;
  return [nextId, issuedWrites, acknowledgedWrites, ...ids].join(' ');
}

function cellOf(
  commands: readonly string[],
  momentIndex: number,
  { commandIndex, moment, history }: GridMoment,
  keep: string,
  verdict: Verdict,
): CrashCell {
  const crash = `crash power after=${moment} keep=${keep}`;
  return {
    momentIndex,
    commandIndex,
    moment,
    keep,
    outcome: outcomeOf(verdict, history),
    promise: verdict.kept ? undefined : verdict.promise,
    evidence: verdict.kept ? '' : verdict.evidence,
    commands: [...commands.slice(0, commandIndex + 1), crash, 'open'],
  };
}

function outcomeOf(verdict: Verdict, history: History): CrashOutcome {
  if (!verdict.kept) return 'broken';
  if (verdict.survivingWrites === history.writes.length) return 'recovered-new';
  return verdict.survivingWrites === history.acknowledged
    ? 'recovered-old'
    : 'recovered-between';
}

/** The survivors as the `keep=` of a crash command. */
function keepText(survivors: Survivors, pendingCount: number): string {
  if (survivors.size === 0) return 'none';
  const parts = [...survivors].map(([id, survival]) => {
    if (survival === 'whole') return `${id}`;
    return survival === 'size' ? `${id}:size` : `${id}:${survival.join('+')}`;
  });
  const areAllWhole = [...survivors.values()].every((one) => one === 'whole');
  return areAllWhole && parts.length === pendingCount ? 'all' : parts.join(',');
}
