import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatScenario,
  parseScenario,
  scenarioCommands,
} from './scenario-text.ts';
import { Story } from './story.ts';

const TEXT = `# A cat is put.
# And synced.
open append-log
put cat Mina
---
opened empty

# Nothing but a comment.

sync
---
acknowledged 1 write
`;

test('a scenario is blocks of comments, commands and answers', () => {
  expect(parseScenario(TEXT)).toEqual([
    {
      comments: ['# A cat is put.', '# And synced.'],
      commands: ['open append-log', 'put cat Mina'],
      answers: ['opened empty'],
    },
    { comments: ['# Nothing but a comment.'], commands: [], answers: [] },
    { comments: [], commands: ['sync'], answers: ['acknowledged 1 write'] },
  ]);
  expect(scenarioCommands(TEXT)).toEqual([
    ...['open append-log', 'put cat Mina', 'sync'],
  ]);
});

test('formatting what was parsed gives the text again', () => {
  expect(formatScenario(parseScenario(TEXT))).toBe(TEXT);
});

test('any blocks come back', () => {
  const line = fc
    .string({ minLength: 1 })
    .filter((text) => !/[\n#]/.test(text) && text !== '---');
  const comment = line.map((text) => `# ${text}`);
  const block = fc.oneof(
    fc.record({
      comments: fc.array(comment),
      commands: fc.array(line, { minLength: 1 }),
      answers: fc.array(fc.oneof(line, fc.constantFrom('---', '# no comment'))),
    }),
    fc.record({
      comments: fc.array(comment, { minLength: 1 }),
      commands: fc.constant([]),
      answers: fc.constant([]),
    }),
  );
  fc.assert(
    fc.property(fc.array(block, { minLength: 1 }), (blocks) => {
      expect(parseScenario(formatScenario(blocks))).toEqual(blocks);
    }),
  );
});

test('a block without a divider has no answers yet', () => {
  expect(parseScenario('# New.\nopen append-log\nsync\n')).toEqual([
    {
      comments: ['# New.'],
      commands: ['open append-log', 'sync'],
      answers: [],
    },
  ]);
});

test('nothing is no blocks', () => {
  expect(parseScenario('')).toEqual([]);
  expect(parseScenario('\n\n\n')).toEqual([]);
});

describe('what a store holds never breaks the format', () => {
  test.each([
    ['a line break', 'put cat "a\\nb"'],
    ['nothing', 'put cat ""'],
    ['a divider', 'put cat ---'],
    ['something long', 'put cat x*9999'],
  ])('%s', async (_what, put) => {
    const commands = ['open append-log', put, 'get cat', 'scan', 'sync'];
    const { answers } = await Story.run(commands);
    const blocks = [{ comments: [], commands, answers: answers.flat() }];
    expect(answers[2]).toHaveLength(1);
    expect(parseScenario(formatScenario(blocks))).toEqual(blocks);
  });
});
