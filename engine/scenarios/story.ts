/**
 * A story: a scenario's commands, run on a simulated disk, step by step.
 *
 * Why: tests want the answers, figures want the inside. A story has both:
 * each command's answers, and for each event the disk's state and the store's
 * inspection at that moment. It also keeps the history of what was asked and
 * acknowledged, so that every reopening is judged.
 *
 * A crash may be placed *inside* the last command: `crash power after=2` means
 * after its second change of the disk. The story rewinds to that moment, and
 * the steps after it never happened.
 *
 * Invariants: (1) same commands, same steps, bit for bit. (2) a step's state
 * is never changed later. (3) `moment` counts the disk changes of a command.
 */
import { assert } from '../base/assert.ts';
import { InvalidInputError, WrongoError } from '../base/errors.ts';
import { toByteString } from '../bytes/byte-string.ts';
import { slicedCrc32 } from '../bytes/crc32.ts';
import type { Disk } from '../disk/disk.ts';
import { type DiskState, EMPTY_DISK_STATE } from '../disk/disk-state.ts';
import { type DiskFault, SimulatedDisk } from '../disk/simulated-disk.ts';
import { TracedDisk } from '../disk/traced-disk.ts';
import type { KeyValueStore } from '../ladder/key-value-store.ts';
import { openStore } from '../ladder/open-store.ts';
import type { BrokenPromise } from '../ladder/wrong-switches.ts';
import { type History, judge } from '../simulation/judge.ts';
import { contentsOf } from '../simulation/judge-state.ts';
import { countEvent, type Meters, NO_METERS } from '../trace/meters.ts';
import { Recorder } from '../trace/recorder.ts';
import { DISK_CHANGES, type TraceEvent } from '../trace/trace-event.ts';
import { type Tracer, tracerTo } from '../trace/tracer.ts';
import { parseCommand } from './command-line.ts';
import { STORY_COMMANDS } from './story-commands.ts';
import type {
  StoryEvent,
  StoryRecording,
  StoryStep,
  StoryStoreChoice,
  StoryVerdict,
} from './story-recording.ts';

/** Runs commands and records every step. */
export class Story {
  readonly #commands: string[] = [];
  readonly #answers: string[][] = [];
  readonly #verdicts: StoryVerdict[] = [];
  readonly #recorder = new Recorder<StoryEvent, StoryStep>((event) =>
    this.#capture(event),
  );
  readonly #tracer: Tracer = tracerTo((event) => {
    if (!this.#isJudging) this.#recorder.emit(event);
  });
  #commandIndex = -1;
  #moment = 0;
  #meters = NO_METERS;
  #history: History = { before: new Map(), writes: [], acknowledged: 0 };
  #simulated = new SimulatedDisk();
  #store: KeyValueStore | undefined;
  #choice: StoryStoreChoice | undefined;
  #faults: { operation: string; fault: DiskFault }[] = [];
  #isDamaged = false;
  #hasCrashed = false;
  #isJudging = false;

  constructor() {
    this.#startDisk(EMPTY_DISK_STATE);
    this.#recorder.emit({ type: 'story.started' });
  }

  /** Runs every command; errors of the engine become answers. */
  static async run(commands: readonly string[]): Promise<StoryRecording> {
    const story = new Story();
    for (const command of commands) await story.perform(command);
    return story.recording();
  }

  /**
   * Runs one command and returns its answers. Throws InvalidInputError for a
   * command that does not exist; an engine's error is an answer.
   */
  async perform(command: string): Promise<readonly string[]> {
    const line = parseCommand(command);
    const run = STORY_COMMANDS.get(line.verb);
    if (run === undefined) {
      const verbs = [...STORY_COMMANDS.keys()].join(', ');
      throw new InvalidInputError(
        `there is no command ${line.verb}; there are ${verbs}`,
      );
    }
    this.#commandIndex = this.#commands.push(command) - 1;
    this.#moment = 0;
    const answers = await this.#answersOf(() => run(this, line));
    this.#answers[this.#commandIndex] = answers;
    this.#recorder.emit({ type: 'story.answered', answers });
    return answers;
  }

  recording(): StoryRecording {
    return {
      commands: this.#commands,
      answers: this.#answers,
      steps: this.#recorder.steps,
      verdicts: this.#verdicts,
    };
  }

  /** The open store. Throws InvalidInputError when there is none. */
  get store(): KeyValueStore {
    if (this.#store !== undefined) return this.#store;
    throw new InvalidInputError('no store is open');
  }

  get disk(): SimulatedDisk {
    return this.#simulated;
  }

  get meters(): Meters {
    return this.#meters;
  }

  /** Opens a store (the same as before by default) and judges it. */
  async open(choice: StoryStoreChoice | undefined): Promise<string[]> {
    const chosen = choice ?? this.#choice;
    if (chosen === undefined) throw new InvalidInputError('open what?');
    if (this.#store !== undefined) {
      throw new InvalidInputError('a store is open already');
    }
    this.#choice = chosen;
    const disk: Disk = new TracedDisk(this.#simulated, this.#tracer);
    try {
      this.#store = await openStore(chosen.rung, disk, {
        ...chosen.config,
        crc32: slicedCrc32,
        tracer: this.#tracer,
      });
      return this.#judgeContents(this.#store);
    } catch (error) {
      return this.#judgeRefusal(error);
    }
  }

  /** Closes the store, if one is open. */
  async close(): Promise<void> {
    const store = this.#store;
    this.#store = undefined;
    await store?.close();
    this.#acknowledgeAll();
  }

  /** Performs a write and keeps it in the history, unless it is refused. */
  write(key: Uint8Array, value: Uint8Array | undefined): void {
    const store = this.store;
    const before = this.#history;
    const write = {
      key: toByteString(key),
      value: value && toByteString(value),
    };
    // Noted first: a crash in the middle of it may leave it or not.
    this.#history = { ...before, writes: [...before.writes, write] };
    try {
      if (value === undefined) store.delete(key);
      else store.put(key, value);
    } catch (error) {
      this.#history = before;
      throw error;
    }
  }

  /** What was asked since the last opening, and what was promised. */
  get history(): History {
    return this.#history;
  }

  /** How the store was opened last. */
  get choice(): StoryStoreChoice | undefined {
    return this.#choice;
  }

  /** The process dies and the disk becomes `state`. */
  crash(kind: 'power' | 'kill', state: DiskState, lostEffectCount: number) {
    this.#store = undefined;
    this.#faults = [];
    this.#hasCrashed = true;
    this.#startDisk(state);
    this.#recorder.emit({ type: 'story.crashed', kind, lostEffectCount });
  }

  /**
   * The disk as it was after `moment` changes of the last command; that
   * command's later steps are forgotten. All its changes by default.
   */
  rewind(moment: number | undefined): DiskState {
    const last = this.#commandIndex - 1;
    if (moment === undefined) return this.#simulated.captureState();
    const isLater = (step: StoryStep) =>
      step.commandIndex === last && step.moment > moment;
    const { steps } = this.#recorder;
    const from = steps.findIndex(isLater);
    const most = steps
      .filter((step) => step.commandIndex === last)
      .reduce((max, step) => Math.max(max, step.moment), 0);
    if (moment > most) {
      throw new InvalidInputError(
        `the last command changed the disk ${most} times, not ${moment}`,
      );
    }
    if (from >= 0) {
      this.#recorder.rewindTo(from);
      // It never came to its answer.
      this.#answers[last] = [];
    }
    const step = this.#recorder.steps.at(-1);
    assert(step !== undefined, 'a story begins with a step');
    this.#history = {
      ...this.#history,
      writes: this.#history.writes.slice(0, step.issuedWrites),
      acknowledged: step.acknowledgedWrites,
    };
    this.#meters = step.meters;
    return step.disk;
  }

  /** Notes that bytes were changed behind the engine's back. */
  noteDamage(file: string, offset: number): void {
    this.#isDamaged = true;
    this.#recorder.emit({ type: 'story.damaged', file, offset });
  }

  /** The next call of `operation` goes wrong, once. */
  failNext(operation: string, fault: DiskFault): void {
    this.#faults.push({ operation, fault });
  }

  #startDisk(state: DiskState): void {
    this.#simulated = new SimulatedDisk({
      state,
      faults: ({ operation }) => {
        const index = this.#faults.findIndex(
          (planned) => planned.operation === operation,
        );
        return index < 0 ? undefined : this.#faults.splice(index, 1)[0]?.fault;
      },
    });
  }

  /** The judge's own reading is no part of the story, nor of its meters. */
  #quietContents(store: KeyValueStore): Map<string, string> {
    this.#isJudging = true;
    try {
      return contentsOf(store);
    } finally {
      this.#isJudging = false;
    }
  }

  #judgeContents(store: KeyValueStore): string[] {
    const contents = this.#quietContents(store);
    const verdict = judge(this.#history, contents);
    const had = this.#history.acknowledged > 0 || this.#history.before.size > 0;
    const { earlier = [], writes } = this.#history;
    this.#history = {
      before: contents,
      earlier: [...earlier, ...writes],
      writes: [],
      acknowledged: 0,
    };
    const keys = contents.size === 1 ? '1 key' : `${contents.size} keys`;
    const opened = contents.size === 0 ? 'opened empty' : `opened with ${keys}`;
    const promise = verdict.kept ? undefined : verdict.promise;
    const evidence = verdict.kept ? '' : verdict.evidence;
    this.#addVerdict(promise, evidence, false);
    if (promise !== undefined)
      return [opened, `BROKEN ${promise}: ${evidence}`];
    if (had) return [opened, 'kept: nothing acknowledged is lost'];
    return this.#hasCrashed
      ? [opened, 'kept: nothing had been acknowledged yet']
      : [opened];
  }

  #judgeRefusal(error: unknown): string[] {
    if (!(error instanceof WrongoError)) throw error;
    const answer = `error ${error.code} ${error.message}`;
    const refused = this.#isDamaged && error.code === 'CORRUPTION';
    if (refused) {
      this.#addVerdict(undefined, error.message, true);
      return [answer, 'kept: damage is reported, not believed'];
    }
    if (error.code !== 'CORRUPTION') return [answer];
    this.#addVerdict('database will not open', error.message, false);
    return [answer, 'BROKEN database will not open'];
  }

  #addVerdict(
    promise: BrokenPromise | undefined,
    evidence: string,
    refused: boolean,
  ): void {
    const commandIndex = this.#commandIndex;
    this.#verdicts.push({ commandIndex, promise, evidence, refused });
  }

  #acknowledgeAll(): void {
    const acknowledged = this.#history.writes.length;
    this.#history = { ...this.#history, acknowledged };
  }

  async #answersOf(run: () => Promise<string[]> | string[]): Promise<string[]> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof WrongoError)) throw error;
      return [`error ${error.code} ${error.message}`];
    }
  }

  /** The step that an event makes, with all that it changes here. */
  #capture(event: StoryEvent): StoryStep {
    if (event.type === 'store.acknowledged') {
      // Commands run one after the other: a sync covers all that was issued.
      this.#acknowledgeAll();
    }
    if (isTraceEvent(event)) this.#meters = countEvent(this.#meters, event);
    if (DISK_CHANGES.has(event.type)) this.#moment++;
    return {
      commandIndex: this.#commandIndex,
      event,
      moment: this.#moment,
      disk: this.#simulated.captureState(),
      store: this.#store?.inspect(),
      meters: this.#meters,
      issuedWrites: this.#history.writes.length,
      acknowledgedWrites: this.#history.acknowledged,
    };
  }
}

function isTraceEvent(event: StoryEvent): event is TraceEvent {
  return !event.type.startsWith('story.');
}
