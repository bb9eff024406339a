/** A step as one sentence: for the caption line, transcript and announcer. */
import { describeEvent, type StoryEvent } from '#engine/playground.ts';
import type { RecordedStory } from '../worker/record-story.ts';

/** One line of a transcript. */
export interface TranscriptLine {
  /** The command, at its first step only. */
  readonly command: string | undefined;
  readonly sentence: string;
}

export function stepSentence(event: StoryEvent): string {
  switch (event.type) {
    case 'story.started':
      return 'Nothing has happened yet. The disk is empty.';
    case 'story.crashed':
      return event.kind === 'kill'
        ? 'The process is killed. The caches below it live on.'
        : powerSentence(event.lostEffectCount);
    case 'story.damaged':
      return `Behind the engine's back, ${event.file} is changed at ${hex(
        event.offset,
      )}.`;
    case 'story.answered':
      return answerSentence(event.answers);
    default:
      return describeEvent(event);
  }
}

/** Every step of a recording, in order. */
export function transcriptOf(recording: RecordedStory): TranscriptLine[] {
  return recording.steps.map((step, index) => {
    const before = recording.steps[index - 1];
    const isFirst = before?.commandIndex !== step.commandIndex;
    return {
      command: isFirst ? recording.commands[step.commandIndex] : undefined,
      sentence: stepSentence(step.event),
    };
  });
}

/** Steps at which a command starts: the ticks of a timeline. */
export function commandStarts(lines: readonly TranscriptLine[]): number[] {
  return lines.flatMap(({ command }, index) =>
    command === undefined ? [] : [index],
  );
}

function powerSentence(lost: number): string {
  if (lost === 0) return 'The power is gone. Nothing that waited was lost.';
  const what = lost === 1 ? '1 effect that was' : `${lost} effects that were`;
  return `The power is gone, and with it ${what} not yet on the medium.`;
}

function answerSentence(answers: readonly string[]): string {
  if (answers.length === 0) return 'Done.';
  const [first = ''] = answers;
  if (answers.length > 6) {
    return `It answers ${answers.length} lines, the first: ${first}`;
  }
  return `It answers: ${answers.join('; ')}.`;
}

function hex(offset: number): string {
  return `0x${offset.toString(16)}`;
}
