/**
 * K11: the crash grid. A column is a moment of the story, a cell a way in
 * which the power may fail there; its letter and fill say what recovery found.
 *
 * Props
 *   scene      from crashGridScene()
 *   selected   the cell to explain, if any
 *   onSelect   told which cell the reader is at
 * The arrow keys walk the cells; Home and End lead to the first and the last
 * column.
 */
import './crash-grid.css';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import {
  type CellPlace,
  type CrashGridScene,
  type CrashOutcome,
  type GridCell,
  type GridColumn,
  neighbour,
} from './crash-grid-scene.ts';

interface CrashGridProps {
  readonly scene: CrashGridScene;
  readonly selected: CellPlace | undefined;
  readonly onSelect: (place: CellPlace) => void;
}

/** What each outcome is called, and the letter in its cells. */
export const OUTCOMES: Record<CrashOutcome, { letter: string; name: string }> =
  {
    'recovered-old': { letter: 'O', name: 'old version' },
    'recovered-between': { letter: 'P', name: 'part of the new writes' },
    'recovered-new': { letter: 'N', name: 'new version' },
    broken: { letter: 'X', name: 'promise broken' },
  };

const FIRST: CellPlace = { group: 0, column: 0, cell: 0 };

export function CrashGrid({ scene, selected, onSelect }: CrashGridProps) {
  const root = useRef<HTMLDivElement>(null);
  const tabStop = selected ?? FIRST;
  const walk = (event: JSX.TargetedKeyboardEvent<HTMLDivElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const from = placeOf(event.target) ?? tabStop;
    const to = neighbour(scene, from, event.key);
    if (to === from) return;
    event.preventDefault();
    event.stopPropagation();
    onSelect(to);
    root.current?.querySelector<HTMLElement>(selectorOf(to))?.focus();
  };
  return (
    <div
      class="crash-grid"
      role="group"
      aria-label="Crashes, by moment"
      ref={root}
      onKeyDown={walk}
      onClick={(event) => {
        const place = placeOf(event.target);
        if (place !== undefined) onSelect(place);
      }}
    >
      {scene.groups.map(({ index, command, columns }, group) => (
        <div class="crash-command" key={index}>
          <div class="crash-columns">
            {columns.map((one, column) => (
              <Column
                key={one.moment}
                column={one}
                place={{ group, column }}
                number={columnNumber(scene, group, column)}
                selected={selected}
                tabStop={tabStop}
              />
            ))}
          </div>
          <code class="crash-name">{command}</code>
        </div>
      ))}
    </div>
  );
}

interface ColumnProps {
  readonly column: GridColumn;
  readonly place: { readonly group: number; readonly column: number };
  readonly number: number;
  readonly selected: CellPlace | undefined;
  readonly tabStop: CellPlace;
}

function Column({ column, place, number, selected, tabStop }: ColumnProps) {
  return (
    <div class="crash-column" title={column.sentence}>
      <span class="crash-number" aria-hidden="true">
        {number}
      </span>
      {column.cells.map((one, cell) => {
        const here = { ...place, cell };
        return (
          <Cell
            key={cell}
            cell={one}
            id={`${place.group}.${place.column}.${cell}`}
            moment={number}
            isSelected={equalPlaces(here, selected)}
            isTabStop={equalPlaces(here, tabStop)}
          />
        );
      })}
    </div>
  );
}

interface CellProps {
  readonly cell: GridCell;
  readonly id: string;
  readonly moment: number;
  readonly isSelected: boolean;
  readonly isTabStop: boolean;
}

function Cell({ cell, id, moment, isSelected, isTabStop }: CellProps) {
  const { outcome, promise, count } = cell;
  const { letter, name } = OUTCOMES[outcome];
  const crashes = count === 1 ? '' : `, ${count} crashes`;
  return (
    <button
      type="button"
      class="crash-cell"
      data-place={id}
      data-outcome={outcome}
      aria-pressed={isSelected}
      aria-label={`${letter}${count > 1 ? ` ${count}` : ''}: moment ${moment}, ${promise ?? name}${crashes}`}
      tabIndex={isTabStop ? 0 : -1}
    >
      {letter}
      {count > 1 && <span class="crash-count"> {count}</span>}
    </button>
  );
}

/** Columns are numbered through, whatever their command. */
export function columnNumber(
  { groups }: CrashGridScene,
  group: number,
  column: number,
): number {
  const before = groups.slice(0, group);
  return before.reduce((sum, one) => sum + one.columns.length, column + 1);
}

function placeOf(target: EventTarget | null): CellPlace | undefined {
  if (!(target instanceof Element)) return undefined;
  const id = target.closest<HTMLElement>('[data-place]')?.dataset.place;
  const [group, column, cell] = id?.split('.').map(Number) ?? [];
  if (group === undefined || column === undefined || cell === undefined) {
    return undefined;
  }
  return { group, column, cell };
}

function selectorOf({ group, column, cell }: CellPlace): string {
  return `[data-place="${group}.${column}.${cell}"]`;
}

function equalPlaces(one: CellPlace, other: CellPlace | undefined): boolean {
  return (
    one.group === other?.group &&
    one.column === other.column &&
    one.cell === other.cell
  );
}
