/** Two recordings on one timeline; its state is a tick. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { engineClient } from '../worker/engine-client.ts';
import type { RecordedStory } from '../worker/record-story.ts';
import type { StripRoom } from './disk-strip-scene.ts';
import { type LabFrame, type LabView, labFrame } from './lab-frame.ts';
import { type TwinScene, twinScene } from './twin-scene.ts';
import type { JsonValue } from './url-state.ts';
import { useFragment } from './use-fragment.ts';

export interface TwinFrame {
  readonly tick: number;
  readonly tickCount: number;
  readonly parting: number | undefined;
  readonly wrong: LabFrame;
  readonly fixed: LabFrame;
}

export interface TwinSource extends LabView {
  readonly id: string;
  readonly wrong: readonly string[];
  readonly fixed: readonly string[];
  /** What the page was served with. */
  readonly first: TwinFrame;
}

export interface TwinControl {
  readonly frame: TwinFrame;
  readonly problem: string | undefined;
  readonly step: (tick: number) => void;
  readonly reset: () => void;
  readonly restore: (state: JsonValue) => boolean;
  readonly fragment: () => string;
}

export interface TwinRecordings {
  readonly wrong: RecordedStory;
  readonly fixed: RecordedStory;
  readonly scene: TwinScene;
}

/** Both frames at a tick; a tick out of range becomes the nearest one. */
export function twinFrame(
  pair: TwinRecordings,
  wish: number,
  view: LabView,
): TwinFrame {
  const { ticks, parting } = pair.scene;
  const tick = Math.min(Math.max(wish, 0), ticks.length - 1);
  const at = ticks[tick];
  if (at === undefined) throw new RangeError('a twin has a tick at least');
  const wrong = labFrame(pair.wrong, at.wrong, view);
  const fixed = labFrame(pair.fixed, at.fixed, view);
  // Both keep the same room, so that the two strips stay side by side.
  const room = widerRoom(wrong.room, fixed.room);
  return {
    tick,
    tickCount: ticks.length,
    parting,
    wrong: { ...wrong, room },
    fixed: { ...fixed, room },
  };
}

function widerRoom(a: StripRoom, b: StripRoom): StripRoom {
  return {
    osCache: Math.max(a.osCache, b.osCache),
    driveCache: Math.max(a.driveCache, b.driveCache),
    medium: Math.max(a.medium, b.medium),
  };
}

export function useTwin(source: TwinSource): TwinControl {
  const { id, wrong, fixed, first } = source;
  const shown = useSignal(first);
  const pair = useSignal<TwinRecordings | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);
  // A tick that was asked for before the engine had answered.
  const wish = useSignal<number | undefined>(undefined);

  const show = (tick: number) => {
    if (pair.value === undefined) wish.value = tick;
    else shown.value = twinFrame(pair.value, tick, source);
  };
  const restore = (state: JsonValue) => {
    if (typeof state !== 'number' || !Number.isSafeInteger(state)) return false;
    show(state);
    return true;
  };
  const address = useFragment(id, { onState: restore });
  const urlState = () => {
    const { tick } = shown.value;
    return tick === first.tick ? undefined : tick;
  };
  const act = (tick: number) => {
    show(tick);
    address.write(urlState());
  };

  useEffect(() => {
    runPair(wrong, fixed).then(
      (recordings) => {
        pair.value = recordings;
        if (wish.value !== undefined) show(wish.value);
      },
      (error: unknown) => {
        failure.value = error instanceof Error ? error.message : String(error);
      },
    );
  }, []);

  return {
    frame: shown.value,
    problem: failure.value ?? address.problem.value,
    step: act,
    reset: () => act(first.tick),
    restore,
    fragment: () => address.link(urlState()),
  };
}

async function runPair(
  wrongCommands: readonly string[],
  fixedCommands: readonly string[],
): Promise<TwinRecordings> {
  const run = (commands: readonly string[]) =>
    engineClient().call('run-story', { commands });
  const [wrong, fixed] = await Promise.all([
    run(wrongCommands),
    run(fixedCommands),
  ]);
  return { wrong, fixed, scene: twinScene(wrong, fixed) };
}
