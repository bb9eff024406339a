import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '../base/errors.ts';
import { RUNGS, WRONG_RULES } from '../ladder/wrong-switches.ts';
import { Story } from './story.ts';
import type { StoryRecording } from './story-recording.ts';

/** The last line of each answer. */
function lastLines({ answers }: StoryRecording): string[] {
  return answers.map((lines) => lines.at(-1) ?? '');
}

const CAT = ['put cat Mina', 'sync'];

/** Several kinds of commands, on any rung, with a crash in the middle. */
function longStory(rung: string): string[] {
  return [
    ...[`open ${rung} segment=100`, ...CAT, 'put dog Rex', 'delete cat'],
    ...['pending', 'insert 3 40', 'crash power after=3 keep=none', 'open'],
    ...[
      'scan',
      'stats',
      'files',
      'put owl Ulla',
      'crash kill',
      'open',
      'close',
    ],
  ];
}

describe.each(RUNGS)('a story of %s', (rung) => {
  test('is the same each time, bit for bit', async () => {
    const [one, other] = await Promise.all([
      Story.run(longStory(rung)),
      Story.run(longStory(rung)),
    ]);
    expect(one).toEqual(other);
    expect(one.steps.length).toBeGreaterThan(50);
  });

  test('is made of plain values, which can be posted', async () => {
    const recording = await Story.run(longStory(rung));
    expect(structuredClone(recording)).toEqual(recording);
  });

  test('has a step for each event, and never changes one later', async () => {
    const story = new Story();
    await story.perform(`open ${rung}`);
    await story.perform('put cat Mina');
    const { steps } = story.recording();
    const before = structuredClone(steps);
    await story.perform('sync');
    await story.perform('put cat "another value"');
    await story.perform('sync');
    expect(story.recording().steps.slice(0, before.length)).toEqual(before);
    const indexes = steps.map(({ commandIndex }) => commandIndex);
    expect(indexes).toEqual([...indexes].sort((a, b) => a - b));
    expect(indexes[0]).toBe(-1);
  });

  test('keeps acknowledged writes through any crash of a sync', async () => {
    const base = [`open ${rung}`, ...CAT, 'put cat Tom', 'sync'];
    const moments = await momentsOf(base);
    expect(moments).toBeGreaterThan(0);
    for (let moment = 0; moment <= moments; moment++) {
      for (const keep of ['none', 'all']) {
        const crash = `crash power after=${moment} keep=${keep}`;
        const { answers } = await Story.run([
          ...base,
          crash,
          'open',
          'get cat',
        ]);
        expect(answers.at(-2)).toContain('kept: nothing acknowledged is lost');
        expect(['Mina', 'Tom']).toContain(answers.at(-1)?.[0]);
      }
    }
  });
});

async function momentsOf(commands: readonly string[]): Promise<number> {
  const { steps } = await Story.run(commands);
  return steps.at(-1)?.moment ?? 0;
}

describe('a crash inside the last command', () => {
  const commands = ['open append-log', ...CAT, 'put dog Rex', 'sync'];

  test('forgets the steps after its moment', async () => {
    const { steps } = await Story.run([...commands, 'crash power after=0']);
    const types = steps
      .filter(({ commandIndex }) => commandIndex === 4)
      .map(({ event }) => event.type);
    expect(types).toEqual(['disk.sync-started']);
    const acknowledged = steps.map((step) => step.acknowledgedWrites);
    expect(Math.max(...acknowledged)).toBe(1);
  });

  test('judges by what was acknowledged by then', async () => {
    const early = [
      ...commands,
      'crash power after=0 keep=none',
      'open',
      'scan',
    ];
    expect((await Story.run(early)).answers.slice(-2)).toEqual([
      ['opened with 1 key', 'kept: nothing acknowledged is lost'],
      ['cat = Mina'],
    ]);
    const late = [...commands, 'crash power after=1 keep=none', 'open', 'scan'];
    expect((await Story.run(late)).answers.at(-1)).toEqual([
      ...['cat = Mina', 'dog = Rex'],
    ]);
  });

  test('is refused after more changes than there were', async () => {
    const recording = await Story.run([...commands, 'crash power after=9']);
    expect(lastLines(recording).at(-1)).toMatch(
      /^error INVALID_INPUT .* 1 time/,
    );
  });

  test('may keep a chosen part of a write', async () => {
    const put = ['open append-log', 'put blob x*2000', 'pending'];
    const recording = await Story.run(put);
    expect(lastLines(recording)[2]).toMatch(/^#(\d+) write append\.log/);
    const id = /#(\d+) write/.exec(lastLines(recording)[2] ?? '')?.[1];
    const crash = `crash power keep=${id}:0+2`;
    const torn = await Story.run([...put, crash, 'files', 'open', 'scan']);
    expect(lastLines(torn).slice(-4)).toEqual([
      'the power is gone: 0 of 1 effects lost, 1 torn',
      'append.log 1536',
      'kept: nothing had been acknowledged yet',
      '(empty)',
    ]);
  });
});

describe('a verdict', () => {
  test.each([
    ['overwrite-in-place', 'keep=1', 'BROKEN database will not open'],
    ['acknowledge-before-sync', '', 'BROKEN acknowledged write lost: cat'],
    ['no-directory-sync', '', 'BROKEN acknowledged write lost: cat'],
    ['delete-only-in-map', '', 'BROKEN deleted key came back: cat'],
  ])('names what %s breaks', async (name, _keep, expected) => {
    const rule = WRONG_RULES.find((candidate) => candidate.name === name);
    const end = name === 'delete-only-in-map' ? ['delete cat', 'sync'] : [];
    const commands = [`open ${rule?.rung} wrong=${name}`, ...CAT, ...end];
    const crash =
      name === 'overwrite-in-place'
        ? ['put cat Tom', 'sync', 'crash power after=1 keep=all']
        : ['crash power'];
    const recording = await Story.run([...commands, ...crash, 'open']);
    expect(lastLines(recording).at(-1)).toBe(expected);
    expect(recording.verdicts.at(-1)).toMatchObject({
      commandIndex: recording.commands.length - 1,
      promise: rule?.promise,
      refused: false,
    });
  });

  test('praises an engine that refuses damage', async () => {
    const recording = await Story.run([
      ...['open append-log', ...CAT, 'close', 'flip append.log 47 0', 'open'],
    ]);
    expect(recording.answers.at(-1)).toEqual([
      expect.stringMatching(/^error CORRUPTION append\.log at offset 16/),
      'kept: damage is reported, not believed',
    ]);
    expect(recording.verdicts.at(-1)?.refused).toBe(true);
  });

  test('of an engine that had promised nothing says so', async () => {
    const recording = await Story.run([
      'open append-log',
      'crash power',
      'open',
    ]);
    expect(recording.answers.at(-1)).toEqual([
      'opened empty',
      'kept: nothing had been acknowledged yet',
    ]);
  });
});

describe('faults', () => {
  test('a failed sync is an answer, and the store is unusable then', async () => {
    const recording = await Story.run([
      ...['open append-log', 'put cat Mina', 'fail sync', 'sync', 'get cat'],
    ]);
    expect(lastLines(recording).slice(-2)).toEqual([
      'error DISK_FAILURE EIO: sync of append.log failed',
      'error CLOSED a sync failed, and nobody knows what is on the medium',
    ]);
  });

  test('a lying drive loses what it said was safe', async () => {
    const recording = await Story.run([
      ...['open append-log', 'put cat Mina', 'lie', 'sync', 'pending'],
      ...['crash power', 'open'],
    ]);
    expect(recording.answers.at(-3)?.[0]).toContain("in the drive's cache");
    expect(lastLines(recording).at(-1)).toContain('BROKEN acknowledged');
  });

  test('a full disk refuses a put and keeps the rest', async () => {
    const recording = await Story.run([
      ...['open append-log', ...CAT, 'short 10', 'fail write ENOSPC'],
      ...['put dog Rex', 'put owl Ulla', 'sync', 'crash power', 'open', 'scan'],
    ]);
    expect(recording.answers[5]?.[0]).toContain('error DISK_FAILURE ENOSPC');
    expect(recording.answers.at(-1)).toEqual(['cat = Mina', 'owl = Ulla']);
  });
});

test.each([
  ['jump', /there is no command jump/],
  ['', /an empty command/],
])(
  '%o is not a command, which is the caller’s mistake',
  async (line, error) => {
    await expect(new Story().perform(line)).rejects.toThrow(InvalidInputError);
    await expect(new Story().perform(line)).rejects.toThrow(error);
  },
);

test.each([
  ['open', 'open what?'],
  ['open pile', 'there is no rung "pile"'],
  ['open append-log wrong=x', 'there is no wrong switch "x"'],
  ['open json-file steps=x', 'no save step x'],
  ['put cat', 'put needs a value'],
  ['put cat Mina', 'no store is open'],
  ['roll', 'no store is open'],
  ['crash', 'crash power, or crash kill'],
  ['crash power keep=7', 'no effect 7 is pending'],
  ['hex a', 'there is no file a'],
])('%o is answered with what is wrong', async (command, message) => {
  const recording = await Story.run([command]);
  expect(lastLines(recording)[0]).toMatch(/^error [A-Z_]+ /);
  expect(lastLines(recording)[0]).toContain(message);
});

test('meters start again from the moment of a crash', async () => {
  const { answers } = await Story.run([
    ...['open append-log', ...CAT, 'stats', 'crash power', 'open', 'stats'],
  ]);
  expect(answers[3]).toContain('asked to keep 7 bytes in 1 puts');
  expect(answers[3]).toContain('wrote 50 bytes in 2 writes');
  expect(answers.at(-1)).toContain('wrote 50 bytes in 2 writes');
});

test('a command that the power cut short has no answer', async () => {
  const { answers, commands } = await Story.run([
    'open append-log',
    'put cat Mina',
    'sync',
    'crash power after=0',
  ]);
  expect(commands[2]).toBe('sync');
  expect(answers[2]).toEqual([]);
});
