/** What happens at this step, said once, and the verdict when there is one. */
import type { LabFrame } from './lab-frame.ts';
import { Stamp } from './stamp.tsx';

type Props = { frame: LabFrame };

export function LabCaption({ frame }: Props) {
  const { command, sentence, verdict } = frame;
  return (
    <div class="lab-caption">
      <p class="lab-step" role="status">
        <code class="lab-command">{command ?? '(start)'}</code>{' '}
        <span>{sentence}</span>
      </p>
      {verdict && <Stamp verdict={verdict} />}
    </div>
  );
}
