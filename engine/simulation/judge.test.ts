import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { finalState, type History, type HistoryWrite, judge } from './judge.ts';

/** "cat=Mina" puts, "cat-" deletes; before "|" it was acknowledged. */
function historyOf(line: string, before: Record<string, string> = {}): History {
  const [acknowledged = '', rest = ''] = line.split('|');
  const writes = writesOf(acknowledged);
  return {
    before: new Map(Object.entries(before)),
    writes: [...writes, ...writesOf(rest)],
    acknowledged: writes.length,
  };
}

function writesOf(line: string): HistoryWrite[] {
  return line
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [key = '', value] = word.replace(/-$/, '').split('=');
      return { key, value };
    });
}

function verdictOf(history: History, contents: Record<string, string>) {
  const verdict = judge(history, new Map(Object.entries(contents)));
  return verdict.kept
    ? `kept ${verdict.survivingWrites}`
    : `${verdict.promise}: ${verdict.evidence}`;
}

const gap = 'no number of writes, in order, gives these contents';

test.each<[string, Record<string, string>, string]>([
  // What is allowed: some number of writes, all acknowledged ones included.
  ['', {}, 'kept 0'],
  ['cat=Mina |', { cat: 'Mina' }, 'kept 1'],
  ['| cat=Mina', {}, 'kept 0'],
  ['| cat=Mina', { cat: 'Mina' }, 'kept 1'],
  ['cat=Mina | cat=Tom', { cat: 'Mina' }, 'kept 1'],
  ['cat=Mina | cat=Tom', { cat: 'Tom' }, 'kept 2'],
  ['cat=Mina cat- |', {}, 'kept 2'],
  ['cat=Mina | cat-', { cat: 'Mina' }, 'kept 1'],
  ['cat=Mina | dog=Rex cat-', { cat: 'Mina', dog: 'Rex' }, 'kept 2'],
  // What is not, in the order in which a user would complain.
  ['cat=Mina |', {}, 'acknowledged write lost: cat'],
  ['cat=Mina cat=Tom |', { cat: 'Mina' }, 'acknowledged write lost: cat'],
  ['cat=Mina | dog=Rex', { dog: 'Rex' }, 'acknowledged write lost: cat'],
  ['cat=Mina cat- |', { cat: 'Mina' }, 'deleted key came back: cat'],
  ['cat=Mina |', { cat: 'Mino' }, 'value that nobody wrote: cat'],
  ['cat=Mina |', { cat: 'Mina', owl: '' }, 'value that nobody wrote: owl'],
  [
    '| cat=Mina dog=Rex',
    { dog: 'Rex' },
    `later write survived an earlier one: ${gap}`,
  ],
  [
    'cat=Mina | cat- dog=Rex',
    { cat: 'Mina', dog: 'Rex' },
    `later write survived an earlier one: ${gap}`,
  ],
  // The worst one is named first.
  ['cat=Mina cat- dog=Rex |', { cat: 'Mina' }, 'deleted key came back: cat'],
  ['cat=Mina dog=Rex |', { cat: 'x' }, 'value that nobody wrote: cat'],
])('%s, then found %o: %s', (line, contents, expected) => {
  expect(verdictOf(historyOf(line), contents)).toBe(expected);
});

describe('what was there before', () => {
  const before = { cat: 'Mina', dog: 'Rex' };

  test('must stay unless a write changed it', () => {
    expect(verdictOf(historyOf('| cat=Tom', before), before)).toBe('kept 0');
    expect(verdictOf(historyOf('', before), { cat: 'Mina' })).toBe(
      'acknowledged write lost: dog',
    );
  });

  test('may not return after an acknowledged delete', () => {
    expect(verdictOf(historyOf('cat- |', before), before)).toBe(
      'deleted key came back: cat',
    );
  });
});

describe('an earlier life changes the name of a verdict', () => {
  const later = (line: string, earlier: string): History => ({
    ...historyOf(line),
    earlier: writesOf(earlier),
  });

  test.each<[string, string, Record<string, string>, string]>([
    ['owl=Ulla', '', { owl: 'Ulla' }, 'lost write came back: owl'],
    ['owl=Ulla owl-', '', { owl: 'Ulla' }, 'deleted key came back: owl'],
    ['cat=Mina', 'cat=Tom |', { cat: 'Mina' }, 'acknowledged write lost: cat'],
    ['cat=Mina', 'cat=Tom |', { cat: 'x' }, 'value that nobody wrote: cat'],
    ['owl=Ulla', '| cat=Tom', {}, 'kept 0'],
  ])('%s, then %s, then found %o: %s', (before, line, contents, expected) => {
    expect(verdictOf(later(line, before), contents)).toBe(expected);
  });
});

const keys = fc.constantFrom('a', 'b', '__proto__');
const writes = fc.array(
  fc.record({
    key: keys,
    value: fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
  }),
  { maxLength: 8 },
);

test('each prefix from the acknowledged one is kept, and it only', () => {
  fc.assert(
    fc.property(writes, fc.nat(8), fc.nat(8), (list, promised, survived) => {
      const acknowledged = Math.min(promised, list.length);
      const history = { before: new Map(), writes: list, acknowledged };
      const prefix = list.slice(0, survived);
      const contents = finalState({ ...history, writes: prefix });
      const verdict = judge(history, contents);
      if (survived >= acknowledged) expect(verdict.kept).toBe(true);
      const states = list
        .map((_, index) => list.slice(0, index + 1))
        .concat([[]])
        .filter((some) => some.length >= acknowledged)
        .map((some) => finalState({ ...history, writes: some }));
      const text = (state: ReadonlyMap<string, string>) =>
        JSON.stringify([...state].sort());
      const isAllowed = states.some((state) => text(state) === text(contents));
      expect(verdict.kept).toBe(isAllowed);
    }),
  );
});
