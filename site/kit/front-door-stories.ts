/** The front door's two stories: one rule apart. */
import type { LabPreset } from './lab.ts';
import type { LabView } from './lab-frame.ts';

const DOCUMENTS = ['put cat Mina', 'put dog Rex', 'put fox Una'];

const says = (open: string) => [
  open,
  ...DOCUMENTS.flatMap((put) => [put, 'sync']),
];

export const FRONT_DOOR_STORIES: readonly LabPreset[] = [
  {
    name: 'wrong',
    label: 'Say “saved” before the sync',
    commands: says('open append-log wrong=acknowledge-before-sync'),
    rest: 'last',
  },
  {
    name: 'fixed',
    label: 'With the fix: after it',
    commands: says('open append-log'),
    rest: 'last',
  },
];

/** It draws a scene of its own from the frame; it needs no file's bytes. */
export const FRONT_DOOR_VIEW: LabView = { panels: [], file: undefined };
