/**
 * The disk strip as a drawing model: where every byte is at one step.
 *
 *   application buffer -> OS cache -> drive cache -> medium
 *
 * Pure. Everything is derived from the disk's state and the step before; a
 * test compares the model with random disk states: each pending effect stands
 * in its place exactly once, and the medium holds the durable bytes.
 */
import {
  type DiskState,
  describeChange,
  type PendingEffect,
  type StoryEvent,
  sectorCount,
} from '#engine/playground.ts';
import type { RecordedStory } from '../worker/record-story.ts';
import { previewText } from './preview-text.ts';
import { spared } from './survivor-choice.ts';

/** What the program that uses the disk is doing. */
export type ProcessState =
  | 'not-started'
  | 'opening'
  | 'running'
  | 'closing'
  | 'closed'
  | 'refused'
  | 'killed'
  | 'no-power';

/** A pending effect, drawn as a ticket. */
export interface Ticket {
  readonly id: number;
  readonly place: PendingEffect['place'];
  readonly kind: PendingEffect['kind'];
  /** `write append.log 0x10..0x32, 1 sector`. */
  readonly change: string;
  /** What is written, as far as it is text; empty for other kinds. */
  readonly preview: string;
  readonly sizeBytes: number;
  readonly sectors: number;
  /** Came with this very step. */
  readonly isNew: boolean;
}

/** A ticket that the crash of this step took, or tore. */
export interface LostTicket extends Ticket {
  readonly isTorn: boolean;
}

/** A file as the medium has it. */
export interface MediumFile {
  readonly inode: number;
  /** Its durable name; undefined when a power cut would leave none. */
  readonly name: string | undefined;
  /** What programs see now; undefined when it has no name for them. */
  readonly seenAs: string | undefined;
  readonly sizeBytes: number;
  readonly seenSizeBytes: number;
  readonly preview: string;
  /** Bytes or name became durable with this very step. */
  readonly isNew: boolean;
}

export interface DiskStripScene {
  readonly process: ProcessState;
  /** Writes that only the application's memory has. */
  readonly bufferedWriteCount: number;
  readonly osCache: readonly Ticket[];
  readonly driveCache: readonly Ticket[];
  readonly lost: readonly LostTicket[];
  readonly medium: readonly MediumFile[];
}

/** The strip at one step of a recording. */
export function diskStripScene(
  recording: RecordedStory,
  index: number,
): DiskStripScene {
  const step = recording.steps[index];
  if (step === undefined) throw new RangeError(`no step ${index}`);
  const before = recording.steps[index - 1]?.disk;
  const tickets = ticketsOf(step.disk, before);
  const { store } = step;
  const crash =
    step.event.type === 'story.crashed' && step.event.kind === 'power'
      ? (recording.commands[step.commandIndex] ?? '')
      : undefined;
  return {
    process: processAt(recording, index),
    bufferedWriteCount:
      store?.rung === 'json-file' ? store.unsavedWriteCount : 0,
    osCache: tickets.filter(({ place }) => place !== 'drive'),
    driveCache: tickets.filter(({ place }) => place === 'drive'),
    lost: crash === undefined ? [] : lostTickets(before, crash),
    medium: mediumFiles(step.disk, before),
  };
}

/** Every frame of a recording asks for its room; it is counted once. */
const ROOMS = new WeakMap<RecordedStory, StripRoom>();

/** The most tickets that each cache ever holds, so that room is kept. */
export function stripRoom(recording: RecordedStory): StripRoom {
  const known = ROOMS.get(recording);
  if (known !== undefined) return known;
  const room = countRoom(recording);
  ROOMS.set(recording, room);
  return room;
}

function countRoom(recording: RecordedStory): StripRoom {
  let osCache = 0;
  let driveCache = 0;
  let medium = 0;
  for (const { disk } of recording.steps) {
    const inDrive = disk.pending.filter(({ place }) => place === 'drive');
    driveCache = Math.max(driveCache, inDrive.length);
    osCache = Math.max(osCache, disk.pending.length - inDrive.length);
    medium = Math.max(medium, disk.files.size);
  }
  return { osCache, driveCache, medium };
}

export interface StripRoom {
  readonly osCache: number;
  readonly driveCache: number;
  readonly medium: number;
}

/** What the process was doing at a step: the last event that changed it. */
export function processAt(
  recording: RecordedStory,
  index: number,
): ProcessState {
  const step = recording.steps[index];
  if (step === undefined || step.store !== undefined) return 'running';
  const command = recording.commands[step.commandIndex] ?? '';
  for (let at = index; at >= 0; at--) {
    const { event } = recording.steps[at] ?? step;
    if (event.type === 'story.crashed') {
      return event.kind === 'kill' ? 'killed' : 'no-power';
    }
    if (event.type === 'store.closed') return 'closed';
    if (isRefusal(event)) return 'refused';
    if (!event.type.startsWith('disk.')) continue;
    if (command.startsWith('open')) return 'opening';
    if (command.startsWith('close')) return 'closing';
  }
  return 'not-started';
}

/** An opening that ended in an error: there is no store to ask. */
function isRefusal(event: StoryEvent): boolean {
  if (event.type !== 'story.answered') return false;
  return event.answers.some((one) => one.startsWith('error CORRUPTION'));
}

function ticketsOf(state: DiskState, before: DiskState | undefined): Ticket[] {
  const known = new Set(
    before?.pending.map(({ id, place }) => `${id}${place}`),
  );
  return state.pending.map((effect) => {
    const isNew = !known.has(`${effect.id}${effect.place}`);
    return ticketOf(state, effect, isNew && before !== undefined);
  });
}

function ticketOf(
  state: DiskState,
  effect: PendingEffect,
  isNew: boolean,
): Ticket {
  const { id, place, kind } = effect;
  const bytes = effect.kind === 'write' ? effect.bytes : undefined;
  return {
    id,
    place,
    kind,
    change: describeChange(state, effect),
    preview: bytes === undefined ? '' : previewText(bytes),
    sizeBytes: bytes?.length ?? 0,
    sectors:
      effect.kind === 'write'
        ? sectorCount(effect.offset, effect.bytes.length)
        : 0,
    isNew,
  };
}

function lostTickets(before: DiskState | undefined, crash: string) {
  if (before === undefined) return [];
  return before.pending.flatMap((effect): LostTicket[] => {
    const kept = effect.place === 'lost' ? 'none' : spared(crash, effect.id);
    if (kept === 'whole') return [];
    const isTorn = kept === 'part';
    return [{ ...ticketOf(before, effect, false), isTorn }];
  });
}

function mediumFiles(
  state: DiskState,
  before: DiskState | undefined,
): MediumFile[] {
  const durableNames = namesByInode(state.durableNames);
  const seenNames = namesByInode(state.names);
  const namesBefore = namesByInode(before?.durableNames ?? new Map());
  return [...state.files].map(([inode, file]) => {
    const name = durableNames.get(inode);
    const old = before?.files.get(inode)?.durable;
    const isChanged = file.durable !== old && file.durable.length > 0;
    return {
      inode,
      name,
      seenAs: seenNames.get(inode),
      sizeBytes: file.durable.length,
      seenSizeBytes: file.cached.length,
      preview: previewText(file.durable),
      isNew:
        before !== undefined &&
        ((isChanged && !equalBytes(file.durable, old)) ||
          (name !== undefined && name !== namesBefore.get(inode))),
    };
  });
}

function namesByInode(names: ReadonlyMap<string, number>): Map<number, string> {
  return new Map([...names].map(([name, inode]) => [inode, name]));
}

function equalBytes(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return a.length === b?.length && a.every((byte, index) => byte === b[index]);
}
