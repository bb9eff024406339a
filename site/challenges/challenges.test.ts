import { describe, expect, test } from 'vitest';
import { CHALLENGE_IDS, loadChallenge } from './challenge-registry.ts';

const PROMISES = [
  'acknowledged write lost',
  'deleted key came back',
  'lost write came back',
  'value that nobody wrote',
  'later write survived an earlier one',
  'database will not open',
  'restart changed the answer',
];

describe.each(CHALLENGE_IDS)('challenge %s', async (id) => {
  const challenge = await loadChallenge(id);

  test('its solution passes', async () => {
    const result = await challenge.check(challenge.solution);
    expect(result).toMatchObject({ passed: true });
  });

  test('doing nothing fails', async () => {
    const result = await challenge.check(challenge.initial);
    expect(result).toMatchObject({ passed: false });
  });

  test('it has at least three wrong answers', () => {
    expect(challenge.wrongAnswers.length).toBeGreaterThanOrEqual(3);
  });

  test.each(challenge.wrongAnswers)('fails: $why', async ({ answer }) => {
    const { passed, message } = await challenge.check(answer);
    expect(passed).toBe(false);
    const named = PROMISES.filter((promise) => message.includes(promise));
    expect(named, message).toHaveLength(1);
  });

  test('an answer survives storage and the way to the worker', async () => {
    const answers = [
      challenge.initial,
      challenge.solution,
      ...challenge.wrongAnswers.map(({ answer }) => answer),
    ];
    for (const answer of answers) {
      const stored: unknown = JSON.parse(JSON.stringify(answer));
      expect(challenge.decode(stored)).toEqual(answer);
    }
  });

  test.each([undefined, null, 7, 'x', [7], { writers: 'many' }, [null]])(
    'what is no answer is refused: %j',
    async (value) => {
      expect(challenge.decode(value)).toBeUndefined();
      await expect(challenge.check(value)).rejects.toThrow(RangeError);
    },
  );

  test('its id begins with the number of its post', () => {
    expect(Number(id.slice(0, 2))).toBe(challenge.post);
    expect(challenge.id).toBe(id);
  });
});

test('an unknown challenge is refused by name', async () => {
  await expect(loadChallenge('99-nothing')).rejects.toThrow(/99-nothing/);
});
