/**
 * What a story leaves: its commands, answers, steps and verdicts, as values.
 *
 * Why: a recording is made in a worker or at build, and drawn elsewhere. So
 * it holds plain values only, which can be posted, kept and compared.
 *
 * Invariant: nothing in a recording is ever changed.
 */
import type { DiskState } from '../disk/disk-state.ts';
import type { StoreInspection } from '../ladder/key-value-store.ts';
import type { LadderConfig } from '../ladder/open-store.ts';
import type { BrokenPromise, Rung } from '../ladder/wrong-switches.ts';
import type { Meters } from '../trace/meters.ts';
import type { TraceEvent } from '../trace/trace-event.ts';

/** What happened in a step: an engine's event, or the story's own. */
export type StoryEvent =
  | TraceEvent
  | { readonly type: 'story.started' }
  | {
      readonly type: 'story.crashed';
      readonly kind: 'power' | 'kill';
      readonly lostEffectCount: number;
    }
  | {
      readonly type: 'story.damaged';
      readonly file: string;
      readonly offset: number;
    }
  | { readonly type: 'story.answered'; readonly answers: readonly string[] };

/** One step of a figure's timeline. */
export interface StoryStep {
  /** Which command it belongs to; -1 for the start. */
  readonly commandIndex: number;
  readonly event: StoryEvent;
  /** How many disk changes this command had made by then. */
  readonly moment: number;
  readonly disk: DiskState;
  readonly store: StoreInspection | undefined;
  readonly meters: Meters;
  /** What was asked and promised by then. */
  readonly issuedWrites: number;
  readonly acknowledgedWrites: number;
}

/** The verdict at a reopening: what a figure stamps. */
export interface StoryVerdict {
  readonly commandIndex: number;
  readonly promise: BrokenPromise | undefined;
  readonly evidence: string;
  /** True when the engine refused damaged bytes, as it should. */
  readonly refused: boolean;
}

/** All that a run of commands gives. Plain values: it can be posted. */
export interface StoryRecording {
  readonly commands: readonly string[];
  readonly answers: readonly (readonly string[])[];
  readonly steps: readonly StoryStep[];
  readonly verdicts: readonly StoryVerdict[];
}

/** How a store was opened, to open it again. */
export interface StoryStoreChoice {
  readonly rung: Rung;
  readonly config: Omit<LadderConfig, 'crc32' | 'tracer'>;
}
