/**
 * Every bit of two closed logs, flipped one at a time, and what each reader
 * does at the next opening. The post prints this at build;
 * `npm exec -- node blog/02-append-only-log/every-bit.ts` prints it again.
 */
import { Story } from '#engine/playground.ts';

const READERS = [
  { name: 'lines ', open: 'open append-log wrong=plain-lines' },
  { name: 'framed', open: 'open append-log' },
] as const;
const SAVE = ['put rent 100', 'put cat Mina', 'close'];

/** One line for each reader: bits, lies, refusals, bits without effect. */
export async function everyBit(): Promise<string> {
  const lines: string[] = [];
  for (const { name, open } of READERS) {
    const counts = { lies: 0, refuses: 0, unharmed: 0 };
    const sizeBytes = await savedSize(open);
    for (let bit = 0; bit < sizeBytes * 8; bit++) {
      counts[await outcomeOf(open, bit)]++;
    }
    lines.push(
      `${name}  ${sizeBytes * 8} bits: ${counts.lies} lies, ` +
        `${counts.refuses} refusals, ${counts.unharmed} without effect`,
    );
  }
  return lines.join('\n');
}

async function savedSize(open: string): Promise<number> {
  const { answers } = await Story.run([open, ...SAVE, 'files']);
  return Number(answers.at(-1)?.[0]?.split(' ')[1]);
}

async function outcomeOf(
  open: string,
  bit: number,
): Promise<'lies' | 'refuses' | 'unharmed'> {
  const flip = `flip append.log ${bit >> 3} ${bit & 7}`;
  const { verdicts } = await Story.run([open, ...SAVE, flip, 'open']);
  const verdict = verdicts.at(-1);
  if (verdict?.refused) return 'refuses';
  return verdict?.promise === undefined ? 'unharmed' : 'lies';
}

if (import.meta.main) process.stdout.write(`${await everyBit()}\n`);
