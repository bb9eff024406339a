import { describe, expect, test } from 'vitest';
import { recordStory } from '../worker/record-story.ts';
import { frontDoorScene } from './front-door-scene.ts';
import { FRONT_DOOR_STORIES, FRONT_DOOR_VIEW } from './front-door-stories.ts';
import { labFrame } from './lab-frame.ts';
import { nextPut } from './next-command.ts';

const [WRONG = [], FIXED = []] = FRONT_DOOR_STORIES.map(
  ({ commands }) => commands,
);

async function lastFrame(commands: readonly string[]) {
  const recording = await recordStory(commands);
  return labFrame(recording, recording.steps.length - 1, FRONT_DOOR_VIEW);
}

const placesOf = async (commands: readonly string[]) =>
  frontDoorScene(await lastFrame(commands)).rows.map(({ place }) => place);

describe('the front door', () => {
  test('at rest shows three promises and an empty medium', async () => {
    const scene = frontDoorScene(await lastFrame(WRONG));
    expect(scene.rows.map(({ said }) => said)).toEqual(Array(3).fill('saved'));
    expect(scene.rows.map(({ place }) => place)).toEqual(
      Array(3).fill('os-cache'),
    );
    expect(scene.sentence).toBe(
      'It said “saved” three times. Not one of them is on the medium.',
    );
  });

  test('loses an acknowledged write with one pull of the plug', async () => {
    const frame = await lastFrame([...WRONG, 'crash power keep=none', 'open']);
    expect(frame.verdict).toMatchObject({
      promise: 'acknowledged write lost',
      isBroken: true,
    });
    const { rows, sentence } = frontDoorScene(frame);
    expect(rows.map(({ mark }) => mark)).toEqual(Array(3).fill('lost'));
    expect(sentence).toBe(
      'It opened its file again, and found no cat, no dog, no fox.',
    );
  });

  test('shows the bytes gone while the power is', async () => {
    const off = [...WRONG, 'crash power keep=none'];
    const scene = frontDoorScene(await lastFrame(off));
    expect(scene.phase).toBe('off');
    expect(await placesOf(off)).toEqual(Array(3).fill('nowhere'));
  });

  test('with the fix keeps every document', async () => {
    expect(await placesOf(FIXED)).toEqual(Array(3).fill('medium'));
    const frame = await lastFrame([...FIXED, 'crash power keep=none', 'open']);
    expect(frame.verdict?.word).toBe('KEPT');
    const { rows } = frontDoorScene(frame);
    expect(rows.map(({ mark }) => mark)).toEqual(Array(3).fill('kept'));
    expect(await placesOf([...FIXED, 'crash power keep=none'])).toEqual(
      Array(3).fill('medium'),
    );
  });

  test('can be filled and emptied again and again', async () => {
    let commands: readonly string[] = WRONG;
    for (let round = 0; round < 4; round++) {
      commands = [...commands, nextPut(commands), 'sync'];
      const { rows } = frontDoorScene(await lastFrame(commands));
      expect(rows.at(-1)?.place).toBe('os-cache');
      commands = [...commands, 'crash power keep=none', 'open'];
      const frame = await lastFrame(commands);
      expect(frame.verdict?.isBroken).toBe(true);
      expect(
        frontDoorScene(frame).rows.every(({ mark }) => mark === 'lost'),
      ).toBe(true);
    }
  });
});
