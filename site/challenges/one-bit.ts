/**
 * Challenge 02: flip one bit so that one reader lies and the other refuses.
 *
 * The same accident happens to two files that hold the same documents: one
 * of JSON lines, one of framed records. The check opens both with their real
 * readers. Most bits make the line reader refuse too, because JSON is fragile
 * by itself; the dangerous ones are those that leave valid JSON.
 */
import { Story } from '#engine/playground.ts';
import type { ChallengeDefinition, ChallengeResult } from './challenge.ts';
import {
  type BitChoice,
  type BitMaterial,
  type DamagedFile,
  decodeBitChoice,
  type FlippedBit,
} from './one-bit-answer.ts';

const OPEN_LINES = 'open append-log wrong=plain-lines';
const OPEN_FRAMED = 'open append-log';
const FILE_NAME = 'append.log';
const SAVE = ['put cat Mina', 'put dog Rex', 'sync', 'close'];

export const oneBit: ChallengeDefinition<BitChoice> = {
  id: '02-one-bit',
  post: 2,
  title: 'One bit',
  task:
    'Two files hold the same two documents: one as lines of JSON, one as ' +
    'records with a length and a checksum. The same bit will flip at the same ' +
    'offset in both. Choose one bit so that the line reader lies, opening ' +
    'without complaint and answering with something that nobody wrote, while ' +
    'the framed reader refuses.',
  hints: [
    'The line reader has one defence: what it reads must be JSON. Flip a quote, a brace or a line end, and even it complains.',
    'So the flip has to leave valid JSON: a letter that becomes another letter. The highest bit of a byte makes no letter at all.',
    'The letters of “Mina” begin at 0x16. Bit 0 of a letter turns it into its neighbour in the alphabet.',
  ],
  par: '1 bit',
  initial: [],
  solution: [{ offset: 0x17, bit: 0 }],
  wrongAnswers: [
    {
      answer: [{ offset: 0x1b, bit: 0 }],
      why: 'the brace that ends the first line',
    },
    {
      answer: [{ offset: 0x17, bit: 7 }],
      why: 'a letter of the value, but its highest bit',
    },
    { answer: [{ offset: 0x02, bit: 0 }], why: 'a letter of the word “put”' },
    {
      answer: [{ offset: 0x48, bit: 0 }],
      why: 'the last record, which says only that the file was closed',
    },
  ],
  decode: decodeBitChoice,
  check,
  material,
};

async function check([flip]: BitChoice): Promise<ChallengeResult> {
  if (flip === undefined) {
    return {
      passed: false,
      message:
        'No bit is flipped, so no promise breaks: “value that nobody wrote” needs one.',
      details: [],
    };
  }
  const lines = await readAfter(OPEN_LINES, flip);
  const framed = await readAfter(OPEN_FRAMED, flip);
  return {
    passed: lines.outcome === 'lies' && framed.outcome === 'refuses',
    message: verdictOn(lines, framed),
    details: [
      ...lines.answers.map((answer) => `lines: ${answer}`),
      ...framed.answers.map((answer) => `framed: ${answer}`),
    ],
  };
}

/** What a reader did with damaged bytes. */
interface Reading {
  readonly outcome: 'lies' | 'refuses' | 'unharmed';
  readonly promise: string | undefined;
  readonly answers: readonly string[];
}

async function readAfter(open: string, flip: FlippedBit): Promise<Reading> {
  const damage = `flip ${FILE_NAME} ${flip.offset} ${flip.bit}`;
  const commands = [open, ...SAVE, damage, open, 'scan'];
  const { answers, verdicts } = await Story.run(commands);
  const [damaged = [], opened = [], found = []] = answers.slice(-3);
  const verdict = verdicts.at(-1);
  const outcome = verdict?.promise
    ? 'lies'
    : verdict?.refused
      ? 'refuses'
      : 'unharmed';
  return {
    outcome,
    promise: verdict?.promise,
    answers: [...damaged, ...opened, ...(outcome === 'refuses' ? [] : found)],
  };
}

function verdictOn(lines: Reading, framed: Reading): string {
  if (lines.outcome === 'refuses') {
    return '“value that nobody wrote” does not happen: the line reader refuses, too.';
  }
  if (lines.outcome === 'unharmed') {
    return '“value that nobody wrote” does not happen: the line reader tells the truth.';
  }
  if (framed.outcome !== 'refuses') {
    return `${lines.promise}: the line reader lies, but the framed reader does not refuse.`;
  }
  return `${lines.promise}: the line reader lies. The framed reader refuses.`;
}

async function material(): Promise<BitMaterial> {
  return {
    lines: await savedFile(OPEN_LINES),
    framed: await savedFile(OPEN_FRAMED),
  };
}

async function savedFile(open: string): Promise<DamagedFile> {
  const { steps } = await Story.run([open, ...SAVE]);
  const disk = steps.at(-1)?.disk;
  const inode = disk?.names.get(FILE_NAME);
  const file = inode === undefined ? undefined : disk?.files.get(inode);
  if (file === undefined) throw new Error(`${FILE_NAME} was not written`);
  return { name: FILE_NAME, bytes: [...file.cached] };
}
