/** The console: every command so far with what the engine answered. */
import './answers.css';
import type { ConsoleLine } from './answers-scene.ts';

type Props = { lines: readonly ConsoleLine[] };

/** Long answers (a hex dump) are cut here; the transcript has them whole. */
const ANSWER_LINES_MAX = 12;

export function Answers({ lines }: Props) {
  if (lines.length === 0) {
    return <p class="console console-empty">No command has run yet.</p>;
  }
  return (
    <ol class="console" aria-label="Commands and answers">
      {lines.map(({ command, answers, isRunning }, index) => (
        <li key={index} aria-current={isRunning ? 'step' : undefined}>
          <code class="console-command">{command}</code>
          {answers.slice(0, ANSWER_LINES_MAX).map((answer, at) => (
            <samp key={at} class="console-answer" data-mood={moodOf(answer)}>
              {answer}
            </samp>
          ))}
          {answers.length > ANSWER_LINES_MAX && (
            <samp class="console-answer">
              … {answers.length - ANSWER_LINES_MAX} lines more
            </samp>
          )}
        </li>
      ))}
    </ol>
  );
}

/** Lines that are verdicts or errors get their state's mark. */
function moodOf(answer: string): 'broken' | 'kept' | undefined {
  if (/^(BROKEN|error)/.test(answer)) return 'broken';
  return answer.startsWith('kept:') ? 'kept' : undefined;
}
