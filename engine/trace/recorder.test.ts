import { expect, test } from 'vitest';
import { AssertionError } from '../base/assert.ts';
import { Recorder } from './recorder.ts';
import { silentTracer, tracerTo } from './tracer.ts';

test('a step holds its event and the state of that moment', () => {
  let count = 0;
  const recorder = new Recorder((event) => ({ event, count }));
  recorder.emit({ type: 'disk.sync', file: 'a' });
  count = 5;
  recorder.emit({ type: 'store.closed' });
  expect(recorder.enabled).toBe(true);
  expect(recorder.steps).toEqual([
    { event: { type: 'disk.sync', file: 'a' }, count: 0 },
    { event: { type: 'store.closed' }, count: 5 },
  ]);
});

test('a rewound recording goes on from its past', () => {
  const recorder = new Recorder<{ type: 'note'; text: string }, unknown>(
    (event) => event,
  );
  const note = (text: string) => ({ type: 'note', text }) as const;
  for (const text of ['a', 'b', 'c']) recorder.emit(note(text));
  const before = recorder.steps;
  recorder.rewindTo(1);
  recorder.emit(note('d'));
  expect(recorder.steps).toEqual([note('a'), note('d')]);
  expect(before).toHaveLength(3);
  expect(() => recorder.rewindTo(9)).toThrow(AssertionError);
});

test('a tracer hands on each event; the silent one asks for none', () => {
  const types: string[] = [];
  const tracer = tracerTo(({ type }) => types.push(type));
  tracer.emit({ type: 'store.closed' });
  expect(types).toEqual(['store.closed']);
  expect(tracer.enabled).toBe(true);
  expect(silentTracer.enabled).toBe(false);
});
