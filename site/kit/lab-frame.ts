/**
 * One frame of a figure: its panels' drawing models at one step.
 *
 * The page is served with the frame of the resting step and nothing more; the
 * worker runs the story again when the island wakes, and the frame that it
 * gives for that step is the same one, so nothing moves.
 */
import type { Meters } from '#engine/playground.ts';
import type { RecordedStory } from '../worker/record-story.ts';
import { answersScene, type ConsoleLine } from './answers-scene.ts';
import {
  type DiskStripScene,
  diskStripScene,
  type StripRoom,
  stripRoom,
} from './disk-strip-scene.ts';
import { type DocumentsScene, documentsScene } from './documents-scene.ts';
import { type InspectedFile, inspectedFiles } from './inspector-scene.ts';
import { type SegmentMapScene, segmentMapScene } from './segment-map-scene.ts';
import { stepSentence } from './step-sentences.ts';
import { type VerdictScene, verdictScene } from './verdict-scene.ts';

/** What a figure may show, in the words of its `panels` attribute. */
export const LAB_PANELS = [
  'strip',
  'documents',
  'inspector',
  'index',
  'meters',
  'answers',
] as const;
export type LabPanelName = (typeof LAB_PANELS)[number];

/** Which panels a figure has, and which file its inspector opens first. */
export interface LabView {
  readonly panels: readonly LabPanelName[];
  readonly file: string | undefined;
}

export interface LabFrame {
  readonly step: number;
  readonly stepCount: number;
  /** The command at work; undefined before the first. */
  readonly command: string | undefined;
  readonly sentence: string;
  readonly strip: DiskStripScene;
  readonly room: StripRoom;
  readonly documents: DocumentsScene;
  readonly meters: Meters;
  readonly answers: readonly ConsoleLine[];
  readonly verdict: VerdictScene | undefined;
  /** Whole files: only for a figure with an inspector. */
  readonly files: readonly InspectedFile[];
  /** Only for a figure with the panel `index`. */
  readonly index: SegmentMapScene | undefined;
}

/** Throws RangeError when there is no such step. */
export function labFrame(
  recording: RecordedStory,
  index: number,
  { panels, file }: LabView,
): LabFrame {
  const step = recording.steps[index];
  if (step === undefined) throw new RangeError(`no step ${index}`);
  const { disk, store } = step;
  return {
    step: index,
    stepCount: recording.steps.length,
    command: recording.commands[step.commandIndex],
    sentence: stepSentence(step.event),
    strip: diskStripScene(recording, index),
    room: stripRoom(recording),
    documents: documentsScene(recording, index),
    meters: step.meters,
    answers: answersScene(recording, index),
    verdict: verdictScene(recording, index),
    files: panels.includes('inspector') ? inspectedFiles(disk, file) : [],
    index: panels.includes('index') ? segmentMapScene(disk, store) : undefined,
  };
}

/** The panels of an attribute, in its order. Throws RangeError. */
export function panelNames(text: string): LabPanelName[] {
  return text.split(/\s+/).map((word) => {
    const name = LAB_PANELS.find((panel) => panel === word);
    if (name !== undefined) return name;
    throw new RangeError(`no panel ${word}; there are ${LAB_PANELS.join(' ')}`);
  });
}
