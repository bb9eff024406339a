/** The rubber stamp as a drawing model: the verdict that stands at a step. */
import type { BrokenPromise } from '#engine/playground.ts';
import type { RecordedStory } from '../worker/record-story.ts';

export interface VerdictScene {
  /** What the stamp says in large letters. */
  readonly word: string;
  /** The promise by its name. */
  readonly promise: string;
  readonly isBroken: boolean;
  /** The key or error that shows it; may be empty. */
  readonly evidence: string;
}

const WORDS: Record<BrokenPromise, string> = {
  'acknowledged write lost': 'LOST',
  'deleted key came back': 'CAME BACK',
  'lost write came back': 'CAME BACK',
  'value that nobody wrote': 'FORGED',
  'later write survived an earlier one': 'OUT OF ORDER',
  'database will not open': 'WILL NOT OPEN',
  'restart changed the answer': 'CHANGED',
};

/**
 * The newest verdict at a step: from the answer of an opening on, until the
 * next crash. The first opening of an empty disk has nothing to be judged.
 */
export function verdictScene(
  recording: RecordedStory,
  index: number,
): VerdictScene | undefined {
  for (let at = index; at >= 0; at--) {
    const step = recording.steps[at];
    if (step === undefined || step.event.type === 'story.crashed') break;
    if (step.event.type !== 'story.answered') continue;
    const verdict = recording.verdicts.find(
      ({ commandIndex }) => commandIndex === step.commandIndex,
    );
    const line = step.event.answers.find((one) => /^(BROKEN|kept:)/.test(one));
    if (verdict === undefined) continue;
    if (line === undefined) return undefined;
    const { promise, evidence, refused } = verdict;
    if (promise !== undefined) {
      return { word: WORDS[promise], promise, isBroken: true, evidence };
    }
    const kept = line.replace(/^kept:\s*/, '');
    const word = refused ? 'REFUSED' : 'KEPT';
    return { word, promise: kept, isBroken: false, evidence };
  }
  return undefined;
}
