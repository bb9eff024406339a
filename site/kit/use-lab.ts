/**
 * A lab with its engine and its address: runs the commands of the place where
 * the lab stands, and shows the last frame until the answer is there.
 */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { engineClient } from '../worker/engine-client.ts';
import type { RecordedStory } from '../worker/record-story.ts';
import {
  crashHere,
  forkWith,
  fromUrl,
  goTo,
  type Lab,
  type LabPreset,
  loadPreset,
  recorded,
  reset,
  startLab,
  stepTo,
  toUrl,
  undo,
} from './lab.ts';
import { type LabFrame, type LabView, labFrame } from './lab-frame.ts';
import { type TranscriptLine, transcriptOf } from './step-sentences.ts';
import type { JsonValue } from './url-state.ts';
import { useFragment } from './use-fragment.ts';

export interface LabSource extends LabView {
  /** The figure's id: its part of the address. */
  readonly id: string;
  readonly presets: readonly LabPreset[];
  /** What the page was served with: the resting frame of the first preset. */
  readonly first: LabFrame;
  readonly transcript: readonly TranscriptLine[];
}

/** What a figure may do with its lab. */
export interface LabControl {
  readonly lab: Lab;
  readonly frame: LabFrame;
  readonly transcript: readonly TranscriptLine[];
  /** True while the engine is at work on other commands than those shown. */
  readonly isRunning: boolean;
  /** An error of the engine, or a link that could not be read. */
  readonly problem: string | undefined;
  readonly step: (index: number) => void;
  readonly preset: (name: string) => void;
  readonly fork: (commands: readonly string[]) => void;
  readonly crash: (kind: 'power' | 'kill', keep: string) => void;
  readonly reset: () => void;
  readonly undo: () => void;
  /** Stands where an address or a file says; false when it makes no sense. */
  readonly restore: (state: JsonValue) => boolean;
  /** The fragment that brings a reader to this very step. */
  readonly fragment: () => string;
}

interface Shown {
  readonly frame: LabFrame;
  readonly transcript: readonly TranscriptLine[];
  /** The recording that they come from; undefined: the page's own. */
  readonly of: RecordedStory | undefined;
}

export function useLab(source: LabSource): LabControl {
  const { id, presets, first, transcript } = source;
  const lab = useSignal(startLab(presets));
  const shown = useSignal<Shown>({ frame: first, transcript, of: undefined });
  const failure = useSignal<string | undefined>(undefined);

  const take = (next: Lab) => {
    lab.value = next;
    const { recording, step } = next;
    if (recording === undefined) return void run(next);
    const isSame = shown.value.of === recording;
    shown.value = {
      frame: labFrame(recording, step, source),
      transcript: isSame ? shown.value.transcript : transcriptOf(recording),
      of: recording,
    };
  };
  const run = async ({ place }: Lab) => {
    try {
      const { commands } = place;
      const output = await engineClient().call('run-story', { commands });
      // A later wish may have come first; its own answer is on its way.
      const next = recorded(lab.value, output);
      if (next !== lab.value) take(next);
    } catch (error) {
      failure.value = error instanceof Error ? error.message : String(error);
      if (lab.value.place === place) take(undo(lab.value));
    }
  };
  const restore = (state: JsonValue) => {
    const place = fromUrl(presets, state);
    if (place !== undefined) take(goTo(lab.value, place));
    return place !== undefined;
  };
  const address = useFragment(id, {
    onState: restore,
    onPreset: (name) => {
      const isKnown = presets.some((preset) => preset.name === name);
      if (isKnown) take(loadPreset(lab.value, name));
      return isKnown;
    },
  });
  const act = (next: Lab) => {
    failure.value = undefined;
    take(next);
    address.write(toUrl(lab.value));
  };

  useEffect(() => {
    // The address may have asked for another place a moment ago.
    if (lab.value.past.length === 0) void run(lab.value);
  }, []);

  return {
    lab: lab.value,
    frame: shown.value.frame,
    transcript: shown.value.transcript,
    isRunning: lab.value.recording === undefined,
    problem: failure.value ?? address.problem.value,
    step: (index) => act(stepTo(lab.value, index)),
    preset: (name) => act(loadPreset(lab.value, name)),
    fork: (commands) => act(forkWith(lab.value, commands)),
    crash: (kind, keep) => act(crashHere(lab.value, kind, keep)),
    reset: () => act(reset(lab.value)),
    undo: () => act(undo(lab.value)),
    restore,
    fragment: () => address.link(toUrl(lab.value)),
  };
}
