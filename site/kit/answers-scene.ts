/** The console as a drawing model: commands so far, with their answers. */
import type { RecordedStory } from '../worker/record-story.ts';

export interface ConsoleLine {
  readonly command: string;
  readonly answers: readonly string[];
  /** True while the command is still at work. */
  readonly isRunning: boolean;
}

export function answersScene(
  recording: RecordedStory,
  index: number,
): readonly ConsoleLine[] {
  const step = recording.steps[index];
  if (step === undefined) throw new RangeError(`no step ${index}`);
  const { commandIndex, event } = step;
  const hasAnswered = event.type === 'story.answered';
  return recording.commands.slice(0, commandIndex + 1).map((command, at) => {
    const isRunning = at === commandIndex && !hasAnswered;
    // A command that a crash stopped has no answer that anyone saw.
    const wasCut = at < commandIndex && !answered(recording, at);
    const answers = isRunning || wasCut ? [] : (recording.answers[at] ?? []);
    return { command, answers, isRunning };
  });
}

function answered(recording: RecordedStory, commandIndex: number): boolean {
  return recording.steps.some(
    (step) =>
      step.commandIndex === commandIndex &&
      step.event.type === 'story.answered',
  );
}
