import { describe, expect, test } from 'vitest';
import { crashGrid } from './crash-grid.ts';
import { Story } from './story.ts';

const SAVES = ['put cat Mina', 'sync', 'put cat Rex', 'delete dog', 'sync'];

test('a fixed rung is whole in every cell', async () => {
  for (const rung of ['json-file', 'append-log', 'hash-index']) {
    const grid = await crashGrid([`open ${rung}`, ...SAVES]);
    expect(grid.cells.filter(({ outcome }) => outcome === 'broken')).toEqual(
      [],
    );
    expect(grid.moments.length).toBeGreaterThan(5);
  }
});

describe('a cell replayed as a story ends in the same verdict', () => {
  test.each([
    'json-file wrong=overwrite-in-place',
    'json-file wrong=no-file-sync',
    'append-log wrong=plain-lines',
    'append-log wrong=acknowledge-before-sync',
    'hash-index wrong=delete-only-in-map',
  ])('%s', async (store) => {
    const grid = await crashGrid([`open ${store}`, 'put dog Rex', ...SAVES]);
    expect(grid.cells.some(({ outcome }) => outcome === 'broken')).toBe(true);
    for (const cell of grid.cells) {
      const { verdicts } = await Story.run(cell.commands);
      expect(verdicts.at(-1)?.promise).toBe(cell.promise);
    }
  });
});

test('every subset of the pending effects has a cell', async () => {
  const writes = ['a', 'b', 'c'].map((key) => `put ${key} 1`);
  const grid = await crashGrid(['open append-log', ...writes]);
  const last = grid.moments.length - 1;
  expect(grid.moments[last]?.pendingCount).toBe(3);
  const keeps = grid.cells
    .filter(({ momentIndex }) => momentIndex === last)
    .map(({ keep }) => keep)
    .filter((keep) => !keep.includes(':'));
  expect(new Set(keeps).size).toBe(8);
});

test('a stopped grid keeps what it has', async () => {
  const grid = await crashGrid(['open json-file', ...SAVES], {
    onProgress: (done) => done < 3,
  });
  expect(grid.cells.every(({ momentIndex }) => momentIndex < 3)).toBe(true);
});
