/**
 * K5: the wrong engine and the right one, through the same commands, in step.
 * Where they first part is marked on the timeline.
 */
import '../kit/lab.css';
import '../kit/twin.css';
import { FigureFoot } from '../kit/figure-foot.tsx';
import { LabCaption } from '../kit/lab-caption.tsx';
import type { LabFrame, LabPanelName } from '../kit/lab-frame.ts';
import { LabPanel } from '../kit/lab-panel.tsx';
import { commandStarts, type TranscriptLine } from '../kit/step-sentences.ts';
import { Timeline, timelineKeyDown } from '../kit/timeline.tsx';
import { type TwinFrame, useTwin } from '../kit/use-twin.ts';

export interface TwinProps {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly panels: readonly LabPanelName[];
  readonly file: string | undefined;
  readonly labels: { readonly wrong: string; readonly fixed: string };
  readonly wrong: readonly string[];
  readonly fixed: readonly string[];
  readonly first: TwinFrame;
  readonly transcript: readonly TranscriptLine[];
}

export function Twin(props: TwinProps) {
  const { id, title, summary, panels, labels, transcript } = props;
  const control = useTwin(props);
  const { frame, problem } = control;
  const { tick, tickCount, parting } = frame;
  return (
    <div
      class="lab"
      role="group"
      aria-label={title}
      aria-describedby={`${id}-summary`}
      tabIndex={-1}
      data-lab={id}
      onKeyDown={timelineKeyDown}
    >
      <p class="visually-hidden" id={`${id}-summary`}>
        {summary}
      </p>
      <Timeline
        step={tick}
        stepCount={tickCount}
        sentence={transcript[tick]?.sentence ?? ''}
        marks={commandStarts(transcript)}
        parting={parting}
        onStep={control.step}
        onReset={control.reset}
      >
        {parting !== undefined && (
          <button
            type="button"
            class="button"
            aria-pressed={tick === parting}
            onClick={() => control.step(parting)}
          >
            Where they part
          </button>
        )}
      </Timeline>
      {problem !== undefined && (
        <p class="lab-problem" role="alert">
          {problem}
        </p>
      )}
      <div class="twin">
        <Side
          name="wrong"
          label={labels.wrong}
          frame={frame.wrong}
          panels={panels}
        />
        <Side
          name="fixed"
          label={labels.fixed}
          frame={frame.fixed}
          panels={panels}
        />
      </div>
      <FigureFoot
        id={id}
        transcript={transcript}
        step={tick}
        fragment={control.fragment}
        restore={control.restore}
      />
    </div>
  );
}

type SideProps = {
  name: 'wrong' | 'fixed';
  label: string;
  frame: LabFrame;
  panels: readonly LabPanelName[];
};

function Side({ name, label, frame, panels }: SideProps) {
  return (
    <section class="twin-side" data-side={name} aria-label={label}>
      <p class="twin-title">{label}</p>
      <LabCaption frame={frame} />
      {panels.map((panel) => (
        <LabPanel key={panel} name={panel} frame={frame} canFlip={false} />
      ))}
    </section>
  );
}
