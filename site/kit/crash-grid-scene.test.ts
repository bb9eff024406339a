import { describe, expect, test } from 'vitest';
import { type CrashGrid, crashGrid, Story } from '#engine/playground.ts';
import {
  type CellPlace,
  type CrashGridScene,
  cellCommands,
  crashGridScene,
  effectFate,
  momentWalk,
  neighbour,
  nextBroken,
} from './crash-grid-scene.ts';

const OVERWRITE = [
  'open json-file wrong=overwrite-in-place',
  'put cat Mina',
  'sync',
  'put cat Leo',
  'sync',
];
const LONG_LOG = [
  'open append-log',
  ...Array.from({ length: 6 }, (_, at) => `put k${at} v`),
  'sync',
];

async function gridOf(commands: readonly string[]): Promise<CrashGrid> {
  return crashGrid(commands);
}

async function sceneOf(commands: readonly string[]): Promise<CrashGridScene> {
  return crashGridScene(await gridOf(commands), await Story.run(commands));
}

describe('crashGridScene', () => {
  test.each([[OVERWRITE], [LONG_LOG]])(
    'the counts of its cells add up to all crashes of %j',
    async (commands) => {
      const scene = await sceneOf(commands);
      const cells = scene.groups.flatMap(({ columns }) =>
        columns.flatMap((column) => column.cells),
      );
      const sum = cells.reduce((all, { count }) => all + count, 0);
      expect(sum).toBe(scene.total);
      expect(Object.values(scene.counts).reduce((a, b) => a + b)).toBe(sum);
      const { cells: all } = await gridOf(commands);
      const inside = all.filter(({ commandIndex }) => commandIndex >= 0);
      expect(scene.total).toBe(inside.length);
    },
  );

  test('a crowded column is a few cells with counts', async () => {
    const { groups } = await sceneOf(LONG_LOG);
    const columns = groups.flatMap((group) => group.columns);
    const most = Math.max(...columns.map(({ cells }) => cells.length));
    expect(most).toBeLessThanOrEqual(10);
    expect(
      Math.max(...columns.map(({ cells }) => cells[0]?.count ?? 0)),
    ).toBeGreaterThan(10);
  });

  test('broken promises are counted by name', async () => {
    const { promises, counts } = await sceneOf(OVERWRITE);
    expect(promises.map(([promise]) => promise)).toContain(
      'database will not open',
    );
    expect(counts.broken).toBeGreaterThan(0);
  });

  test('an example replays to the verdict of the engine’s own cell', async () => {
    const grid = await gridOf(OVERWRITE);
    const scene = crashGridScene(grid, await Story.run(OVERWRITE));
    const own = grid.cells.map(({ commands }) => commands.join('\n'));
    for (const [place, cell] of placesOf(scene)) {
      for (const keep of cell.examples) {
        const commands = cellCommands(scene, place, keep);
        expect(own).toContain(commands.join('\n'));
        const { verdicts } = await Story.run(commands);
        expect(verdicts.at(-1)?.promise).toBe(cell.promise);
      }
    }
  });

  test('every effect that an example keeps is described', async () => {
    for (const { columns } of (await sceneOf(OVERWRITE)).groups) {
      for (const { cells, effects } of columns) {
        const ids = effects.map(({ id }) => String(id));
        for (const keep of cells.flatMap(({ examples }) => examples)) {
          if (keep === 'all' || keep === 'none') continue;
          const kept = keep.split(',').map((part) => part.split(':')[0]);
          expect(ids).toEqual(expect.arrayContaining(kept));
        }
      }
    }
  });
});

describe('effectFate', () => {
  test.each([
    ['all', 4, 'survives'],
    ['none', 4, 'is lost'],
    ['4,5', 5, 'survives'],
    ['4', 5, 'is lost'],
    ['4:size', 4, 'leaves only its length, in zeros'],
    ['3,4:0+2', 4, 'is torn: only sectors 1, 3'],
  ])('with keep=%s, effect %i %s', (keep, id, fate) => {
    expect(effectFate(keep, id)).toBe(fate);
  });
});

describe('neighbour and nextBroken', () => {
  test('keys never leave the grid, and → reaches every column', async () => {
    const scene = await sceneOf(OVERWRITE);
    let place: CellPlace = { group: 0, column: 0, cell: 0 };
    const seen = new Set<string>();
    for (let count = 0; count < 200; count++) {
      seen.add(`${place.group} ${place.column}`);
      place = neighbour(scene, place, 'ArrowRight');
      const column = scene.groups[place.group]?.columns[place.column];
      expect(column?.cells[place.cell]).toBeDefined();
    }
    const columns = scene.groups.reduce(
      (sum, one) => sum + one.columns.length,
      0,
    );
    expect(seen.size).toBe(columns);
  });

  test('the broken cells come round in order', async () => {
    const scene = await sceneOf(OVERWRITE);
    const broken = placesOf(scene).filter(([, one]) => one.promise);
    let place: CellPlace | undefined;
    for (const [expected] of broken) {
      place = nextBroken(scene, place);
      expect(place).toEqual(expected);
    }
    expect(nextBroken(scene, place)).toEqual(broken[0]?.[0]);
  });

  test('a grid without broken cells has no next one', async () => {
    expect(nextBroken(await sceneOf(LONG_LOG), undefined)).toBeUndefined();
  });
});

function placesOf(scene: CrashGridScene) {
  return scene.groups.flatMap(({ columns }, group) =>
    columns.flatMap(({ cells }, column) =>
      cells.map((one, cell) => [{ group, column, cell }, one] as const),
    ),
  );
}

test('a walk goes through every moment once, there and back', async () => {
  const scene = await sceneOf(OVERWRITE);
  const numbers: number[] = [];
  let walk = momentWalk(scene, undefined);
  expect(walk).toMatchObject({ number: 0, back: undefined });
  while (walk.next !== undefined) {
    walk = momentWalk(scene, walk.next);
    numbers.push(walk.number);
  }
  expect(numbers).toEqual(
    Array.from({ length: walk.count }, (_, index) => index + 1),
  );
  expect(momentWalk(scene, walk.back).number).toBe(walk.count - 1);
});
