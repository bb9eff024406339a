import { describe, expect, test } from 'vitest';
import { recordStory } from '../worker/record-story.ts';
import { actionNames } from './action-names.ts';
import { labFrame } from './lab-frame.ts';
import {
  COMMAND_ACTIONS,
  type CommandAction,
  nextCommand,
  nextPut,
} from './next-command.ts';

async function next(action: CommandAction, ...commands: string[]) {
  const recording = await recordStory(commands);
  const frame = labFrame(recording, recording.steps.length - 1, {
    panels: [],
    file: undefined,
  });
  return nextCommand(action, frame, commands);
}

describe('the next command', () => {
  test('puts another document each time', () => {
    const commands: string[] = [];
    for (let count = 0; count < 12; count++) commands.push(nextPut(commands));
    expect(new Set(commands.map((one) => one.split(' ')[1])).size).toBe(12);
  });

  test('deletes what is there, and nothing else', async () => {
    expect(await next('delete', 'open append-log')).toBeUndefined();
    expect(await next('delete', 'open append-log', 'put cat Mina')).toBe(
      'delete cat',
    );
  });

  test('opens what is closed, and closes what is open', async () => {
    expect(await next('open', 'open append-log')).toBeUndefined();
    expect(await next('open', 'open append-log', 'close')).toBe('open');
    expect(await next('close', 'open append-log', 'close')).toBeUndefined();
  });

  test('is one that the engine knows', async () => {
    const before = [
      'open hash-index segment=80',
      'put cat Mina',
      'put dog Rex',
    ];
    for (const action of COMMAND_ACTIONS) {
      const command = await next(action, ...before);
      if (command === undefined) continue;
      const { answers } = await recordStory([...before, command]);
      expect(answers.at(-1)?.join()).not.toMatch(/^error/);
    }
  });
});

describe('the actions attribute', () => {
  test('may say commands for those that make sense', () => {
    expect(actionNames('plug commands', ['open append-log'])).toEqual([
      'plug',
      'put',
      'delete',
      'sync',
      'close',
      'open',
    ]);
    expect(actionNames('commands', ['open hash-index'])).toContain('merge');
    expect(actionNames('', [])).toEqual([]);
    expect(() => actionNames('pull', [])).toThrow(/no action pull/);
  });
});
