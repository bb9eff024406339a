import { expect, test } from 'vitest';
import { Story } from '#engine/playground.ts';
import { catIsBack, listCommands, SHORTEST_COUNT } from './cat-is-back.ts';
import {
  LIST_OPERATIONS,
  type ListOperation,
  type OperationList,
} from './cat-is-back-answer.ts';

const OPEN = 'open hash-index wrong=merge-drops-tombstones';

test('the solution is as long as par says', () => {
  expect(catIsBack.solution).toHaveLength(SHORTEST_COUNT);
  expect(catIsBack.par).toContain(String(SHORTEST_COUNT));
});

/**
 * Breadth first over all lists. Two lists that leave the same bytes and the
 * same map have the same future, so one of them is enough; a list that comes
 * back to an older state is longer than it needs to be. The keys are alike:
 * the first put is always the cat.
 */
test(`no list shorter than ${SHORTEST_COUNT} brings a key back`, async () => {
  const seen = new Set<string>();
  let lists: OperationList[] = [[]];
  for (let count = 1; count < SHORTEST_COUNT; count++) {
    // Only an opening is judged, so the last operation is a restart.
    const isLast = count === SHORTEST_COUNT - 1;
    const longer: OperationList[] = [];
    for (const list of lists) {
      for (const operation of isLast ? ['restart' as const] : next(list)) {
        const story = await storyOf([...list, operation]);
        const broken = story.recording().verdicts.find((one) => one.promise);
        expect(broken, [...list, operation].join(', ')).toBeUndefined();
        const state = stateOf(story);
        if (seen.has(state)) continue;
        seen.add(state);
        longer.push([...list, operation]);
      }
    }
    lists = longer;
  }
  expect(seen.size).toBeGreaterThan(1000);
}, 120_000);

function next(list: OperationList): readonly ListOperation[] {
  const hasCat = list.includes('put cat');
  return LIST_OPERATIONS.filter((one) => hasCat || one !== 'put dog');
}

async function storyOf(list: OperationList): Promise<Story> {
  const story = new Story();
  await story.perform(OPEN);
  // One value for all puts, so that equal states are seen to be equal.
  for (const command of listCommands(list)) {
    await story.perform(command.replace(/ v\d+$/, ' v'));
  }
  return story;
}

/** The segments' bytes and the map, as text. */
function stateOf(story: Story): string {
  const step = story.recording().steps.at(-1);
  const disk = step?.disk;
  const files = [...(disk?.names ?? [])]
    .filter(([name]) => name.endsWith('.log'))
    .map(([name, inode]) => `${name}:${disk?.files.get(inode)?.cached}`);
  const store = step?.store;
  const index = store?.rung === 'hash-index' ? store.index : [];
  const places = index.map(
    ({ key, segmentId, offset }) => `${key}>${segmentId}@${offset}`,
  );
  return [...files.sort(), ...places.sort()].join('|');
}
