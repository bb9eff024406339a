import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordStory } from '../worker/record-story.ts';
import {
  crashHere,
  forkWith,
  fromUrl,
  goTo,
  isAtRest,
  type Lab,
  type LabPreset,
  loadPreset,
  recorded,
  reset,
  startLab,
  stepIndex,
  stepTo,
  toUrl,
  undo,
} from './lab.ts';

const WRONG: LabPreset = {
  name: 'wrong',
  label: 'Wrong',
  commands: [
    'open append-log wrong=acknowledge-before-sync',
    'put cat Mina',
    'sync',
  ],
  rest: 'last',
};
const FIXED: LabPreset = {
  name: 'fixed',
  label: 'Fixed',
  commands: ['open append-log', 'put cat Mina', 'sync'],
  rest: '1:1',
};
const PRESETS = [WRONG, FIXED];

/** What use-lab.ts does: runs the commands of the place. */
async function settled(lab: Lab): Promise<Lab> {
  if (lab.recording !== undefined) return lab;
  return recorded(lab, await recordStory(lab.place.commands));
}

const started = () => settled(startLab(PRESETS));

describe('a lab', () => {
  test('starts at the resting step of its first preset', async () => {
    const lab = await started();
    expect(lab.recording?.commands).toEqual(WRONG.commands);
    expect(lab.step).toBe((lab.recording?.steps.length ?? 0) - 1);
    expect(isAtRest(lab)).toBe(true);
    expect(toUrl(lab)).toBeUndefined();
  });

  test('names steps by command and moment', async () => {
    const lab = await settled(loadPreset(await started(), 'fixed'));
    const step = lab.recording?.steps[lab.step];
    expect(step?.commandIndex).toBe(1);
    expect(step?.event.type).toBe('disk.write');
  });

  test('refuses a step that does not exist', async () => {
    const { recording } = await started();
    if (recording === undefined) throw new Error('not settled');
    expect(() => stepIndex(recording, 999)).toThrow(RangeError);
    expect(() => stepIndex(recording, '1:7')).toThrow(RangeError);
    expect(() => startLab([])).toThrow(/needs a preset/);
    expect(() => loadPreset(startLab(PRESETS), 'nope')).toThrow(/no preset/);
  });

  test('steps no further than its ends', async () => {
    const lab = await started();
    expect(stepTo(lab, -5).step).toBe(0);
    expect(stepTo(lab, 10_000).step).toBe(lab.step);
    expect(isAtRest(stepTo(lab, 0))).toBe(false);
  });

  test('forks after the command of the step shown', async () => {
    const lab = await started();
    const written = lab.recording?.steps.findIndex(
      ({ event }) => event.type === 'store.put',
    );
    const forked = forkWith(stepTo(lab, written ?? 0), ['put dog Rex']);
    expect(forked.recording).toBeUndefined();
    expect(forked.place.commands).toEqual([
      ...WRONG.commands.slice(0, 2),
      'put dog Rex',
    ]);
  });

  test('crashes inside the command of the step shown', async () => {
    const lab = await settled(loadPreset(await started(), 'fixed'));
    const crashed = await settled(crashHere(lab, 'power', 'none'));
    expect(crashed.place.commands.slice(-2)).toEqual([
      'crash power after=1 keep=none',
      'open',
    ]);
    // The sync was never reached: nothing had been promised.
    expect(crashed.recording?.verdicts.at(-1)?.promise).toBeUndefined();
    expect(crashed.recording?.commands).not.toContain('sync');
  });

  test('loses an acknowledged write at a power cut, not at a kill', async () => {
    const lab = await started();
    const cut = await settled(crashHere(lab, 'power', 'none'));
    expect(cut.recording?.verdicts.at(-1)?.promise).toBe(
      'acknowledged write lost',
    );
    const killed = await settled(crashHere(lab, 'kill', 'all'));
    expect(killed.recording?.verdicts.at(-1)?.promise).toBeUndefined();
  });

  test('can crash at every step of a story', async () => {
    let lab = await settled(loadPreset(await started(), 'fixed'));
    const steps = lab.recording?.steps ?? [];
    for (const index of steps.keys()) {
      lab = stepTo(lab, index);
      const crashed = await settled(crashHere(lab, 'power', 'all'));
      if ((steps[index]?.commandIndex ?? -1) < 0) continue;
      expect(crashed.recording?.answers.at(-1)?.[0]).toMatch(/^opened/);
    }
  });

  test('undoes preset, fork and reset, one after the other', async () => {
    const start = await started();
    const forked = await settled(forkWith(start, ['put dog Rex']));
    const other = await settled(loadPreset(forked, 'fixed'));
    const again = await settled(reset(stepTo(other, 3)));
    const steps = [again, undo(again), undo(undo(again))].map(
      ({ place }) => place.commands,
    );
    expect(steps).toEqual([
      FIXED.commands,
      FIXED.commands,
      [...WRONG.commands, 'put dog Rex'],
    ]);
    const back = await settled(undo(undo(undo(again))));
    expect(back.place.commands).toEqual(WRONG.commands);
    expect(back.step).toBe(start.step);
    expect(undo(back)).toBe(back);
  });

  test('does not take an answer to commands that it has left', async () => {
    const late = await recordStory(WRONG.commands);
    const lab = loadPreset(startLab(PRESETS), 'fixed');
    expect(recorded(lab, late)).toBe(lab);
  });
});

describe('the address of a lab', () => {
  test('brings any place back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('wrong', 'fixed'),
        fc.array(fc.constantFrom('put dog Rex', 'delete cat', 'sync')),
        fc.nat(60),
        async (preset, commands, step) => {
          let lab = await settled(loadPreset(await started(), preset));
          if (commands.length > 0) lab = await settled(forkWith(lab, commands));
          lab = stepTo(lab, step);
          const state = toUrl(lab);
          const place =
            state === undefined
              ? startLab(PRESETS).place
              : fromUrl(PRESETS, JSON.parse(JSON.stringify(state)));
          if (place === undefined) throw new Error('lost its place');
          const back = await settled(goTo(startLab(PRESETS), place));
          expect(back.place.commands).toEqual(lab.place.commands);
          expect(back.step).toBe(lab.step);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('keeps commands only when they are not those of the preset', async () => {
    const lab = stepTo(await started(), 2);
    expect(toUrl(lab)).toEqual({ preset: 'wrong', step: 2 });
    const forked = await settled(forkWith(lab, ['close']));
    expect(toUrl(forked)).toMatchObject({ commands: expect.any(Array) });
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 3],
    ['a list', ['wrong', 3]],
    ['another preset', { preset: 'nope', step: 0 }],
    ['no step', { preset: 'wrong' }],
    ['half a step', { preset: 'wrong', step: 1.5 }],
    ['a step of words', { preset: 'wrong', step: 'first' }],
    ['commands of numbers', { preset: 'wrong', step: 0, commands: [1] }],
    ['one command', { preset: 'wrong', step: 0, commands: 'sync' }],
    [
      'too many commands',
      { preset: 'wrong', step: 0, commands: Array(500).fill('sync') },
    ],
  ])('refuses %s', (_name, state) => {
    expect(fromUrl(PRESETS, state)).toBeUndefined();
  });

  test('with a step beyond the end leads to the end', async () => {
    const place = fromUrl(PRESETS, { preset: 'wrong', step: 9999 });
    if (place === undefined) throw new Error('refused');
    const lab = await settled(goTo(startLab(PRESETS), place));
    expect(lab.step).toBe((lab.recording?.steps.length ?? 0) - 1);
  });
});
