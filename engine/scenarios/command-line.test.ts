import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '../base/errors.ts';
import { parseCommand, quoteWord } from './command-line.ts';

function parsed(line: string) {
  const { verb, words, options } = parseCommand(line);
  return { verb, words, options: Object.fromEntries(options) };
}

test.each([
  ['sync', 'sync', [], {}],
  ['put cat Mina', 'put', ['cat', 'Mina'], {}],
  ['  put   cat  Mina ', 'put', ['cat', 'Mina'], {}],
  ['put cat "Mina the cat"', 'put', ['cat', 'Mina the cat'], {}],
  ['put cat ""', 'put', ['cat', ''], {}],
  ['put cat "a \\"b\\" \\n"', 'put', ['cat', 'a "b" \n'], {}],
  ['put blob x*5', 'put', ['blob', 'xxxxx'], {}],
  ['put blob ab*0', 'put', ['blob', ''], {}],
  ['put blob "x*5"', 'put', ['blob', 'x*5'], {}],
  ['put blob *5', 'put', ['blob', '*5'], {}],
  [
    'open append-log wrong=a,b segment=80',
    ...(['open', ['append-log'], { wrong: 'a,b', segment: '80' }] as const),
  ],
  ['scan from= to=b', 'scan', [], { from: '', to: 'b' }],
  ['put "a=b" c', 'put', ['a=b', 'c'], {}],
])('%o is taken apart', (line, verb, words, options) => {
  expect(parsed(line)).toEqual({ verb, words, options });
});

test.each(['', '   '])('%o is not a command', (line) => {
  expect(() => parseCommand(line)).toThrow(InvalidInputError);
});

test('quotes that JSON does not know are refused', () => {
  expect(() => parseCommand('put cat "\\q"')).toThrow(/bad quotes/);
});

describe('a quoted word', () => {
  test('is as plain as it can be', () => {
    expect(quoteWord('cat')).toBe('cat');
    expect(quoteWord('two words')).toBe('"two words"');
    expect(quoteWord('x*3')).toBe('"x*3"');
    expect(quoteWord('a=b')).toBe('"a=b"');
    expect(quoteWord('')).toBe('""');
  });

  test('is read back as it was', () => {
    const words = fc.array(
      fc.oneof(fc.string(), fc.string({ unit: 'grapheme' })),
    );
    fc.assert(
      fc.property(words, (list) => {
        const line = ['put', ...list.map(quoteWord)].join(' ');
        expect(line).not.toContain('\n');
        expect(parsed(line)).toEqual({ verb: 'put', words: list, options: {} });
      }),
      { numRuns: 500 },
    );
  });
});
