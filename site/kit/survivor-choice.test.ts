import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Story, type Survival, surviveCrash } from '#engine/playground.ts';
import { firstSectors, keepText, spared } from './survivor-choice.ts';

const before = [
  'open append-log wrong=acknowledge-before-sync',
  'put cat x*1200',
  'put dog Rex',
  'put fox Una',
];

const survival = fc.oneof(
  fc.constant('whole' as const),
  fc.constant('size' as const),
  fc.integer({ min: 1, max: 3 }).map(firstSectors),
);

test('a choice, as text, makes the disk that the engine computes', async () => {
  const { steps } = await Story.run(before);
  const disk = steps.at(-1)?.disk;
  if (disk === undefined) throw new Error('no disk');
  const ids = disk.pending.map(({ id }) => id);
  expect(ids).toHaveLength(3);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(survival, { nil: undefined }), {
        minLength: 3,
        maxLength: 3,
      }),
      async (survivals) => {
        const choice = new Map<(typeof ids)[number], Survival>();
        for (const [index, id] of ids.entries()) {
          const extent = survivals[index];
          if (extent !== undefined) choice.set(id, extent);
        }
        const command = `crash power keep=${keepText(choice)}`;
        const crashed = await Story.run([...before, command]);
        expect(crashed.steps.at(-1)?.disk).toEqual(surviveCrash(disk, choice));
      },
    ),
  );
});

test('no choice, and an empty one, keep nothing', () => {
  expect(keepText(new Map())).toBe('none');
  expect(keepText(new Map([[3, []]]))).toBe('none');
});

test('a crash command tells what it spared', () => {
  const command = 'crash power after=2 keep=3,4:0+1,5:size';
  expect([3, 4, 5, 6].map((id) => spared(command, id))).toEqual([
    'whole',
    'part',
    'part',
    'none',
  ]);
  expect(spared('crash power keep=all', 9)).toBe('whole');
  expect(spared('crash power', 9)).toBe('none');
});
