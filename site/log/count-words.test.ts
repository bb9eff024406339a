import { describe, expect, test } from 'vitest';
import { countWords, readingMinutes } from './count-words.ts';

describe('the words of a post', () => {
  test('are those of its prose', () => {
    expect(countWords('I saved it. Is it saved?\n\nNo.')).toBe(7);
  });

  test('leave out front matter, imports and code', () => {
    const mdx = [
      '---',
      'title: Not counted at all',
      '---',
      "import { Twin } from '#site/islands/twin.tsx';",
      '',
      'Two words',
      '',
      '```ts',
      'const notCounted = true;',
      '```',
    ].join('\n');
    expect(countWords(mdx)).toBe(2);
  });

  test('leave out components but not what they wrap', () => {
    expect(
      countWords('A <Word state="dirty">dirty page</Word> here. <Stamp />'),
    ).toBe(4);
  });

  test('leave out expressions, however deep they nest', () => {
    expect(countWords('one <Twin seed={{ a: { b: 1 } }} /> two')).toBe(2);
  });

  test('leave out where a link leads', () => {
    expect(countWords('Press [the plug](#fig=plug&preset=kill) now.')).toBe(4);
  });

  test('count a hyphenated or abbreviated word once', () => {
    expect(countWords('copy-on-write isn’t 4,096 bytes')).toBe(4);
  });
});

test('even an empty post takes a minute', () => {
  expect(readingMinutes(0)).toBe(1);
  expect(readingMinutes(1320)).toBe(6);
});
