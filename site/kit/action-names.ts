/** The `actions` attribute of a figure, read when a page is built. */
import type { LabAction } from './lab-actions.tsx';
import { COMMAND_ACTIONS, commandActions } from './next-command.ts';

const KNOWN: readonly LabAction[] = [
  'plug',
  'kill',
  'flip',
  ...COMMAND_ACTIONS,
];

/**
 * The actions of an attribute, in its order; `commands` stands for those that
 * make sense in the story. Throws RangeError for an unknown one.
 */
export function actionNames(
  text: string,
  commands: readonly string[],
): LabAction[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  return words.flatMap((word) => {
    if (word === 'commands') return commandActions(commands);
    const action = KNOWN.find((known) => known === word);
    if (action !== undefined) return [action];
    throw new RangeError(
      `no action ${word}; there are ${KNOWN.join(' ')} commands`,
    );
  });
}
