/**
 * The state of one figure, as a value, and every way to change it.
 *
 * A figure is at a *place*: a preset, the commands that were run, and a step.
 * Forking the future from a step cuts the commands after it and appends
 * others; the place that was left is kept, so that a reader can go back.
 * Running commands is somebody else's work (use-lab.ts): while `recording` is
 * undefined the commands are on their way.
 */
import type { RecordedStory } from '../worker/record-story.ts';
import type { JsonValue } from './url-state.ts';

/**
 * A step: its index, the last one, or `command:moment`, the step at which
 * that command (from 0) had made so many changes to the disk.
 */
export type StepName = 'last' | number | `${number}:${number}`;

/** A story to start from, by a short name that links can use. */
export interface LabPreset {
  readonly name: string;
  readonly label: string;
  readonly commands: readonly string[];
  readonly rest: StepName;
}

export interface LabPlace {
  readonly preset: string;
  readonly commands: readonly string[];
  readonly at: StepName;
}

export interface Lab {
  readonly presets: readonly LabPreset[];
  readonly place: LabPlace;
  /** Where undo leads, the latest last. */
  readonly past: readonly LabPlace[];
  /** What `place.commands` gave; undefined until the engine has answered. */
  readonly recording: RecordedStory | undefined;
  /** Index of the step shown; valid with a recording. */
  readonly step: number;
}

const COMMAND_COUNT_MAX = 400;
const COMMAND_LENGTH_MAX = 2000;

/** A lab at rest at its first preset. Requires at least one preset. */
export function startLab(presets: readonly LabPreset[]): Lab {
  const [first] = presets;
  if (first === undefined) throw new Error('a lab needs a preset');
  const place = placeOf(first);
  return { presets, place, past: [], recording: undefined, step: 0 };
}

/** The index of a named step. Throws RangeError when it does not exist. */
export function stepIndex(recording: RecordedStory, name: StepName): number {
  const { steps } = recording;
  if (name === 'last') return steps.length - 1;
  if (typeof name === 'number') {
    if (steps[name] !== undefined) return name;
    throw new RangeError(`there are ${steps.length} steps, no step ${name}`);
  }
  const [command, moment] = name.split(':').map(Number);
  const index = steps.findIndex(
    (step) => step.commandIndex === command && step.moment === moment,
  );
  if (index >= 0) return index;
  throw new RangeError(`no step of command ${command} at moment ${moment}`);
}

/** Takes in what the engine answered, unless it is about older commands. */
export function recorded(lab: Lab, recording: RecordedStory): Lab {
  if (!equalLists(recording.commands, lab.place.commands)) return lab;
  return { ...lab, recording, step: nearestStep(recording, lab.place.at) };
}

export function loadPreset(lab: Lab, name: string): Lab {
  const preset = lab.presets.find((candidate) => candidate.name === name);
  if (preset === undefined) throw new Error(`there is no preset ${name}`);
  return goTo(lab, placeOf(preset));
}

/** Back to the preset as it was, undoable. */
export function reset(lab: Lab): Lab {
  return loadPreset(lab, lab.place.preset);
}

/** Shows a step; an index out of range becomes the nearest one. */
export function stepTo(lab: Lab, index: number): Lab {
  const { recording } = lab;
  if (recording === undefined) return lab;
  const step = Math.min(Math.max(index, 0), recording.steps.length - 1);
  return { ...lab, step, place: { ...lab.place, at: step } };
}

/** Runs `commands` after the command of the step shown, forgetting the rest. */
export function forkWith(lab: Lab, commands: readonly string[]): Lab {
  return goTo(lab, {
    preset: lab.place.preset,
    commands: [...commandsUntil(lab), ...commands],
    at: 'last',
  });
}

/**
 * Stops everything at the step shown, inside its command, and opens again.
 * `keep` names what survives a power cut, in the words of the command.
 */
export function crashHere(lab: Lab, kind: 'power' | 'kill', keep: string): Lab {
  const moment = lab.recording?.steps[lab.step]?.moment ?? 0;
  const kept = kind === 'power' ? ` keep=${keep}` : '';
  return forkWith(lab, [`crash ${kind} after=${moment}${kept}`, 'open']);
}

/** Back to the place before the last preset, fork or reset. */
export function undo(lab: Lab): Lab {
  const place = lab.past.at(-1);
  if (place === undefined) return lab;
  return { ...moveTo(lab, place), past: lab.past.slice(0, -1) };
}

/** True when the figure stands as the page was served. */
export function isAtRest(lab: Lab): boolean {
  const [first] = lab.presets;
  if (first === undefined || !isPreset(lab.place, first)) return false;
  const { recording } = lab;
  if (recording === undefined) return lab.place.at === first.rest;
  return lab.step === stepIndex(recording, first.rest);
}

/** What the address keeps; undefined at rest. `fromUrl` reads it. */
export function toUrl(lab: Lab): JsonValue | undefined {
  if (isAtRest(lab)) return undefined;
  const { preset: name, commands } = lab.place;
  const preset = lab.presets.find((candidate) => candidate.name === name);
  const isChanged = preset === undefined || !isPreset(lab.place, preset);
  const step = lab.recording === undefined ? lab.place.at : lab.step;
  return { preset: name, ...(isChanged ? { commands } : {}), step };
}

/** A place from an address, or undefined when it makes no sense here. */
export function fromUrl(
  presets: readonly LabPreset[],
  state: JsonValue | undefined,
): LabPlace | undefined {
  if (state === null || typeof state !== 'object') return undefined;
  if (!('preset' in state)) return undefined;
  const { preset: name, commands, step } = state;
  const preset = presets.find((candidate) => candidate.name === name);
  if (preset === undefined || !isStepName(step)) return undefined;
  if (commands === undefined) return { ...placeOf(preset), at: step };
  if (!isCommandList(commands)) return undefined;
  return { preset: preset.name, commands, at: step };
}

/** Stands at `place`, keeping the way back. */
export function goTo(lab: Lab, place: LabPlace): Lab {
  const past = [...lab.past, { ...lab.place, at: lab.step }];
  return { ...moveTo(lab, place), past };
}

function moveTo(lab: Lab, place: LabPlace): Lab {
  const { recording } = lab;
  if (recording && equalLists(place.commands, recording.commands)) {
    return { ...lab, place, step: nearestStep(recording, place.at) };
  }
  return { ...lab, place, recording: undefined };
}

/** The commands up to and with that of the step shown. */
function commandsUntil(lab: Lab): readonly string[] {
  const step = lab.recording?.steps[lab.step];
  if (step === undefined) return lab.place.commands;
  return lab.place.commands.slice(0, step.commandIndex + 1);
}

function placeOf(preset: LabPreset): LabPlace {
  const { name, commands, rest } = preset;
  return { preset: name, commands, at: rest };
}

/** A step from an address may lie beyond the end: the last one, then. */
function nearestStep(recording: RecordedStory, name: StepName): number {
  try {
    return stepIndex(recording, name);
  } catch {
    return recording.steps.length - 1;
  }
}

function isPreset(place: LabPlace, preset: LabPreset): boolean {
  return (
    place.preset === preset.name && equalLists(place.commands, preset.commands)
  );
}

function isStepName(value: JsonValue | undefined): value is StepName {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  return typeof value === 'string' && /^(last|\d+:\d+)$/.test(value);
}

function isCommandList(value: JsonValue): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length <= COMMAND_COUNT_MAX &&
    value.every(
      (one) => typeof one === 'string' && one.length <= COMMAND_LENGTH_MAX,
    )
  );
}

function equalLists(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}
