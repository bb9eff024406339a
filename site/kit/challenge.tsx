/**
 * K8: the frame of a challenge. The task is always visible; three hints come
 * one at a time; the engine checks; a solution is shown after a second thought.
 *
 * Props
 *   text        title, task, hints, par (ChallengeText)
 *   answer      what the editor holds now
 *   isSolved    true once the engine has passed an answer of this reader
 *   onCheck     hands the answer in; resolves with the engine's verdict
 *   onReset     back to the start
 *   onSolution  puts a solution into the editor
 *   children    the editor
 */
import './challenge.css';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type {
  ChallengeResult,
  ChallengeText,
} from '../challenges/challenge.ts';

interface ChallengeProps {
  readonly text: ChallengeText;
  readonly answer: unknown;
  readonly isSolved: boolean;
  readonly onCheck: (signal: AbortSignal) => Promise<ChallengeResult>;
  readonly onReset: () => void;
  readonly onSolution: () => void;
  readonly children: ComponentChildren;
}

export function Challenge(props: ChallengeProps) {
  const { text, answer, isSolved, onReset, onSolution, children } = props;
  const { id, post, title, task, hints, par } = text;
  const hintCount = useSignal(0);
  const check = useCheck(props);
  return (
    <div class="challenge" role="group" aria-labelledby={`challenge-${id}`}>
      <div class="challenge-head">
        <div>
          <p class="label">
            Challenge {String(post).padStart(2, '0')} · par: {par}
          </p>
          <p class="challenge-title" id={`challenge-${id}`}>
            {title}
          </p>
        </div>
        {isSolved && <span class="challenge-solved">Solved</span>}
      </div>
      <p class="challenge-task">{task}</p>
      <div class="challenge-editor">{children}</div>
      <div class="challenge-actions">
        <button
          type="button"
          class="button challenge-check"
          aria-disabled={check.isRunning}
          onClick={check.run}
        >
          {check.isRunning ? 'The engine is at work…' : 'Check'}
        </button>
        {check.isRunning && (
          <button type="button" class="button" onClick={check.stop}>
            Stop
          </button>
        )}
        <button
          type="button"
          class="button"
          onClick={() => {
            check.forget();
            onReset();
          }}
        >
          Reset
        </button>
        <button
          type="button"
          class="button"
          disabled={hintCount.value === hints.length}
          onClick={() => {
            hintCount.value++;
          }}
        >
          {hintCount.value === hints.length
            ? 'No more hints'
            : `Hint ${hintCount.value + 1} of ${hints.length}`}
        </button>
        <SolutionButton
          onShow={() => {
            check.forget();
            onSolution();
          }}
        />
      </div>
      {hintCount.value > 0 && (
        <ol class="challenge-hints" aria-live="polite">
          {hints.slice(0, hintCount.value).map((hint) => (
            <li key={hint}>{hint}</li>
          ))}
        </ol>
      )}
      <div class="challenge-result" role="status">
        {check.problem !== '' && (
          <p class="challenge-problem">{check.problem}</p>
        )}
        {check.result !== undefined && (
          <Result result={check.result} isStale={check.checked !== answer} />
        )}
      </div>
      <WithoutScript hints={hints} />
    </div>
  );
}

function useCheck({ answer, onCheck }: ChallengeProps) {
  const result = useSignal<ChallengeResult | undefined>(undefined);
  const checked = useSignal<unknown>(undefined);
  const problem = useSignal('');
  const isRunning = useSignal(false);
  const running = useRef<AbortController | undefined>(undefined);
  const run = async () => {
    if (isRunning.value) return;
    const abort = new AbortController();
    running.current = abort;
    isRunning.value = true;
    problem.value = '';
    try {
      result.value = await onCheck(abort.signal);
      checked.value = answer;
    } catch (error) {
      result.value = undefined;
      if (abort.signal.aborted) problem.value = 'Stopped.';
      else
        problem.value = error instanceof Error ? error.message : String(error);
    } finally {
      isRunning.value = false;
    }
  };
  return {
    run,
    result: result.value,
    checked: checked.value,
    problem: problem.value,
    isRunning: isRunning.value,
    stop: () => running.current?.abort(),
    forget: () => {
      running.current?.abort();
      result.value = undefined;
      problem.value = '';
    },
  };
}

type ResultProps = { result: ChallengeResult; isStale: boolean };

function Result({ result, isStale }: ResultProps) {
  const { passed, message, details } = result;
  return (
    <div class="challenge-verdict" data-passed={passed} data-stale={isStale}>
      <p class="challenge-message">
        <span class="stamp">{passed ? 'PASSED' : 'NOT YET'}</span>
        <strong>{message}</strong>
      </p>
      {isStale && <p class="challenge-stale">That was an earlier answer.</p>}
      {details.length > 0 && (
        <ul class="challenge-details">
          {details.map((detail, at) => (
            <li key={at}>{detail}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Asks once more: a solution cannot be unseen. */
function SolutionButton({ onShow }: { onShow: () => void }) {
  const isAsking = useSignal(false);
  if (!isAsking.value) {
    return (
      <button
        type="button"
        class="button challenge-solution"
        onClick={() => {
          isAsking.value = true;
        }}
      >
        Show a solution
      </button>
    );
  }
  return (
    <span class="challenge-ask" role="group" aria-label="Show a solution">
      It replaces your answer. Show it?
      <button
        type="button"
        class="button"
        onClick={() => {
          isAsking.value = false;
          onShow();
        }}
      >
        Show it
      </button>
      <button
        type="button"
        class="button"
        onClick={() => {
          isAsking.value = false;
        }}
      >
        Not yet
      </button>
    </span>
  );
}

/** On paper, and where no script runs, hints unfold by themselves. */
function WithoutScript({ hints }: { hints: readonly string[] }) {
  return (
    <details class="challenge-static">
      <summary>Three hints (checking needs JavaScript)</summary>
      <ol>
        {hints.map((hint) => (
          <li key={hint}>{hint}</li>
        ))}
      </ol>
    </details>
  );
}
