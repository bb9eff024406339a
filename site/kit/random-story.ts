/**
 * Random stories for tests: any rung, any commands, crashes among them.
 * Commands that fail are part of the story; none is unknown to it.
 */
import fc from 'fast-check';

const key = fc.constantFrom('cat', 'dog', 'fox');
const value = fc.constantFrom('Mina', 'Rex', 'x*700', '""');
const open = fc.constantFrom(
  'open json-file',
  'open json-file wrong=overwrite-in-place',
  'open append-log',
  'open append-log wrong=acknowledge-before-sync',
  'open hash-index segment=80',
);
const command = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(key, value).map(([k, v]) => `put ${k} ${v}`),
  },
  { weight: 2, arbitrary: key.map((one) => `delete ${one}`) },
  { weight: 4, arbitrary: fc.constant('sync') },
  { weight: 2, arbitrary: fc.constantFrom('close', 'open', 'scan', 'pending') },
  { weight: 1, arbitrary: fc.constantFrom('lie', 'fail sync', 'fail write') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'crash power',
      'crash power keep=all',
      'crash kill',
    ),
  },
);

/** A story of up to 14 commands that begins by opening a store. */
export const story: fc.Arbitrary<string[]> = fc
  .tuple(open, fc.array(command, { maxLength: 13 }))
  .map(([first, rest]) =>
    [first, ...rest].flatMap((one) =>
      one.startsWith('crash') ? [one, 'open'] : [one],
    ),
  );
