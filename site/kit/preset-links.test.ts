import { expect, test } from 'vitest';
import { figureOf } from './preset-links.ts';
import {
  encodePageState,
  presetFragment,
  readFragment,
  withFigureState,
} from './url-state.ts';

test('a preset link is about the figure that it names', () => {
  const request = readFragment(presetFragment('four-boxes', 'killed'));
  expect(figureOf(request)).toBe('four-boxes');
});

test('a state link is about the figure whose state was set last', () => {
  const both = encodePageState(
    new Map([
      ['first', 1],
      ['second', 2],
    ]),
  );
  expect(figureOf(readFragment(both))).toBe('second');
  const again = withFigureState(both, 'first', 3);
  expect(figureOf(readFragment(again))).toBe('first');
});

test('an anchor and a damaged link are about no figure', () => {
  expect(figureOf(readFragment('#recall'))).toBeUndefined();
  expect(figureOf(readFragment('#s=damaged'))).toBeUndefined();
});
