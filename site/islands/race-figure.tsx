/**
 * Group commit as a figure: writers, a slow disk, three rules to change. The
 * worker runs the race again whenever a rule changes.
 */
import '../kit/lab.css';
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { CommitRaceConfig } from '#engine/playground.ts';
import { decodeCommitChoice } from '../challenges/five-hundred-answer.ts';
import { CommitWays, Slider } from '../kit/commit-form.tsx';
import { CopyLink } from '../kit/copy-link.tsx';
import { Race } from '../kit/race.tsx';
import { RACE_SIZE, type RaceScene, raceScene } from '../kit/race-scene.ts';
import { StatePage } from '../kit/state-page.tsx';
import { Transcript } from '../kit/transcript.tsx';
import type { JsonValue } from '../kit/url-state.ts';
import { useFragment } from '../kit/use-fragment.ts';
import { engineClient } from '../worker/engine-client.ts';

/** What the reader may change. A type, so that it counts as JSON. */
export type RaceRules = Pick<
  CommitRaceConfig,
  'writers' | 'syncLatencyMs' | 'grouping' | 'acknowledge' | 'drive'
>;

export interface RacePreset {
  readonly name: string;
  readonly label: string;
  readonly rules: RaceRules;
}

export interface RaceFigureProps {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly presets: readonly RacePreset[];
  /** The race of the first preset. */
  readonly first: RaceScene;
}

const WRITERS_MAX = 16;
const SYNC_LATENCY_MS_MAX = 20;

export function RaceFigure(props: RaceFigureProps) {
  const { id, title, summary, presets } = props;
  const control = useRace(props);
  const { rules, scene, problem } = control;
  const { writers, syncLatencyMs, ...ways } = rules;
  const isSafe = ways.acknowledge === 'after-sync' && ways.drive === 'honest';
  return (
    <div
      class="lab race-figure"
      role="group"
      aria-label={title}
      aria-describedby={`${id}-summary`}
      aria-busy={control.isRunning}
      tabIndex={-1}
      data-lab={id}
    >
      <p class="visually-hidden" id={`${id}-summary`}>
        At first: {summary}
      </p>
      <div class="lab-presets" role="group" aria-label="Stories">
        {presets.map((preset) => (
          <button
            key={preset.name}
            type="button"
            class="button"
            aria-pressed={equalRules(rules, preset.rules)}
            onClick={() => control.change(preset.rules)}
          >
            {preset.label}
          </button>
        ))}
      </div>
      <Race scene={scene} />
      <p class="race-key">
        <span>
          <StatePage state="dirty" /> put, and waiting
        </span>
        <span>
          <StatePage state={isSafe ? 'durable' : 'dirty'} /> “saved”,{' '}
          {isSafe ? 'and on the medium' : 'and in a cache only'}
        </span>
        <span>
          <i class="race-black" aria-hidden="true" /> a sync, and how many
          commits it acknowledges
        </span>
      </p>
      {problem !== undefined && (
        <p class="lab-problem" role="alert">
          {problem}
        </p>
      )}
      <p class="visually-hidden" role="status">
        {scene.perSecond} commits a second;{' '}
        {scene.promise ?? 'nothing acknowledged is lost'}.
      </p>
      <div class="race-controls">
        <Slider
          label="Writers"
          value={writers}
          min={1}
          max={WRITERS_MAX}
          onValue={(next) => control.change({ ...rules, writers: next })}
        />
        <Slider
          label="One sync takes"
          value={syncLatencyMs}
          min={1}
          max={SYNC_LATENCY_MS_MAX}
          unit=" ms"
          onValue={(next) => control.change({ ...rules, syncLatencyMs: next })}
        />
        <CommitWays
          id={id}
          ways={ways}
          onWays={(next) => control.change({ ...rules, ...next })}
        />
      </div>
      <div class="lab-foot">
        <div class="lab-actions">
          <button type="button" class="button" onClick={control.reset}>
            Reset
          </button>
          <CopyLink fragment={control.fragment} />
          <span class="lab-seed">
            Seed: {RACE_SIZE.seed}. {RACE_SIZE.durationMs} simulated
            milliseconds.
          </span>
        </div>
        <div class="lab-folds">
          <Transcript
            lines={scene.lines.map((sentence) => ({
              command: undefined,
              sentence,
            }))}
            step={-1}
          />
        </div>
      </div>
    </div>
  );
}

function useRace({ id, presets, first }: RaceFigureProps) {
  const [start] = presets;
  if (start === undefined) throw new Error('a race needs rules');
  const rules = useSignal(start.rules);
  const scene = useSignal(first);
  const failure = useSignal<string | undefined>(undefined);
  const isRunning = useSignal(false);
  const wanted = useRef<RaceRules | undefined>(undefined);

  /** One race at a time; a slider that moves meanwhile is answered next. */
  const run = async (next: RaceRules) => {
    wanted.current = next;
    if (isRunning.value) return;
    isRunning.value = true;
    try {
      while (wanted.current !== undefined) {
        const config = { ...wanted.current, ...RACE_SIZE };
        wanted.current = undefined;
        const race = await engineClient().call('race-commits', { config });
        scene.value = raceScene(race);
      }
      failure.value = undefined;
    } catch (error) {
      failure.value = error instanceof Error ? error.message : String(error);
    } finally {
      isRunning.value = false;
    }
  };
  const show = (next: RaceRules) => {
    rules.value = next;
    if (start !== undefined && equalRules(next, start.rules)) {
      wanted.current = undefined;
      scene.value = first;
      if (!isRunning.value) return;
    }
    void run(next);
  };
  const address = useFragment(id, {
    onState: (state) => {
      const found = rulesFrom(state);
      if (found !== undefined) show(found);
      return found !== undefined;
    },
    onPreset: (name) => {
      const preset = presets.find((one) => one.name === name);
      if (preset !== undefined) show(preset.rules);
      return preset !== undefined;
    },
  });
  const toState = (next: RaceRules) =>
    equalRules(next, start.rules) ? undefined : next;
  const change = (next: RaceRules) => {
    show(next);
    address.write(toState(next));
  };
  return {
    rules: rules.value,
    scene: scene.value,
    isRunning: isRunning.value,
    problem: failure.value ?? address.problem.value,
    change,
    reset: () => change(start.rules),
    fragment: () => address.link(toState(rules.value)),
  };
}

function rulesFrom(state: JsonValue): RaceRules | undefined {
  const choice = decodeCommitChoice(state);
  if (choice === undefined || state === null || typeof state !== 'object') {
    return undefined;
  }
  if (!('syncLatencyMs' in state)) return undefined;
  const { syncLatencyMs } = state;
  const isTime =
    typeof syncLatencyMs === 'number' &&
    Number.isInteger(syncLatencyMs) &&
    syncLatencyMs >= 1 &&
    syncLatencyMs <= SYNC_LATENCY_MS_MAX;
  return isTime ? { ...choice, syncLatencyMs } : undefined;
}

function equalRules(a: RaceRules, b: RaceRules): boolean {
  return (
    a.writers === b.writers &&
    a.syncLatencyMs === b.syncLatencyMs &&
    a.grouping === b.grouping &&
    a.acknowledge === b.acknowledge &&
    a.drive === b.drive
  );
}
