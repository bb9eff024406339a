/**
 * K7: a bet. The reader predicts, then the engine's own answers are shown.
 * The bet stays visible, and is kept in this browser.
 *
 * Props
 *   id        names the bet in the browser's storage
 *   question  what happens?
 *   scene     options, the right one, and the engine's answers (betScene)
 *   children  the explanation, shown with the answer
 */
import './bet.css';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { BetLine, BetScene } from './bet-scene.ts';
import { keepValue, keptValue } from './kept-locally.ts';

interface BetProps {
  readonly id: string;
  readonly question: string;
  readonly scene: BetScene;
  readonly children?: ComponentChildren;
}

export function Bet({ id, question, scene, children }: BetProps) {
  const { options, right, lines } = scene;
  const placed = useSignal<number | undefined>(undefined);
  useEffect(() => {
    const kept = keptValue(`bet.${id}`);
    if (typeof kept === 'number' && kept in options) placed.value = kept;
  }, [id, options, placed]);
  const bet = placed.value;
  const place = (index: number | undefined) => {
    placed.value = index;
    keepValue(`bet.${id}`, index);
  };
  return (
    <div
      class="bet"
      role="group"
      aria-labelledby={`bet-${id}-question`}
      data-placed={bet !== undefined || undefined}
    >
      <p class="label">{bet === undefined ? 'Place your bet' : 'Your bet'}</p>
      <p class="bet-question" id={`bet-${id}-question`}>
        {question}
      </p>
      <ul class="bet-options">
        {options.map((text, index) => (
          <li key={text}>
            <Option
              letter={String.fromCharCode(65 + index)}
              text={text}
              mark={markOf(index, bet, right)}
              isPlaced={index === bet}
              onPlace={() => place(index)}
            />
          </li>
        ))}
      </ul>
      <details class="bet-answer" open={bet !== undefined}>
        <summary>What the engine answers</summary>
        <div class="bet-reveal">
          <p class="bet-verdict" role="status">
            {bet !== undefined && verdictOf(bet === right)}
          </p>
          <Lines lines={lines} />
          <div class="bet-explanation">{children}</div>
          <button
            type="button"
            class="button bet-again"
            onClick={() => place(undefined)}
          >
            Take the bet back
          </button>
        </div>
      </details>
    </div>
  );
}

type Mark = 'open' | 'won' | 'lost' | 'right' | 'passed';

const MARKS: Record<Mark, string> = {
  open: '',
  won: '✓ your bet, and what happens',
  lost: '✕ your bet',
  right: '✓ what happens',
  passed: '',
};

interface OptionProps {
  readonly letter: string;
  readonly text: string;
  readonly mark: Mark;
  readonly isPlaced: boolean;
  readonly onPlace: () => void;
}

function Option({ letter, text, mark, isPlaced, onPlace }: OptionProps) {
  return (
    <button
      type="button"
      class="bet-option"
      data-mark={mark}
      aria-pressed={isPlaced}
      disabled={mark !== 'open'}
      onClick={onPlace}
    >
      <span class="bet-letter">{letter}</span>
      <span class="bet-text">{text}</span>
      {MARKS[mark] !== '' && <strong class="bet-mark">{MARKS[mark]}</strong>}
    </button>
  );
}

function Lines({ lines }: { lines: readonly BetLine[] }) {
  return (
    <ol class="bet-console">
      {lines.map(({ command, answers }, at) => (
        <li key={at}>
          <code>{command}</code>
          {answers.map(({ text, settles }) => (
            <span key={text} data-settles={settles || undefined}>
              {text}
            </span>
          ))}
        </li>
      ))}
    </ol>
  );
}

function markOf(index: number, bet: number | undefined, right: number): Mark {
  if (bet === undefined) return 'open';
  if (index === bet) return bet === right ? 'won' : 'lost';
  return index === right ? 'right' : 'passed';
}

function verdictOf(isRight: boolean): string {
  return isRight
    ? 'You were right. The engine:'
    : 'It went another way. The engine:';
}
