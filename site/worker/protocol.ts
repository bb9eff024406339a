/**
 * What a page and its engine say to each other: plain values, typed by call.
 *
 * A request has an id; its answers carry the same one. Errors are values here:
 * an exception that crosses `postMessage` loses its class and its code.
 */
import type {
  CommitRace,
  CommitRaceConfig,
  CrashGrid,
} from '#engine/playground.ts';
import type { RecordedStory } from './record-story.ts';

/** What a checker answers; the definition is site/challenges/challenge.ts. */
export interface CheckedAnswer {
  readonly passed: boolean;
  readonly message: string;
  readonly details: readonly string[];
}

/** Every call: what is asked and what is answered. */
export interface EngineCalls {
  readonly 'run-story': {
    readonly input: { readonly commands: readonly string[] };
    readonly output: RecordedStory;
  };
  readonly 'crash-grid': {
    readonly input: { readonly commands: readonly string[] };
    readonly output: CrashGrid;
  };
  readonly 'race-commits': {
    readonly input: { readonly config: CommitRaceConfig };
    readonly output: CommitRace;
  };
  readonly 'check-challenge': {
    /** `answer` is whatever that challenge's own checker takes. */
    readonly input: { readonly challengeId: string; readonly answer: unknown };
    readonly output: CheckedAnswer;
  };
}

export type EngineCall = keyof EngineCalls;

/** One call as it travels. There is no cancelling: see engine-client.ts. */
export type EngineRequest = {
  [Call in EngineCall]: {
    readonly id: number;
    readonly call: Call;
    readonly input: EngineCalls[Call]['input'];
  };
}[EngineCall];

/** An error as a value. `code` is the engine's own, or one of ours. */
export interface EngineProblem {
  readonly code: string;
  readonly message: string;
}

/** How far a long call has come, in steps of its own. */
export interface EngineProgress {
  readonly done: number;
  readonly total: number;
}

export type EngineResponse =
  | {
      [Call in EngineCall]: {
        readonly id: number;
        readonly outcome: 'done';
        readonly call: Call;
        readonly output: EngineCalls[Call]['output'];
      };
    }[EngineCall]
  | {
      readonly id: number;
      readonly outcome: 'progress';
      readonly progress: EngineProgress;
    }
  | {
      readonly id: number;
      readonly outcome: 'failed';
      readonly problem: EngineProblem;
    };

/** An error thrown anywhere, as a value that can be posted. */
export function problemOf(error: unknown): EngineProblem {
  if (!(error instanceof Error)) {
    return { code: 'UNKNOWN', message: String(error) };
  }
  const code =
    'code' in error && typeof error.code === 'string' ? error.code : 'BUG';
  return { code, message: error.message };
}
