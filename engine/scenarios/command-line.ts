/**
 * One command of a scenario: a verb, words, and options.
 *
 *   put cat "Mina the cat"        words; quotes keep spaces, as in JSON
 *   put blob x*600                a word repeated: 600 times x
 *   open append-log wrong=no-checksum segment=80
 */
import { InvalidInputError } from '../base/errors.ts';

/** A command taken apart. Words do not include the options. */
export interface CommandLine {
  readonly verb: string;
  readonly words: readonly string[];
  readonly options: ReadonlyMap<string, string>;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|\S+/g;
const OPTION = /^([a-z-]+)=(.*)$/;
const REPEATED = /^(.+)\*(\d{1,6})$/;

/** Throws InvalidInputError for an empty line or a bad quote. */
export function parseCommand(line: string): CommandLine {
  const [verb, ...rest] = line.match(TOKEN) ?? [];
  if (verb === undefined) throw new InvalidInputError('an empty command');
  const words: string[] = [];
  const options = new Map<string, string>();
  for (const token of rest) {
    const option = token.startsWith('"') ? null : OPTION.exec(token);
    const [, name, value] = option ?? [];
    if (name !== undefined && value !== undefined) options.set(name, value);
    else words.push(unquoted(token));
  }
  return { verb, words, options };
}

/** A word as it must be written in a command: quoted when it has to be. */
export function quoteWord(word: string): string {
  const isPlain = /^[^\s"=*]+$/.test(word);
  return isPlain ? word : JSON.stringify(word);
}

function unquoted(token: string): string {
  if (token.startsWith('"')) {
    try {
      const text: unknown = JSON.parse(token);
      if (typeof text === 'string') return text;
    } catch (cause) {
      throw new InvalidInputError(`bad quotes: ${token}`, { cause });
    }
  }
  const [, text, count] = REPEATED.exec(token) ?? [];
  if (text === undefined || count === undefined) return token;
  return text.repeat(Number(count));
}
