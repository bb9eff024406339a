/**
 * What a challenge is: a task that the engine can check.
 *
 * Why: a quiz asks what you remember; a challenge asks what you can make the
 * engine do. So a definition has no answer key. `check` runs the real engine
 * on the reader's answer and says what came of it, by the promise that broke.
 *
 * A definition is pure and runs in Node (the test) and in the worker (the
 * page). The page itself imports only the `-answer` modules, which know the
 * shape of an answer and nothing of the engine.
 *
 * Invariants, tested for each: (1) `solution` passes. (2) `initial`, which is
 * what doing nothing hands in, fails. (3) each of `wrongAnswers` fails.
 * (4) decode() gives back what it is given, and undefined for anything else.
 */

import type { JsonValue } from '../kit/url-state.ts';
import type { BitMaterial } from './one-bit-answer.ts';

/** Ids as a post writes them; each is also a key of CHALLENGES. */
export type ChallengeId =
  | '00-lose-exactly-one'
  | '01-order-four-calls'
  | '02-one-bit'
  | '03-five-hundred'
  | '04-cat-is-back';

/** What the engine made of an answer. */
export interface ChallengeResult {
  readonly passed: boolean;
  /** One line; names the promise that broke, or that held. */
  readonly message: string;
  /** The evidence: what the engine answered, line by line. */
  readonly details: readonly string[];
}

/** An answer that looks right and is not. */
export interface WrongAnswer<Answer> {
  readonly answer: Answer;
  /** Why someone would try it. */
  readonly why: string;
}

/** What the page shows around the editor. Plain values: it may be posted. */
export interface ChallengeText {
  readonly id: ChallengeId;
  /** Number of the post that it closes. */
  readonly post: number;
  readonly title: string;
  readonly task: string;
  /** From a nudge to almost the answer. */
  readonly hints: readonly [string, string, string];
  /** What a good answer costs. */
  readonly par: string;
}

export interface ChallengeDefinition<Answer extends JsonValue>
  extends ChallengeText {
  readonly initial: Answer;
  readonly solution: Answer;
  /** At least three. */
  readonly wrongAnswers: readonly WrongAnswer<Answer>[];
  /** The value as an answer; undefined when it is not one. */
  readonly decode: (value: unknown) => Answer | undefined;
  readonly check: (answer: Answer) => Promise<ChallengeResult>;
  /** What the editor needs of the engine, made at build; plain values. */
  readonly material?: () => Promise<BitMaterial>;
}

/** A definition whose answers come from outside: a page, a worker message. */
export interface OpenChallenge extends ChallengeText {
  readonly initial: JsonValue;
  readonly solution: JsonValue;
  readonly wrongAnswers: readonly WrongAnswer<JsonValue>[];
  readonly decode: (value: unknown) => JsonValue | undefined;
  /** Throws RangeError for a value that is not an answer. */
  readonly check: (value: unknown) => Promise<ChallengeResult>;
  readonly material: () => Promise<BitMaterial | undefined>;
}

/** Puts the decoder in front of the check, so that any value may come in. */
export function openChallenge<Answer extends JsonValue>(
  definition: ChallengeDefinition<Answer>,
): OpenChallenge {
  const { decode, check, material } = definition;
  return {
    ...definition,
    check: async (value) => {
      const answer = decode(value);
      if (answer === undefined) {
        throw new RangeError(`not an answer to ${definition.id}`);
      }
      return check(answer);
    },
    material: async () => material?.(),
  };
}
