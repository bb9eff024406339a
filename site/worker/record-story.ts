/**
 * A story with what figures need beside its recording: what the store would
 * answer after each command.
 *
 * The recording says whether a promise was kept; to show *which* documents
 * are there, the story is run again up to each command and asked for a scan.
 * Same commands, same bytes: the second run cannot differ from the first.
 * Cost: one run of the story for each command that may change an answer.
 *
 * Runs in the worker, and in Node when a page is built.
 */
import { Story, type StoryRecording } from '#engine/playground.ts';

/** What a store answers; values as `scan` shows them, long ones shortened. */
export type StoreContents =
  | {
      readonly kind: 'open';
      readonly entries: readonly (readonly [key: string, value: string])[];
    }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'closed' };

export interface RecordedStory extends StoryRecording {
  /** By command index. */
  readonly contents: readonly StoreContents[];
}

const CLOSED: StoreContents = { kind: 'closed' };

/** Commands after which a store answers as before, if they went well. */
const HARMLESS = /^(get|scan|hex|files|pending|stats|fail|lie|short|sync)\b/;

/** Runs `commands`. Throws InvalidInputError for one that does not exist. */
export async function recordStory(
  commands: readonly string[],
): Promise<RecordedStory> {
  const recording = await Story.run(commands);
  const contents: StoreContents[] = [];
  for (const [index, command] of commands.entries()) {
    const last = recording.steps.findLast((one) => one.commandIndex === index);
    // A failed sync, for one, leaves a store that answers nothing any more.
    const [answer = ''] = recording.answers[index] ?? [];
    const isSame = HARMLESS.test(command) && !answer.startsWith('error ');
    if (last?.store === undefined) contents.push(CLOSED);
    else if (isSame) contents.push(contents.at(-1) ?? CLOSED);
    else contents.push(await contentsAfter(commands.slice(0, index + 1)));
  }
  return { ...recording, contents };
}

async function contentsAfter(
  commands: readonly string[],
): Promise<StoreContents> {
  const { answers } = await Story.run([...commands, 'scan']);
  const lines = answers.at(-1) ?? [];
  const [first = ''] = lines;
  if (first.startsWith('error ')) return { kind: 'error', message: first };
  return { kind: 'open', entries: lines.flatMap(scannedEntry) };
}

/** `cat = Mina` as an entry; `(empty)` is none. */
function scannedEntry(line: string): [key: string, value: string][] {
  const divider = line.indexOf(' = ');
  if (divider < 0) return [];
  return [[line.slice(0, divider), line.slice(divider + 3)]];
}
