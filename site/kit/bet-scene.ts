/**
 * A bet as a drawing model: which option the engine's own answers bear out.
 *
 * Pure. An option names words of an answer; a story decides for exactly one
 * option, or the page does not build: a bet that the engine does not settle
 * is an opinion.
 */
import type { StoryRecording } from '#engine/playground.ts';

export interface BetOption {
  readonly text: string;
  /** Words that occur in an answer when this option is right. */
  readonly when: string;
}

export interface BetLine {
  readonly command: string;
  readonly answers: readonly BetAnswer[];
}

export interface BetAnswer {
  readonly text: string;
  /** True for the words that settle the bet. */
  readonly settles: boolean;
}

export interface BetScene {
  readonly options: readonly string[];
  /** Index of the option that is right. */
  readonly right: number;
  readonly lines: readonly BetLine[];
}

/** Throws RangeError unless the answers bear out exactly one option. */
export function betScene(
  options: readonly BetOption[],
  { commands, answers }: Pick<StoryRecording, 'commands' | 'answers'>,
): BetScene {
  const all = answers.flat();
  const isRight = ({ when }: BetOption) =>
    all.some((answer) => answer.includes(when));
  const right = options.findIndex(isRight);
  const count = options.filter(isRight).length;
  const option = options[right];
  if (count !== 1 || option === undefined) {
    const words = options.map(({ when }) => JSON.stringify(when)).join(', ');
    throw new RangeError(
      `of ${words} exactly one must occur in the answers, not ${count}: ` +
        all.join(' | '),
    );
  }
  return {
    options: options.map(({ text }) => text),
    right,
    lines: commands.map((command, at) => ({
      command,
      answers: (answers[at] ?? []).map((text) => ({
        text,
        settles: text.includes(option.when),
      })),
    })),
  };
}
