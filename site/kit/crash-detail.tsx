/** One crash in words: when, what survived, what recovery found; a replay. */
import { useSignal } from '@preact/signals';
import { engineClient } from '../worker/engine-client.ts';
import { columnNumber, OUTCOMES } from './crash-grid.tsx';
import {
  type CellPlace,
  type CrashGridScene,
  cellCommands,
  effectFate,
  type GridCell,
} from './crash-grid-scene.ts';
import { encodePageState } from './url-state.ts';

/** A StoryFigure, and the preset of it that the commands belong to. */
export interface ReplayFigure {
  readonly id: string;
  readonly preset: string;
}

interface Props {
  readonly scene: CrashGridScene;
  readonly place: CellPlace;
  /** A figure of the page that can step through these commands. */
  readonly replayIn?: ReplayFigure | undefined;
}

/** Mount it with a key: a new cell starts with its first example. */
export function CrashDetail({ scene, place, replayIn }: Props) {
  const example = useSignal(0);
  const { column, cell } = cellAt(scene, place);
  if (column === undefined || cell === undefined) return null;
  const keep = cell.examples[example.value] ?? 'none';
  const number = columnNumber(scene, place.group, place.column);
  const commands = cellCommands(scene, place, keep);
  return (
    <div class="crash-detail">
      <div class="crash-detail-head">
        <strong>The power fails at moment {number}.</strong>{' '}
        {cell.examples.length > 1 && (
          <Examples
            cell={cell}
            example={example.value}
            onExample={(next) => {
              example.value = next;
            }}
          />
        )}
      </div>
      <dl>
        <dt>Just before</dt>
        <dd>{column.sentence}</dd>
        <dt>In the caches</dt>
        <dd>
          {column.effects.length === 0 && 'Nothing: all is on the medium.'}
          <ul>
            {column.effects.map(({ id, text }) => (
              <Effect key={id} text={text} fate={effectFate(keep, id)} />
            ))}
          </ul>
        </dd>
        <dt>Recovery</dt>
        <dd>
          <span
            class="crash-swatch"
            data-outcome={cell.outcome}
            aria-hidden="true"
          >
            {OUTCOMES[cell.outcome].letter}
          </span>{' '}
          <Finding cell={cell} />
        </dd>
      </dl>
      <Replay key={commands.join('\n')} commands={commands} figure={replayIn} />
    </div>
  );
}

interface ExamplesProps {
  readonly cell: GridCell;
  readonly example: number;
  readonly onExample: (example: number) => void;
}

function Examples({ cell, example, onExample }: ExamplesProps) {
  const { examples, count } = cell;
  return (
    <span class="crash-examples">
      <span class="meter">
        example {example + 1} of {examples.length}
        {count > examples.length && `, of ${count} alike`}
      </span>
      <button
        type="button"
        class="button"
        onClick={() => onExample((example + 1) % examples.length)}
      >
        Next example
      </button>
    </span>
  );
}

function Effect({ text, fate }: { text: string; fate: string }) {
  const isLost = fate === 'is lost';
  return (
    <li data-lost={isLost || undefined}>
      <span aria-hidden="true">{isLost ? '✕' : '✓'}</span>{' '}
      <span class="crash-effect">{text}</span> <b>{fate}</b>
    </li>
  );
}

function Finding({ cell }: { cell: GridCell }) {
  const { outcome, promise, evidence } = cell;
  switch (outcome) {
    case 'recovered-old':
      return <>finds the old version: every acknowledged write, no other.</>;
    case 'recovered-new':
      return <>finds the new version: every write, acknowledged or not.</>;
    case 'recovered-between':
      return <>finds every acknowledged write and some of those after.</>;
    case 'broken':
      return (
        <span class="crash-broken">
          <strong>{promise}</strong>
          {evidence !== '' && `: ${evidence}`}
        </span>
      );
  }
}

interface ReplayProps {
  readonly commands: readonly string[];
  readonly figure: ReplayFigure | undefined;
}

interface ReplayedLine {
  readonly command: string;
  readonly answers: readonly string[];
}

/** Runs the crash once more and shows what the engine answers. */
function Replay({ commands, figure }: ReplayProps) {
  const lines = useSignal<readonly ReplayedLine[] | undefined>(undefined);
  const problem = useSignal('');
  const run = async () => {
    try {
      const all = [...commands, 'scan'];
      const { answers } = await engineClient().call('run-story', {
        commands: all,
      });
      lines.value = all.map((command, at) => ({
        command,
        answers: answers[at] ?? [],
      }));
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error);
    }
  };
  return (
    <div class="crash-replay">
      <button type="button" class="button" onClick={run}>
        Replay this crash
      </button>
      {figure !== undefined && (
        <a
          class="button"
          href={addressOf(figure, commands)}
          onClick={() => {
            const target = document.getElementById(`fig-${figure.id}`);
            target?.scrollIntoView({ block: 'start' });
          }}
        >
          Step through it
        </a>
      )}
      <div role="status">
        {problem.value}
        {lines.value !== undefined && (
          <ol class="crash-console">
            {lines.value.map(({ command, answers }, at) => (
              <li key={at}>
                <code>{command}</code>
                {answers.map((answer) => (
                  <span
                    key={answer}
                    data-broken={/^(BROKEN|error)/.test(answer) || undefined}
                  >
                    {answer}
                  </span>
                ))}
              </li>
            ))}
          </ol>
        )}
      </div>
    </div>
  );
}

function addressOf(
  { id, preset }: ReplayFigure,
  commands: readonly string[],
): string {
  return encodePageState(new Map([[id, { preset, commands, step: 'last' }]]));
}

function cellAt({ groups }: CrashGridScene, place: CellPlace) {
  const column = groups[place.group]?.columns[place.column];
  return { column, cell: column?.cells[place.cell] };
}
