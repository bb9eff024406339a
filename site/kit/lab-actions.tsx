/** The buttons that change the future: plug, kill, and commands. */
import { ActionButton } from './action-button.tsx';
import { type CommandAction, nextCommand } from './next-command.ts';
import type { LabControl } from './use-lab.ts';

/** `flip` has no button of its own: the inspector's bits run the story on. */
export type LabAction = 'plug' | 'kill' | 'flip' | CommandAction;

type Props = {
  actions: readonly LabAction[];
  control: LabControl;
  onPlug: () => void;
};

export function LabActions({ actions, control, onPlug }: Props) {
  if (actions.length === 0) return null;
  return (
    <div class="lab-actions" role="group" aria-label="What happens next">
      {actions.map((action) => {
        if (action === 'plug') {
          return <Plug key={action} control={control} onPlug={onPlug} />;
        }
        if (action === 'kill') return <Kill key={action} control={control} />;
        if (action === 'flip') return null;
        return <Next key={action} action={action} control={control} />;
      })}
    </div>
  );
}

function Plug({
  control,
  onPlug,
}: {
  control: LabControl;
  onPlug: () => void;
}) {
  const { process } = control.frame.strip;
  const hasPower = process !== 'not-started' && process !== 'no-power';
  return (
    <ActionButton
      look="button-danger"
      isOff={!hasPower || control.isRunning}
      onPress={onPlug}
    >
      Pull the plug
    </ActionButton>
  );
}

function Kill({ control }: { control: LabControl }) {
  const { process } = control.frame.strip;
  const isAlive = ['opening', 'running', 'closing'].includes(process);
  return (
    <ActionButton
      isOff={!isAlive || control.isRunning}
      onPress={() => control.crash('kill', 'all')}
    >
      Kill the process
    </ActionButton>
  );
}

function Next({
  action,
  control,
}: {
  action: CommandAction;
  control: LabControl;
}) {
  const { frame, lab, isRunning } = control;
  const command = nextCommand(action, frame, lab.place.commands);
  return (
    <ActionButton
      isOff={command === undefined || isRunning}
      onPress={() => command !== undefined && control.fork([command])}
    >
      <code>{command ?? action}</code>
    </ActionButton>
  );
}
