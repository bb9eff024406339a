/**
 * The front door: a live engine, three buttons, ten seconds to the first lost
 * document. Everything shown is the engine's own answer; the wrong engine is
 * the real one with one rule removed.
 */
import '../kit/lab.css';
import '../kit/front-door.css';
import { useEffect } from 'preact/hooks';
import { ActionButton } from '../kit/action-button.tsx';
import { DiskFiles } from '../kit/disk-files.tsx';
import { FigureFoot } from '../kit/figure-foot.tsx';
import {
  type BytesPlace,
  type FrontDoorRow,
  frontDoorScene,
} from '../kit/front-door-scene.ts';
import {
  FRONT_DOOR_STORIES,
  FRONT_DOOR_VIEW,
} from '../kit/front-door-stories.ts';
import type { LabFrame } from '../kit/lab-frame.ts';
import { nextPut } from '../kit/next-command.ts';
import { StatePage } from '../kit/state-page.tsx';
import { commandStarts, type TranscriptLine } from '../kit/step-sentences.ts';
import { Timeline, timelineKeyDown } from '../kit/timeline.tsx';
import { type LabControl, useLab } from '../kit/use-lab.ts';
import type { VerdictScene } from '../kit/verdict-scene.ts';

export interface FrontDoorProps {
  readonly id: string;
  readonly first: LabFrame;
  readonly transcript: readonly TranscriptLine[];
}

/** How long the dark lasts before the engine opens its file by itself. */
const RECOVER_AFTER_MS = 1500;

export function FrontDoor({ id, first, transcript }: FrontDoorProps) {
  const presets = FRONT_DOOR_STORIES;
  const control = useLab({
    id,
    presets,
    first,
    transcript,
    ...FRONT_DOOR_VIEW,
  });
  const { frame, lab, isRunning, problem } = control;
  const scene = frontDoorScene(frame);
  const isOff = scene.phase === 'off' && frame.step === frame.stepCount - 1;
  const recover = () => control.fork(['open']);
  useEffect(() => {
    if (!isOff || isRunning) return;
    const timer = setTimeout(recover, RECOVER_AFTER_MS);
    return () => clearTimeout(timer);
  });
  return (
    <div
      class="lab door"
      role="group"
      aria-label="A live database"
      aria-busy={isRunning}
      tabIndex={-1}
      data-lab={id}
      data-phase={scene.phase}
      onKeyDown={timelineKeyDown}
    >
      <div class="door-desk">
        <div class="door-buttons">
          <ActionButton
            look="door-button"
            isOff={scene.phase === 'off'}
            onPress={() => control.fork([nextPut(lab.place.commands), 'sync'])}
          >
            Insert
          </ActionButton>
          <ActionButton
            look="door-button button-danger"
            isOff={scene.phase === 'off'}
            onPress={() => control.fork(['crash power keep=none'])}
          >
            Pull the plug
          </ActionButton>
          <ActionButton
            look="door-button"
            isOff={scene.phase !== 'off'}
            onPress={recover}
          >
            Recover
          </ActionButton>
        </div>
        <div class="door-view">
          <p class="door-sentence" role="status">
            {scene.sentence}
          </p>
          {problem !== undefined && (
            <p class="lab-problem" role="alert">
              {problem}
            </p>
          )}
          <div class="door-sheet">
            <Rows rows={scene.rows} sizeBytes={scene.mediumSizeBytes} />
            {frame.verdict && <DoorStamp verdict={frame.verdict} />}
          </div>
        </div>
        <Rule control={control} />
        <details class="door-steps">
          <summary>Step through it</summary>
          <Timeline
            step={frame.step}
            stepCount={frame.stepCount}
            sentence={frame.sentence}
            marks={commandStarts(control.transcript)}
            onStep={control.step}
            onReset={control.reset}
          />
          <p class="lab-step">
            <code class="lab-command">{frame.command ?? '(start)'}</code>{' '}
            <span>{frame.sentence}</span>
          </p>
          <FigureFoot
            id={id}
            transcript={control.transcript}
            step={frame.step}
            fragment={control.fragment}
            restore={control.restore}
            undo={{ isPossible: lab.past.length > 0, run: control.undo }}
          >
            <DiskFiles disk={lab.recording?.steps[lab.step]?.disk} />
          </FigureFoot>
        </details>
      </div>
    </div>
  );
}

/** The one rule that the two engines differ by. */
function Rule({ control }: { control: LabControl }) {
  const { lab, preset } = control;
  return (
    <fieldset class="door-rule">
      <legend class="label">The engine’s rule</legend>
      {lab.presets.map(({ name, label }) => (
        <label key={name}>
          <input
            type="radio"
            name="door-rule"
            checked={lab.place.preset === name}
            onChange={() => preset(name)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

type RowsProps = { rows: readonly FrontDoorRow[]; sizeBytes: number };

function Rows({ rows, sizeBytes }: RowsProps) {
  return (
    <table class="door-table">
      <thead>
        <tr>
          <th scope="col">You were told</th>
          <th scope="col" class="door-cache">
            OS cache <small>gone without power</small>
          </th>
          <th scope="col" class="door-medium">
            Medium <small>stays</small>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} data-mark={row.mark}>
            <th scope="row">
              <span
                class={`door-name ${row.mark === 'lost' ? 'strike-by-hand' : ''}`}
              >
                {row.key} = {row.value}
              </span>
              <Said row={row} />
            </th>
            <td class="door-cache">
              <Bytes row={row} at="os-cache" />
            </td>
            <td class="door-medium">
              <Bytes row={row} at="medium" />
            </td>
          </tr>
        ))}
        <tr class="door-file">
          <td />
          <td class="door-cache" />
          <td class="door-medium meter">append.log {sizeBytes} bytes</td>
        </tr>
      </tbody>
    </table>
  );
}

function Said({ row: { said, mark } }: { row: FrontDoorRow }) {
  if (mark === 'lost') return <strong class="door-lost">✕ lost</strong>;
  if (mark === 'kept') return <strong class="door-kept">✓ kept</strong>;
  return (
    <span class="door-said">{said === 'saved' ? 'saved' : 'in doubt'}</span>
  );
}

type BytesProps = { row: FrontDoorRow; at: BytesPlace };

function Bytes({ row: { key, value, place, mark }, at }: BytesProps) {
  if (place === 'nowhere' && at === 'os-cache' && mark === 'none') {
    return (
      <span class="door-ticket" data-state="broken">
        <StatePage state="broken" /> <s>{`${key}${value}`}</s>
      </span>
    );
  }
  if (place !== at) return null;
  const state = at === 'medium' ? 'durable' : 'dirty';
  return (
    <span class="door-ticket" data-state={state}>
      <StatePage state={state} /> {`${key}${value}`}
    </span>
  );
}

function DoorStamp({ verdict }: { verdict: VerdictScene }) {
  const { isBroken, promise, word } = verdict;
  return (
    <p class="door-stamp" data-broken={isBroken}>
      <span class="stamp">
        <strong>{isBroken ? promise.toUpperCase() : word}</strong>
        {!isBroken && <span>{promise}</span>}
      </span>
    </p>
  );
}
