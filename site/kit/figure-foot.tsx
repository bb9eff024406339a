/** Below a figure: undo, the link to this step, transcript, files, keys. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren, TargetedEvent } from 'preact';
import { ActionButton } from './action-button.tsx';
import { saveFile } from './save-file.ts';
import type { TranscriptLine } from './step-sentences.ts';
import { TimelineKeys } from './timeline.tsx';
import { Transcript } from './transcript.tsx';
import { type JsonValue, LINK_LENGTH_MAX, readFragment } from './url-state.ts';

interface Props {
  /** The figure's id. */
  readonly id: string;
  readonly transcript: readonly TranscriptLine[];
  readonly step: number;
  /** The fragment of a link to what is shown. */
  readonly fragment: () => string;
  /** Stands as a state file says; false when it does not fit. */
  readonly restore: (state: JsonValue) => boolean;
  /** For figures in which something can be undone. */
  readonly undo?: { readonly isPossible: boolean; readonly run: () => void };
  /** More `<details class="lab-fold">`. */
  readonly children?: ComponentChildren;
}

export function FigureFoot(props: Props) {
  const { transcript, step, undo, children } = props;
  const said = useSignal('');
  const share = async () => {
    said.value = await shareFragment(props.id, props.fragment());
  };
  const load = async ({ currentTarget }: TargetedEvent<HTMLInputElement>) => {
    const text = await currentTarget.files?.[0]?.text();
    if (text !== undefined) said.value = loadFile(text, props);
  };
  return (
    <div class="lab-foot">
      <div class="lab-actions">
        {undo && (
          <ActionButton isOff={!undo.isPossible} onPress={undo.run}>
            Undo
          </ActionButton>
        )}
        <ActionButton onPress={share}>Copy link to this step</ActionButton>
        <span role="status">{said.value}</span>
        <span class="lab-seed">Seed: none. Same commands, same bytes.</span>
      </div>
      <div class="lab-folds">
        <Transcript lines={transcript} step={step} />
        {children}
        <TimelineKeys />
        <details class="lab-fold">
          <summary>Load</summary>
          <label>
            A state file of this figure:{' '}
            <input type="file" accept=".txt,text/plain" onChange={load} />
          </label>
        </details>
      </div>
    </div>
  );
}

async function shareFragment(id: string, fragment: string): Promise<string> {
  if (fragment.length > LINK_LENGTH_MAX) {
    saveFile(`wrongodb-${id}.txt`, fragment);
    return 'Too long for a link: saved as a file.';
  }
  const link = new URL(fragment || location.pathname, location.href).href;
  try {
    await navigator.clipboard.writeText(link);
    return 'Copied.';
  } catch {
    history.replaceState(history.state, '', link);
    return 'It is in the address bar.';
  }
}

function loadFile(text: string, { id, restore }: Props): string {
  const request = readFragment(text.trim());
  const state = request.kind === 'state' ? request.state.get(id) : undefined;
  const isOurs = state !== undefined && restore(state);
  return isOurs ? 'Loaded.' : 'That file holds no state of this figure.';
}
