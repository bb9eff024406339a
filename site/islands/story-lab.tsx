/**
 * The laboratory: one story, its timeline, and the panels that a figure asks
 * for. Served at its resting step; the engine runs it again when it wakes.
 */
import '../kit/lab.css';
import { useSignal } from '@preact/signals';
import { DiskFiles } from '../kit/disk-files.tsx';
import { FigureFoot } from '../kit/figure-foot.tsx';
import { type BitFlip, flipCommands } from '../kit/inspector-scene.ts';
import type { LabPreset } from '../kit/lab.ts';
import { type LabAction, LabActions } from '../kit/lab-actions.tsx';
import { LabCaption } from '../kit/lab-caption.tsx';
import type { LabFrame, LabPanelName } from '../kit/lab-frame.ts';
import { LabPanel } from '../kit/lab-panel.tsx';
import { commandStarts, type TranscriptLine } from '../kit/step-sentences.ts';
import { keepText, type SurvivorChoice } from '../kit/survivor-choice.ts';
import { SurvivorConfirm } from '../kit/survivor-confirm.tsx';
import { Timeline, timelineKeyDown } from '../kit/timeline.tsx';
import { type LabControl, useLab } from '../kit/use-lab.ts';

export interface StoryLabProps {
  readonly id: string;
  /** Names the figure for a screen reader. */
  readonly title: string;
  readonly summary: string;
  readonly panels: readonly LabPanelName[];
  /** What the inspector opens first; by default the first by name. */
  readonly file: string | undefined;
  readonly actions: readonly LabAction[];
  readonly presets: readonly LabPreset[];
  readonly first: LabFrame;
  readonly transcript: readonly TranscriptLine[];
}

export function StoryLab(props: StoryLabProps) {
  const { id, title, summary, panels, actions, presets } = props;
  const control = useLab(props);
  // While it is defined, the reader chooses what a power cut spares.
  const choice = useSignal<SurvivorChoice | undefined>(undefined);
  const { frame, lab, isRunning, problem, transcript } = control;
  const isOpen = frame.strip.process === 'running';
  const flip = (bit: BitFlip) => control.fork(flipCommands(isOpen, bit));
  const choose = (next: SurvivorChoice | undefined) => {
    choice.value = next;
  };
  return (
    <div
      class="lab"
      role="group"
      aria-label={title}
      aria-describedby={`${id}-summary`}
      aria-busy={isRunning}
      tabIndex={-1}
      data-lab={id}
      onKeyDown={timelineKeyDown}
    >
      <p class="visually-hidden" id={`${id}-summary`}>
        {lab.place.preset === presets[0]?.name ? summary : frame.sentence}
      </p>
      {presets.length > 1 && <Presets control={control} />}
      <Timeline
        step={frame.step}
        stepCount={frame.stepCount}
        sentence={frame.sentence}
        marks={commandStarts(transcript)}
        onStep={(step) => {
          choose(undefined);
          control.step(step);
        }}
        onReset={control.reset}
      />
      <LabCaption frame={frame} />
      {problem !== undefined && (
        <p class="lab-problem" role="alert">
          {problem}
        </p>
      )}
      {choice.value === undefined ? (
        <LabActions
          actions={actions}
          control={control}
          onPlug={() => {
            if (pendingIds(frame).length > 0) choose(new Map());
            else control.crash('power', 'none');
          }}
        />
      ) : (
        <SurvivorConfirm
          choice={choice.value}
          ids={pendingIds(frame)}
          onChoose={choose}
          onConfirm={(survivors) => {
            choose(undefined);
            control.crash('power', keepText(survivors));
          }}
        />
      )}
      {panels.map((name) => (
        <LabPanel
          key={name}
          name={name}
          frame={frame}
          chooser={choice.value && { choice: choice.value, onChoose: choose }}
          onFlip={actions.includes('flip') ? flip : undefined}
        />
      ))}
      <FigureFoot
        id={id}
        transcript={transcript}
        step={frame.step}
        fragment={control.fragment}
        restore={control.restore}
        undo={{ isPossible: lab.past.length > 0, run: control.undo }}
      >
        <DiskFiles disk={lab.recording?.steps[lab.step]?.disk} />
      </FigureFoot>
    </div>
  );
}

function Presets({ control }: { control: LabControl }) {
  const { lab, preset } = control;
  return (
    <div class="lab-presets" role="group" aria-label="Stories">
      {lab.presets.map(({ name, label }) => (
        <button
          key={name}
          type="button"
          class="button"
          aria-pressed={lab.place.preset === name}
          onClick={() => preset(name)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

/** What a power cut may take or spare; what a failed sync dropped is gone. */
function pendingIds({ strip }: LabFrame): number[] {
  return [...strip.osCache, ...strip.driveCache]
    .filter(({ place }) => place !== 'lost')
    .map(({ id }) => id);
}
