/**
 * The crash grid as a drawing model: one column a moment, one cell for each
 * way in which a power cut may go, crowds of equal cells as one cell.
 *
 * Pure. Small enough to be an island's prop however many crashes were tried:
 * of a crowd only the count and some examples are kept.
 *
 * Invariants: (1) the counts of all cells add up to the crashes tried.
 * (2) cellCommands() gives the story that the engine's own cell replays.
 */
import {
  type CrashCell,
  type CrashGrid,
  describeEffect,
  type StoryRecording,
  type StoryStep,
} from '#engine/playground.ts';
import { stepSentence, type TranscriptLine } from './step-sentences.ts';

export type CrashOutcome = CrashCell['outcome'];

export interface GridEffect {
  readonly id: number;
  readonly text: string;
}

/** Crashes of one moment that came out alike. */
export interface GridCell {
  readonly outcome: CrashOutcome;
  /** The promise that broke; undefined when none did. */
  readonly promise: string | undefined;
  readonly evidence: string;
  /** How many crashes. */
  readonly count: number;
  /** The `keep=` texts of some of them; never empty. */
  readonly examples: readonly string[];
}

export interface GridColumn {
  /** Which cut of its command, for `after=`. */
  readonly moment: number;
  readonly sentence: string;
  /** What was waiting in the caches. */
  readonly effects: readonly GridEffect[];
  readonly cells: readonly GridCell[];
}

/** The columns of one command. */
export interface GridCommand {
  readonly index: number;
  readonly command: string;
  readonly columns: readonly GridColumn[];
}

export interface CrashGridScene {
  readonly commands: readonly string[];
  readonly groups: readonly GridCommand[];
  readonly total: number;
  readonly counts: Readonly<Record<CrashOutcome, number>>;
  /** Broken promises by name, the most frequent first. */
  readonly promises: readonly (readonly [promise: string, count: number])[];
}

/** Where a cell is: group, column within it, cell within that. */
export interface CellPlace {
  readonly group: number;
  readonly column: number;
  readonly cell: number;
}

/** More cells than this in one column are put together when alike. */
const COLUMN_CELLS_MAX = 10;
const EXAMPLES_MAX = 12;

/** The model of a grid; `recording` is a run of the same commands. */
export function crashGridScene(
  grid: CrashGrid,
  recording: StoryRecording,
): CrashGridScene {
  const counts = {
    'recovered-old': 0,
    'recovered-new': 0,
    'recovered-between': 0,
    broken: 0,
  };
  const promises = new Map<string, number>();
  const cells = grid.cells.filter(isInsideStory);
  for (const { outcome, promise } of cells) {
    counts[outcome]++;
    if (promise === undefined) continue;
    promises.set(promise, (promises.get(promise) ?? 0) + 1);
  }
  return {
    commands: grid.commands,
    groups: groupsOf(grid, recording),
    total: cells.length,
    counts,
    promises: [...promises].sort(([, a], [, b]) => b - a),
  };
}

/** A story that replays an example of a cell. */
export function cellCommands(
  { commands, groups }: CrashGridScene,
  { group, column }: CellPlace,
  keep: string,
): string[] {
  const { index = 0, columns = [] } = groups[group] ?? {};
  const moment = columns[column]?.moment ?? 0;
  const crash = `crash power after=${moment} keep=${keep}`;
  return [...commands.slice(0, index + 1), crash, 'open'];
}

/** What became of an effect in an example. */
export function effectFate(keep: string, id: number): string {
  if (keep === 'all') return 'survives';
  for (const part of keep.split(',')) {
    const [name, extent] = part.split(':');
    if (Number(name) !== id) continue;
    if (extent === undefined) return 'survives';
    if (extent === 'size') return 'leaves only its length, in zeros';
    const sectors = extent.split('+').map((one) => Number(one) + 1);
    const many = sectors.length === 1 ? 'sector' : 'sectors';
    return `is torn: only ${many} ${sectors.join(', ')}`;
  }
  return 'is lost';
}

/** The cell that a key leads to; the same place for keys of others. */
export function neighbour(
  { groups }: CrashGridScene,
  place: CellPlace,
  key: string,
): CellPlace {
  const columns = groups.flatMap((one, group) =>
    one.columns.map(({ cells }, column) => ({ group, column, cells })),
  );
  const at = columns.findIndex(
    ({ group, column }) => group === place.group && column === place.column,
  );
  const inColumn = (index: number, wanted: number): CellPlace => {
    const found = columns[Math.min(Math.max(index, 0), columns.length - 1)];
    if (found === undefined) return place;
    const last = found.cells.length - 1;
    const cell = Math.min(Math.max(wanted, 0), last);
    return { group: found.group, column: found.column, cell };
  };
  const { cell } = place;
  switch (key) {
    case 'ArrowLeft':
      return inColumn(at - 1, cell);
    case 'ArrowRight':
      return inColumn(at + 1, cell);
    case 'ArrowUp':
      return inColumn(at, cell + 1);
    case 'ArrowDown':
      return inColumn(at, cell - 1);
    case 'Home':
      return inColumn(0, cell);
    case 'End':
      return inColumn(columns.length - 1, cell);
    default:
      return place;
  }
}

/** The grid as a list: a line for each moment. */
export function gridTranscript({ groups }: CrashGridScene): TranscriptLine[] {
  let number = 0;
  return groups.flatMap(({ command, columns }) =>
    columns.map(({ sentence, cells }, at): TranscriptLine => {
      number++;
      const total = cells.reduce((sum, { count }) => sum + count, 0);
      const crashes = total === 1 ? '1 crash' : `${total} crashes`;
      const outcomes = countsByName(cells).join(', ');
      return {
        command: at === 0 ? command : undefined,
        sentence: `Moment ${number}. ${sentence} ${crashes}: ${outcomes}.`,
      };
    }),
  );
}

/** The next broken cell after a place, round the end; undefined: none. */
export function nextBroken(
  scene: CrashGridScene,
  after: CellPlace | undefined,
): CellPlace | undefined {
  const broken = scene.groups.flatMap(({ columns }, group) =>
    columns.flatMap(({ cells }, column) =>
      cells.flatMap(({ outcome }, cell) =>
        outcome === 'broken' ? [{ group, column, cell }] : [],
      ),
    ),
  );
  if (after === undefined) return broken[0];
  return broken.find((one) => isBehind(one, after)) ?? broken[0];
}

/** The place one moment before or after, and which of how many it is. */
export interface MomentWalk {
  /** Counted from 1; 0 while no cell is chosen. */
  readonly number: number;
  readonly count: number;
  readonly back: CellPlace | undefined;
  readonly next: CellPlace | undefined;
}

/** How to walk the grid moment by moment from `place`. */
export function momentWalk(
  scene: CrashGridScene,
  place: CellPlace | undefined,
): MomentWalk {
  const places = scene.groups.flatMap(({ columns }, group) =>
    columns.map((_, column) => ({ group, column, cell: 0 })),
  );
  const at = places.findIndex(
    ({ group, column }) => group === place?.group && column === place.column,
  );
  return {
    number: at + 1,
    count: places.length,
    back: at > 0 ? places[at - 1] : undefined,
    next: places[at + 1],
  };
}

function countsByName(cells: readonly GridCell[]): string[] {
  const counts = new Map<string, number>();
  for (const { outcome, promise, count } of cells) {
    const name = promise ?? NAMES[outcome];
    counts.set(name, (counts.get(name) ?? 0) + count);
  }
  return [...counts].map(([name, count]) => `${count} ${name}`);
}

const NAMES: Record<CrashOutcome, string> = {
  'recovered-old': 'old version',
  'recovered-between': 'part of the new writes',
  'recovered-new': 'new version',
  broken: 'broken',
};

function isBehind(one: CellPlace, other: CellPlace): boolean {
  if (one.group !== other.group) return one.group > other.group;
  if (one.column !== other.column) return one.column > other.column;
  return one.cell > other.cell;
}

/** Before the first command there is no store to be opened again. */
function isInsideStory({ commandIndex }: { commandIndex: number }): boolean {
  return commandIndex >= 0;
}

function groupsOf(grid: CrashGrid, recording: StoryRecording): GridCommand[] {
  const groups: { index: number; command: string; columns: GridColumn[] }[] =
    [];
  for (const [at, { commandIndex, moment, event }] of grid.moments.entries()) {
    if (!isInsideStory({ commandIndex })) continue;
    const cells = grid.cells.filter(({ momentIndex }) => momentIndex === at);
    // A grid that was stopped early has moments without cells.
    if (cells.length === 0) continue;
    let group = groups.at(-1);
    if (group?.index !== commandIndex) {
      const command = grid.commands[commandIndex] ?? '';
      group = { index: commandIndex, command, columns: [] };
      groups.push(group);
    }
    group.columns.push({
      moment,
      sentence: stepSentence(event),
      effects: effectsAt(recording, commandIndex, moment),
      cells: gatheredCells(cells),
    });
  }
  return groups;
}

function effectsAt(
  { steps }: StoryRecording,
  commandIndex: number,
  moment: number,
): GridEffect[] {
  const isHere = (step: StoryStep) =>
    step.commandIndex === commandIndex && step.moment === moment;
  const disk = steps.findLast(isHere)?.disk;
  if (disk === undefined) return [];
  return disk.pending
    .filter(({ place }) => place !== 'lost')
    .map((effect) => ({ id: effect.id, text: describeEffect(disk, effect) }));
}

/** The cells of a column; crowds of equals as one cell, the broken ones up. */
function gatheredCells(cells: readonly CrashCell[]): GridCell[] {
  const isCrowded = cells.length > COLUMN_CELLS_MAX;
  const gathered = new Map<string, CrashCell[]>();
  for (const cell of cells) {
    const alike = isCrowded
      ? `${cell.outcome} ${cell.promise}`
      : `${gathered.size}`;
    gathered.set(alike, [...(gathered.get(alike) ?? []), cell]);
  }
  return [...gathered.values()]
    .map((alike): GridCell => {
      const [first] = alike;
      if (first === undefined) throw new Error('a cell is one crash or more');
      const { outcome, promise, evidence } = first;
      const examples = alike.slice(0, EXAMPLES_MAX).map(({ keep }) => keep);
      return { outcome, promise, evidence, count: alike.length, examples };
    })
    .sort((a, b) => ORDER[a.outcome] - ORDER[b.outcome]);
}

/** From the bottom of a column up. */
const ORDER: Record<CrashOutcome, number> = {
  'recovered-old': 0,
  'recovered-between': 1,
  'recovered-new': 2,
  broken: 3,
};
