import { describe, expect, test } from 'vitest';
import { recordStory } from '../worker/record-story.ts';
import { FRONT_DOOR_STORIES } from './front-door-stories.ts';
import { twinScene, twinTranscript } from './twin-scene.ts';

const [wrongStory, fixedStory] = FRONT_DOOR_STORIES;
const END = ['crash power keep=none', 'open'];

async function pair() {
  const wrong = await recordStory([...(wrongStory?.commands ?? []), ...END]);
  const fixed = await recordStory([...(fixedStory?.commands ?? []), ...END]);
  return { wrong, fixed };
}

describe('a pair of stories', () => {
  test('is at the same command on both sides, at every tick', async () => {
    const { wrong, fixed } = await pair();
    for (const tick of twinScene(wrong, fixed).ticks) {
      expect(wrong.steps[tick.wrong]?.commandIndex).toBe(tick.commandIndex);
      expect(fixed.steps[tick.fixed]?.commandIndex).toBe(tick.commandIndex);
    }
  });

  test('shows every step of both, in order', async () => {
    const { wrong, fixed } = await pair();
    const { ticks } = twinScene(wrong, fixed);
    const shown = (side: 'wrong' | 'fixed') => [
      ...new Set(ticks.map((tick) => tick[side])),
    ];
    expect(shown('wrong')).toEqual([...wrong.steps.keys()]);
    expect(shown('fixed')).toEqual([...fixed.steps.keys()]);
  });

  test('parts where one syncs and the other only says so', async () => {
    const { wrong, fixed } = await pair();
    const { ticks, parting } = twinScene(wrong, fixed);
    const tick = ticks[parting ?? -1];
    expect(wrong.commands[tick?.commandIndex ?? -1]).toBe('sync');
    expect(wrong.steps[tick?.wrong ?? -1]?.event.type).toBe(
      'store.acknowledged',
    );
    expect(fixed.steps[tick?.fixed ?? -1]?.event.type).toBe(
      'disk.sync-started',
    );
    const line = twinTranscript(wrong, fixed)[parting ?? -1];
    expect(line?.sentence).toMatch(/^Here they part\./);
  });

  test('of a story with itself never parts', async () => {
    const { fixed } = await pair();
    const { parting, ticks } = twinScene(fixed, fixed);
    expect(parting).toBeUndefined();
    expect(ticks).toHaveLength(fixed.steps.length);
  });

  test('waits for the side that has more commands', async () => {
    const { wrong, fixed } = await pair();
    const short = await recordStory(fixed.commands.slice(0, 3));
    const last = twinScene(wrong, short).ticks.at(-1);
    expect(last?.fixed).toBe(short.steps.length - 1);
    expect(last?.wrong).toBe(wrong.steps.length - 1);
  });
});
