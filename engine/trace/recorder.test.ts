import { expect, test } from 'vitest';
import { Recorder } from './recorder.ts';
import { silentTracer, tracerTo } from './tracer.ts';

test('a step holds its event and the state of that moment', () => {
  let count = 0;
  const recorder = new Recorder(() => ({ count }));
  recorder.emit({ type: 'disk.sync', file: 'a' });
  count = 5;
  recorder.emit({ type: 'store.closed' });
  expect(recorder.enabled).toBe(true);
  expect(recorder.steps).toEqual([
    { event: { type: 'disk.sync', file: 'a' }, state: { count: 0 } },
    { event: { type: 'store.closed' }, state: { count: 5 } },
  ]);
});

test('the list of steps grows with what is recorded', () => {
  const recorder = new Recorder(() => undefined);
  const { steps } = recorder;
  expect(steps).toHaveLength(0);
  recorder.emit({ type: 'store.closed' });
  expect(steps).toHaveLength(1);
});

test('a tracer hands on each event; the silent one asks for none', () => {
  const types: string[] = [];
  const tracer = tracerTo(({ type }) => types.push(type));
  tracer.emit({ type: 'store.closed' });
  expect(types).toEqual(['store.closed']);
  expect(tracer.enabled).toBe(true);
  expect(silentTracer.enabled).toBe(false);
});
