/**
 * The legend of the whole site: what each state means and how it is marked.
 * Colours are tokens (--state-dirty-fill, -label, -text); a mark never relies
 * on colour alone, so each has a letter or an outline of its own.
 */
export type StateName =
  | 'clean'
  | 'dirty'
  | 'log'
  | 'durable'
  | 'history'
  | 'broken'
  | 'free';

export type State = {
  name: StateName;
  label: string;
  mark: string;
  meaning: string;
};

export const states: readonly State[] = [
  {
    name: 'clean',
    label: 'clean',
    mark: 'no pattern',
    meaning: 'what memory holds equals what the disk holds',
  },
  {
    name: 'dirty',
    label: 'dirty',
    mark: 'hatched, D',
    meaning: 'changed in memory only',
  },
  {
    name: 'log',
    label: 'log record',
    mark: 'notched like a ticket, L',
    meaning: 'a record of a log, in the order it happened',
  },
  {
    name: 'durable',
    label: 'durable',
    mark: 'double outline',
    meaning: 'survives a power loss',
  },
  {
    name: 'history',
    label: 'history',
    mark: 'stacked edges',
    meaning: 'an old version, kept for older readers',
  },
  {
    name: 'broken',
    label: 'broken',
    mark: 'jagged edge, X',
    meaning: 'torn, flipped, lost: a promise violated',
  },
  {
    name: 'free',
    label: 'free',
    mark: 'dashed outline',
    meaning: 'not there yet, or free to be used again',
  },
];
