import { expect, test } from 'vitest';
import { figureNumbers } from './figure-numbers.ts';

test('figures count up in the order of the source', () => {
  const mdx = `
<Figure id="first" notice="Look.">
</Figure>
<Figure
  span="wide"
  id="second"
/>`;
  expect([...figureNumbers(mdx, 11)]).toEqual([
    ['first', '11.1'],
    ['second', '11.2'],
  ]);
});

test('the figures of the kit count, links to figures do not', () => {
  const mdx = `
<FigureLink id="race" />
<StoryFigure id="plug" scenario="00-plug" />
<RaceFigure id="race" />`;
  expect([...figureNumbers(mdx, 3)]).toEqual([
    ['plug', '3.1'],
    ['race', '3.2'],
  ]);
});

test('two figures may not share an id', () => {
  const twice = '<Figure id="a" /> <Figure id="a" />';
  expect(() => figureNumbers(twice, 1)).toThrow(/used twice: a/);
});
