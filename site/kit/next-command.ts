/** The command that a small button runs next, from what there is now. */
import type { LabFrame } from './lab-frame.ts';

export const COMMAND_ACTIONS = [
  'put',
  'delete',
  'get',
  'scan',
  'sync',
  'close',
  'open',
  'roll',
  'merge',
] as const;
export type CommandAction = (typeof COMMAND_ACTIONS)[number];

const USUAL: readonly CommandAction[] = [
  'put',
  'delete',
  'sync',
  'close',
  'open',
];

/** What `commands` stands for in a story: the hash index can do more. */
export function commandActions(commands: readonly string[]): CommandAction[] {
  const hasSegments = commands.some((one) => one.startsWith('open hash-index'));
  return hasSegments ? [...USUAL, 'roll', 'merge'] : [...USUAL];
}

const DOCUMENTS: readonly (readonly [key: string, value: string])[] = [
  ['cat', 'Mina'],
  ['dog', 'Rex'],
  ['fox', 'Una'],
  ['hen', 'Bea'],
  ['owl', 'Ada'],
  ['cow', 'Moo'],
  ['eel', 'Ivo'],
  ['bat', 'Zoe'],
];

/** A `put` of a document that no command has put yet. */
export function nextPut(commands: readonly string[]): string {
  const fresh = DOCUMENTS.find(
    ([key]) => !commands.some((one) => one.startsWith(`put ${key} `)),
  );
  if (fresh !== undefined) return `put ${fresh[0]} ${fresh[1]}`;
  const puts = commands.filter((one) => one.startsWith('put ')).length;
  return `put doc-${puts + 1} x`;
}

/** The next command of a kind, or undefined when it makes no sense now. */
export function nextCommand(
  action: CommandAction,
  frame: LabFrame,
  commands: readonly string[],
): string | undefined {
  const { process } = frame.strip;
  if (action === 'open') return process === 'running' ? undefined : 'open';
  if (process !== 'running') return undefined;
  if (action === 'put') return nextPut(commands);
  if (action !== 'delete' && action !== 'get') return action;
  const key = frame.documents.rows.findLast(
    ({ answer }) => answer !== undefined,
  )?.key;
  return key === undefined ? undefined : `${action} ${key}`;
}
