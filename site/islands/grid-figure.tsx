/**
 * The crash grid as a figure: a grid for each preset, the first one made when
 * the page is built, the others by the worker when they are asked for.
 */
import '../kit/lab.css';
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { CopyLink } from '../kit/copy-link.tsx';
import { CrashDetail, type ReplayFigure } from '../kit/crash-detail.tsx';
import { CrashGrid } from '../kit/crash-grid.tsx';
import {
  type CellPlace,
  type CrashGridScene,
  crashGridScene,
  gridTranscript,
  momentWalk,
  nextBroken,
} from '../kit/crash-grid-scene.ts';
import { CrashSummary } from '../kit/crash-summary.tsx';
import { Transcript } from '../kit/transcript.tsx';
import type { JsonValue } from '../kit/url-state.ts';
import { useFragment } from '../kit/use-fragment.ts';
import { engineClient } from '../worker/engine-client.ts';
import type { EngineProgress } from '../worker/protocol.ts';

export interface GridPreset {
  readonly name: string;
  readonly label: string;
  readonly commands: readonly string[];
}

export interface GridFigureProps {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly presets: readonly GridPreset[];
  /** The grid of the first preset. */
  readonly first: CrashGridScene;
  /** A StoryFigure of the page, and its preset, to step through a crash. */
  readonly replayIn?: ReplayFigure | undefined;
}

export function GridFigure(props: GridFigureProps) {
  const { id, title, summary, presets, replayIn } = props;
  const control = useGrid(props);
  const { scene, selected, progress, problem } = control;
  const walk = momentWalk(scene, selected);
  return (
    <div
      class="lab grid-figure"
      role="group"
      aria-label={title}
      aria-describedby={`${id}-summary`}
      aria-busy={progress !== undefined}
      tabIndex={-1}
      data-lab={id}
    >
      <p class="visually-hidden" id={`${id}-summary`}>
        {control.preset === presets[0]?.name
          ? summary
          : `${scene.total} crashes tried, ${scene.counts.broken} of them broke a promise.`}
      </p>
      {presets.length > 1 && (
        <div class="lab-presets" role="group" aria-label="Stories">
          {presets.map(({ name, label }) => (
            <button
              key={name}
              type="button"
              class="button"
              aria-pressed={control.preset === name}
              onClick={() => control.choose(name)}
            >
              {label}
            </button>
          ))}
        </div>
      )}
      {progress !== undefined && <Progress {...progress} />}
      {problem !== undefined && (
        <p class="lab-problem" role="alert">
          {problem}
        </p>
      )}
      <CrashSummary scene={scene} />
      <CrashGrid scene={scene} selected={selected} onSelect={control.select} />
      <div class="lab-actions grid-walk">
        <button
          type="button"
          class="button"
          disabled={walk.back === undefined}
          onClick={() => walk.back && control.select(walk.back)}
        >
          ← Back
        </button>
        <button
          type="button"
          class="button"
          disabled={walk.next === undefined}
          onClick={() => walk.next && control.select(walk.next)}
        >
          Next →
        </button>
        <span class="meter">
          moment {walk.number} of {walk.count}
        </span>
        <button
          type="button"
          class="button"
          disabled={scene.counts.broken === 0}
          onClick={() => {
            const next = nextBroken(scene, selected);
            if (next !== undefined) control.select(next);
          }}
        >
          Next broken crash
        </button>
        <button type="button" class="button" onClick={control.reset}>
          Reset
        </button>
        <CopyLink fragment={control.fragment} />
        <span class="lab-seed">
          Seed: 1. Keys in the grid: ← → moment, ↑ ↓ crash.
        </span>
      </div>
      <div class="grid-detail" aria-live="polite">
        {selected === undefined ? (
          <p class="grid-hint">
            Choose a cell: it is one crash, told in words.
          </p>
        ) : (
          <CrashDetail
            key={`${control.preset} ${Object.values(selected).join(' ')}`}
            scene={scene}
            place={selected}
            replayIn={replayIn}
          />
        )}
      </div>
      <div class="lab-foot">
        <div class="lab-folds">
          <Transcript lines={gridTranscript(scene)} step={-1} />
        </div>
      </div>
    </div>
  );
}

function useGrid({ id, presets, first }: GridFigureProps) {
  const [start] = presets;
  if (start === undefined) throw new Error('a grid needs a story');
  const name = useSignal(start.name);
  const scenes = useSignal<ReadonlyMap<string, CrashGridScene>>(
    new Map([[start.name, first]]),
  );
  const rest = nextBroken(first, undefined);
  const selected = useSignal(rest);
  const progress = useSignal<EngineProgress | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);
  const running = useRef<AbortController | undefined>(undefined);

  const show = async (wanted: string, place?: CellPlace) => {
    running.current?.abort();
    failure.value = undefined;
    const preset = presets.find((one) => one.name === wanted);
    if (preset === undefined) return;
    let scene = scenes.value.get(wanted);
    if (scene === undefined) {
      const abort = new AbortController();
      running.current = abort;
      progress.value = { done: 0, total: 1 };
      try {
        scene = await computed(preset.commands, abort.signal, (next) => {
          progress.value = next;
        });
      } catch (error) {
        if (abort.signal.aborted) return;
        failure.value = error instanceof Error ? error.message : String(error);
        return;
      } finally {
        if (running.current === abort) progress.value = undefined;
      }
      scenes.value = new Map(scenes.value).set(wanted, scene);
    }
    name.value = wanted;
    selected.value = place ?? nextBroken(scene, undefined);
  };
  const address = useFragment(id, {
    onState: (state) => {
      const found = placeFrom(state);
      if (found === undefined) return false;
      void show(found.preset, found.place);
      return presets.some((one) => one.name === found.preset);
    },
    onPreset: (wanted) => {
      void show(wanted);
      return presets.some((one) => one.name === wanted);
    },
  });
  return {
    preset: name.value,
    scene: scenes.value.get(name.value) ?? first,
    selected: selected.value,
    progress: progress.value,
    problem: failure.value ?? address.problem.value,
    choose: (wanted: string) => {
      address.write({ preset: wanted });
      void show(wanted);
    },
    select: (place: CellPlace) => {
      selected.value = place;
      address.write(stateOf(name.value, place));
    },
    fragment: () => address.link(stateOf(name.value, selected.value)),
    reset: () => {
      address.write(undefined);
      void show(start.name, rest);
    },
  };
}

/** The grid and a recording of its story, from the worker. */
async function computed(
  commands: readonly string[],
  signal: AbortSignal,
  onProgress: (progress: EngineProgress) => void,
): Promise<CrashGridScene> {
  const engine = engineClient();
  const grid = await engine.call(
    'crash-grid',
    { commands },
    { signal, onProgress },
  );
  const recording = await engine.call('run-story', { commands }, { signal });
  return crashGridScene(grid, recording);
}

function stateOf(preset: string, place: CellPlace | undefined): JsonValue {
  if (place === undefined) return { preset };
  return { preset, cell: [place.group, place.column, place.cell] };
}

function placeFrom(state: JsonValue) {
  if (state === null || typeof state !== 'object' || !('preset' in state)) {
    return undefined;
  }
  const { preset, cell: at } = state;
  if (typeof preset !== 'string') return undefined;
  if (at === undefined) return { preset, place: undefined };
  if (!Array.isArray(at)) return undefined;
  const [group, column, cell] = at.filter((one) => typeof one === 'number');
  if (group === undefined || column === undefined || cell === undefined) {
    return undefined;
  }
  return { preset, place: { group, column, cell } };
}

function Progress({ done, total }: EngineProgress) {
  return (
    <p class="grid-progress" role="status">
      Trying crashes: moment {done} of {total}…
    </p>
  );
}
