/**
 * The commands of a story, one small function each, in one table.
 *
 *   open [RUNG] [wrong=A,B] [segment=BYTES] [steps=A,B] [group=no]
 *   put KEY VALUE | delete KEY | get KEY | scan [from=KEY] [to=KEY]
 *   insert COUNT SIZE          COUNT times: put doc-N of SIZE bytes, sync
 *   sync | close | roll | merge [FROM TO]
 *   crash power [keep=all|none|ID,ID:SECTOR+SECTOR,ID:size] [after=N]
 *   crash kill [after=N]
 *   flip FILE OFFSET BIT | cut FILE SIZE
 *   fail OPERATION [EIO|ENOSPC] | lie | short BYTES
 *   files | pending | hex FILE [OFFSET SIZE] | stats
 *
 * Numbers are decimal or 0x hexadecimal. `keep` names pending effects by the
 * ids that `pending` prints.
 */
import { InvalidInputError } from '../base/errors.ts';
import { hexDumpText } from '../bytes/hex.ts';
import {
  allSurvive,
  type DiskState,
  type EffectId,
  type Survival,
  type Survivors,
  surviveCrash,
} from '../disk/disk-state.ts';
import { readWholeFile } from '../disk/whole-file.ts';
import { SAVE_STEPS, type SaveStep } from '../ladder/1-json-file.ts';
import { HashIndex } from '../ladder/3-hash-index.ts';
import type { KeyValueStore } from '../ladder/key-value-store.ts';
import { rungNamed } from '../ladder/open-store.ts';
import { readableBytes } from '../trace/readable-bytes.ts';
import type { CommandLine } from './command-line.ts';
import { describeEffect } from './describe-effect.ts';
import type { Story } from './story.ts';
import type { StoryStoreChoice } from './story-recording.ts';

type Answers = string[] | Promise<string[]>;
type StoryCommand = (story: Story, line: CommandLine) => Answers;

/** From verb to function. */
export const STORY_COMMANDS: ReadonlyMap<string, StoryCommand> = new Map([
  ['open', (story, line) => story.open(storeChoice(line))],
  ['put', put],
  ['delete', remove],
  ['get', get],
  ['scan', scan],
  ['insert', insert],
  ['sync', sync],
  ['close', close],
  ['roll', roll],
  ['merge', merge],
  ['crash', crash],
  ['flip', flip],
  ['cut', cut],
  ['fail', fail],
  ['lie', lie],
  ['short', short],
  ['files', files],
  ['pending', pending],
  ['hex', hex],
  ['stats', stats],
] satisfies [string, StoryCommand][]);

function put(story: Story, line: CommandLine): Answers {
  const key = bytesOf(word(line, 0, 'a key'));
  const value = bytesOf(word(line, 1, 'a value'));
  story.write(key, value);
  return [];
}

function remove(story: Story, line: CommandLine): Answers {
  const key = bytesOf(word(line, 0, 'a key'));
  story.write(key, undefined);
  return [];
}

function get(story: Story, line: CommandLine): Answers {
  const value = story.store.get(bytesOf(word(line, 0, 'a key')));
  return [value === undefined ? '(none)' : shown(value)];
}

function scan(story: Story, line: CommandLine): Answers {
  const from = line.options.get('from');
  const to = line.options.get('to');
  const entries = story.store.scan({
    ...(from === undefined ? {} : { from: bytesOf(from) }),
    ...(to === undefined ? {} : { to: bytesOf(to) }),
  });
  const lines = entries.map(
    ({ key, value }) => `${shown(key)} = ${shown(value)}`,
  );
  return lines.length === 0 ? ['(empty)'] : lines.sort();
}

async function insert(story: Story, line: CommandLine): Promise<string[]> {
  const count = number(line, 0, 'a count');
  const value = new Uint8Array(number(line, 1, 'a size')).fill(0x78);
  for (let index = 1; index <= count; index++) {
    const key = bytesOf(`doc-${String(index).padStart(3, '0')}`);
    story.write(key, value);
    await story.store.sync();
  }
  return [];
}

async function sync(story: Story): Promise<string[]> {
  const before = story.meters.acknowledgedCount;
  await story.store.sync();
  const count = story.meters.acknowledgedCount - before;
  return [`acknowledged ${count} ${count === 1 ? 'write' : 'writes'}`];
}

async function close(story: Story): Promise<string[]> {
  await story.close();
  return [];
}

async function roll(story: Story): Promise<string[]> {
  await hashIndex(story.store).roll();
  return [];
}

async function merge(story: Story, line: CommandLine): Promise<string[]> {
  const store = hashIndex(story.store);
  if (line.words.length === 0) await store.merge();
  else await store.merge(number(line, 0, 'an id'), number(line, 1, 'an id'));
  return [];
}

function crash(story: Story, line: CommandLine): Answers {
  const kind = line.words[0];
  const after = line.options.get('after');
  const state = story.rewind(
    after === undefined ? undefined : parseNumber(after),
  );
  if (kind === 'kill') {
    story.crash('kill', state, 0);
    return ['the process is gone, the caches are not'];
  }
  if (kind !== 'power') {
    throw new InvalidInputError('crash power, or crash kill');
  }
  const keep = line.options.get('keep') ?? 'none';
  const survivors = parseSurvivors(state, keep);
  const lost = state.pending.length - survivors.size;
  const isTorn = (survival: Survival) => survival !== 'whole';
  const torn = [...survivors.values()].filter(isTorn).length;
  story.crash('power', surviveCrash(state, survivors), lost);
  const losses = `${lost} of ${state.pending.length} effects lost`;
  return [`the power is gone: ${losses}${torn > 0 ? `, ${torn} torn` : ''}`];
}

function flip(story: Story, line: CommandLine): Answers {
  const file = word(line, 0, 'a file');
  const offset = number(line, 1, 'an offset');
  story.disk.flipBit(file, offset, number(line, 2, 'a bit'));
  story.noteDamage(file, offset);
  return [];
}

async function cut(story: Story, line: CommandLine): Promise<string[]> {
  const name = word(line, 0, 'a file');
  const sizeBytes = number(line, 1, 'a size');
  const file = await story.disk.open(name, 'existing');
  file.truncate(sizeBytes);
  await file.sync();
  file.close();
  story.noteDamage(name, sizeBytes);
  return [];
}

function fail(story: Story, line: CommandLine): Answers {
  const operation = word(line, 0, 'an operation');
  const reason = line.words[1] ?? 'EIO';
  if (reason !== 'EIO' && reason !== 'ENOSPC') {
    throw new InvalidInputError(`fail with EIO or ENOSPC, not ${reason}`);
  }
  story.failNext(operation, { kind: 'fail', reason });
  return [];
}

function lie(story: Story): Answers {
  story.failNext('sync', { kind: 'lying-sync' });
  return [];
}

function short(story: Story, line: CommandLine): Answers {
  const sizeBytes = number(line, 0, 'a number of bytes');
  story.failNext('write', { kind: 'short-write', sizeBytes });
  return [];
}

async function files(story: Story): Promise<string[]> {
  const lines: string[] = [];
  for (const name of story.disk.list()) {
    const file = await story.disk.open(name, 'existing');
    lines.push(`${name} ${file.size()}`);
    file.close();
  }
  return lines.length === 0 ? ['(no files)'] : lines;
}

function pending(story: Story): Answers {
  const state = story.disk.captureState();
  const lines = state.pending.map((effect) => describeEffect(state, effect));
  return lines.length === 0 ? ['(nothing pending)'] : lines;
}

async function hex(story: Story, line: CommandLine): Promise<string[]> {
  const file = await story.disk.open(word(line, 0, 'a file'), 'existing');
  const bytes = readWholeFile(file);
  file.close();
  const offset = line.words.length > 1 ? number(line, 1, 'an offset') : 0;
  const size = line.words.length > 2 ? number(line, 2, 'a size') : bytes.length;
  const part = bytes.subarray(offset, offset + size);
  if (part.length === 0) return ['(no bytes)'];
  return hexDumpText(part, { offset, bytesPerRow: 16 }).trimEnd().split('\n');
}

function stats(story: Story): Answers {
  const meters = story.meters;
  const amplification =
    meters.logicalBytes === 0
      ? '-'
      : (meters.writtenBytes / meters.logicalBytes).toFixed(2);
  return [
    `asked to keep ${meters.logicalBytes} bytes in ${meters.putCount} puts`,
    `wrote ${meters.writtenBytes} bytes in ${meters.writeCount} writes`,
    `read ${meters.readBytes} bytes in ${meters.readCount} reads`,
    `synced ${meters.syncCount} times`,
    `write amplification ${amplification}`,
  ];
}

/** From `keep=`: which effects survive, and how much of each. */
function parseSurvivors(state: DiskState, keep: string): Survivors {
  if (keep === 'all') return allSurvive(state);
  if (keep === 'none') return new Map();
  const survivors = new Map<EffectId, Survival>();
  for (const part of keep.split(',')) {
    const [idText = '', extent] = part.split(':');
    const effect = state.pending.find(({ id }) => id === parseNumber(idText));
    if (effect === undefined) {
      const ids = state.pending.map(({ id }) => id).join(', ');
      throw new InvalidInputError(
        `no effect ${idText} is pending; there are ${ids || 'none'}`,
      );
    }
    survivors.set(effect.id, parseSurvival(extent));
  }
  return survivors;
}

function parseSurvival(extent: string | undefined): Survival {
  if (extent === undefined) return 'whole';
  if (extent === 'size') return 'size';
  return extent.split('+').map(parseNumber);
}

function storeChoice(line: CommandLine): StoryStoreChoice | undefined {
  const [name] = line.words;
  if (name === undefined) return undefined;
  const { options } = line;
  const steps = options.get('steps');
  const segment = options.get('segment');
  return {
    rung: rungNamed(name),
    config: {
      wrong: list(options.get('wrong')),
      groupCommit: options.get('group') !== 'no',
      ...(steps === undefined ? {} : { saveSteps: list(steps).map(saveStep) }),
      ...(segment === undefined
        ? {}
        : { segmentSizeBytesMax: parseNumber(segment) }),
    },
  };
}

function saveStep(name: string): SaveStep {
  const known: SaveStep[] = [...SAVE_STEPS, 'write-in-place', 'sync-in-place'];
  const step = known.find((candidate) => candidate === name);
  if (step !== undefined) return step;
  throw new InvalidInputError(`no save step ${name}: ${known.join(', ')}`);
}

function list(text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : text.split(',');
}

function hashIndex(store: KeyValueStore): HashIndex {
  if (store instanceof HashIndex) return store;
  throw new InvalidInputError('only the hash index has segments');
}

function word(line: CommandLine, index: number, what: string): string {
  const found = line.words[index];
  if (found !== undefined) return found;
  throw new InvalidInputError(`${line.verb} needs ${what}`);
}

function number(line: CommandLine, index: number, what: string): number {
  return parseNumber(word(line, index, what));
}

function parseNumber(text: string): number {
  const value = /^(0x[0-9a-f]+|\d+)$/i.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  throw new InvalidInputError(`not a number: ${text}`);
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Readable in one line, never an empty one; long runs are shortened. */
function shown(bytes: Uint8Array): string {
  if (bytes.length === 0) return '(no bytes)';
  const text = readableBytes(bytes);
  if (text.length <= 40) return text;
  return `${text.slice(0, 24)}... (${bytes.length} bytes)`;
}
