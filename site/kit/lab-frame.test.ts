import { describe, expect, test } from 'vitest';
import { recordStory } from '../worker/record-story.ts';
import { FRONT_DOOR_STORIES } from './front-door-stories.ts';
import { LAB_PANELS, labFrame, panelNames } from './lab-frame.ts';
import { scenarioNamed, scenarioNames } from './scenario-files.ts';
import { transcriptOf } from './step-sentences.ts';

/** A frame costs O(steps): long stories are drawn here and there. */
const FRAME_COUNT_MAX = 60;

const VIEW = { panels: [...LAB_PANELS], file: undefined };

describe.each(scenarioNames())('the scenario %s', (name) => {
  test('can be drawn at its steps, the same each time', async () => {
    const recording = await recordStory(scenarioNamed(name));
    // The island draws what the worker sends: a clone must give the same.
    const sent = structuredClone(await recordStory(scenarioNamed(name)));
    const { length } = recording.steps;
    const stride = Math.ceil(length / FRAME_COUNT_MAX);
    for (let index = (length - 1) % stride; index < length; index += stride) {
      const frame = labFrame(recording, index, VIEW);
      expect(frame.sentence).not.toBe('');
      expect(labFrame(sent, index, VIEW)).toEqual(frame);
    }
    expect(transcriptOf(recording)).toHaveLength(recording.steps.length);
  });
});

describe('a frame', () => {
  test('is small without the panels that need whole files', async () => {
    const [story] = FRONT_DOOR_STORIES;
    const recording = await recordStory(story?.commands ?? []);
    const last = recording.steps.length - 1;
    const view = { panels: [], file: undefined };
    const frame = labFrame(recording, last, view);
    expect(frame.files).toEqual([]);
    expect(JSON.stringify(frame).length).toBeLessThan(4000);
  });

  test('of a step that does not exist is refused', async () => {
    const recording = await recordStory([]);
    expect(() => labFrame(recording, 1, VIEW)).toThrow(RangeError);
  });
});

describe('the panels attribute', () => {
  test('keeps its order and knows its words', () => {
    expect(panelNames('answers strip')).toEqual(['answers', 'strip']);
    expect(() => panelNames('strip tree')).toThrow(/no panel tree/);
  });
});
