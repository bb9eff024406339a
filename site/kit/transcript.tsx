/**
 * K12: every step as a sentence. One thing for the screen reader, the paper
 * and the page without JavaScript; on screen it folds away.
 */
import './transcript.css';
import type { TranscriptLine } from './step-sentences.ts';

type Props = {
  lines: readonly TranscriptLine[];
  step: number;
};

export function Transcript({ lines, step }: Props) {
  return (
    <details class="transcript">
      <summary>
        Transcript <span class="meter">({lines.length} steps)</span>
      </summary>
      {/* What scrolls must be reachable by keyboard. */}
      <div
        class="transcript-scroll"
        role="group"
        aria-label="Transcript"
        tabIndex={0}
      >
        <TranscriptList lines={lines} step={step} />
      </div>
    </details>
  );
}

function TranscriptList({ lines, step }: Props) {
  return (
    <ol class="transcript-steps">
      {lines.map(({ command, sentence }, index) => (
        <li key={index} aria-current={index === step ? 'step' : undefined}>
          {command !== undefined && <code>{command}</code>} {sentence}
        </li>
      ))}
    </ol>
  );
}
