/**
 * Two stories side by side, in step by command.
 *
 * The right engine does more in a command than the wrong one (it syncs), so
 * steps cannot be paired by number. A *tick* is a position inside a command;
 * the engine that has less to do there waits at its last step.
 */
import type { StoryStep } from '#engine/playground.ts';
import type { RecordedStory } from '../worker/record-story.ts';
import { stepSentence, type TranscriptLine } from './step-sentences.ts';

/** One position of the pair: a step index of each. */
export interface TwinTick {
  readonly wrong: number;
  readonly fixed: number;
  readonly commandIndex: number;
}

export interface TwinScene {
  readonly ticks: readonly TwinTick[];
  /** The tick at which the two first part; undefined: they never do. */
  readonly parting: number | undefined;
}

export function twinScene(
  wrong: RecordedStory,
  fixed: RecordedStory,
): TwinScene {
  const commandCount = Math.max(wrong.commands.length, fixed.commands.length);
  const ticks: TwinTick[] = [];
  let last = { wrong: 0, fixed: 0 };
  for (let commandIndex = -1; commandIndex < commandCount; commandIndex++) {
    const ofWrong = stepsOf(wrong, commandIndex);
    const ofFixed = stepsOf(fixed, commandIndex);
    const length = Math.max(ofWrong.length, ofFixed.length);
    for (let at = 0; at < length; at++) {
      last = {
        wrong: ofWrong[at] ?? ofWrong.at(-1) ?? last.wrong,
        fixed: ofFixed[at] ?? ofFixed.at(-1) ?? last.fixed,
      };
      ticks.push({ ...last, commandIndex });
    }
  }
  return { ticks, parting: partingTick(wrong, fixed, ticks) };
}

/** Both sentences of each tick as one line. */
export function twinTranscript(
  wrong: RecordedStory,
  fixed: RecordedStory,
): TranscriptLine[] {
  const { ticks, parting } = twinScene(wrong, fixed);
  return ticks.map((tick, index) => {
    const isFirst = ticks[index - 1]?.commandIndex !== tick.commandIndex;
    const ofWrong = sentenceAt(wrong, tick.wrong);
    const ofFixed = sentenceAt(fixed, tick.fixed);
    const both =
      ofWrong === ofFixed
        ? `Both: ${ofWrong}`
        : `Wrong: ${ofWrong} Fixed: ${ofFixed}`;
    return {
      command: isFirst ? fixed.commands[tick.commandIndex] : undefined,
      sentence: index === parting ? `Here they part. ${both}` : both,
    };
  });
}

function sentenceAt(recording: RecordedStory, index: number): string {
  const step = recording.steps[index];
  return step === undefined ? '' : stepSentence(step.event);
}

function stepsOf(recording: RecordedStory, commandIndex: number): number[] {
  return recording.steps.flatMap((step, index) =>
    step.commandIndex === commandIndex ? [index] : [],
  );
}

/**
 * The first difference that lasts: within the first command that leaves the
 * two with different disks or answers, the first tick at which they do
 * different things.
 */
function partingTick(
  wrong: RecordedStory,
  fixed: RecordedStory,
  ticks: readonly TwinTick[],
): number | undefined {
  const ends = ticks.filter(
    ({ commandIndex }, index) =>
      ticks[index + 1]?.commandIndex !== commandIndex,
  );
  const parted = ends.find((tick) => {
    const a = wrong.steps[tick.wrong];
    const b = fixed.steps[tick.fixed];
    return a !== undefined && b !== undefined && !isSameEnd(a, b);
  });
  if (parted === undefined) return undefined;
  return ticks.findIndex(
    (tick) =>
      tick.commandIndex === parted.commandIndex &&
      sentenceAt(wrong, tick.wrong) !== sentenceAt(fixed, tick.fixed),
  );
}

function isSameEnd(a: StoryStep, b: StoryStep): boolean {
  return stepSentence(a.event) === stepSentence(b.event) && isSameDisk(a, b);
}

/** Same names, same durable bytes, as much on its way. */
function isSameDisk({ disk: a }: StoryStep, { disk: b }: StoryStep): boolean {
  if (a.pending.length !== b.pending.length) return false;
  if (a.names.size !== b.names.size) return false;
  for (const [name, inode] of a.durableNames) {
    const other = b.durableNames.get(name);
    const ours = a.files.get(inode)?.durable;
    const theirs =
      other === undefined ? undefined : b.files.get(other)?.durable;
    if (ours?.length !== theirs?.length) return false;
    if (!ours?.every((byte, index) => byte === theirs?.[index])) return false;
  }
  return a.durableNames.size === b.durableNames.size;
}
