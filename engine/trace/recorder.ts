/**
 * The recorder: each event together with the state at that very moment.
 *
 * Why: a timeline can only step backwards, scrub and fork if it has the state
 * between two events and not only the events. Capturing it when the event
 * fires is what lets a figure stop in the middle of an operation.
 *
 * Invariants: (1) steps are in the order of emission. (2) a step is never
 * changed afterwards; `capture` must return values that nobody mutates.
 * Cost: one `capture()` an event; memory grows with the number of events.
 */
import { assert } from '../base/assert.ts';
import type { TraceEvent } from './trace-event.ts';
import type { Tracer } from './tracer.ts';

/**
 * A tracer that keeps what `capture` makes of each event. `Event` may hold
 * more than the engine's events, such as those of a story.
 */
export class Recorder<Event, Step> implements Tracer {
  readonly enabled = true;
  readonly #capture: (event: Event | TraceEvent) => Step;
  #steps: Step[] = [];

  constructor(capture: (event: Event | TraceEvent) => Step) {
    this.#capture = capture;
  }

  emit(event: Event | TraceEvent): void {
    this.#steps.push(this.#capture(event));
  }

  /** The steps so far. */
  get steps(): readonly Step[] {
    return this.#steps;
  }

  /** Forgets the steps from index `count` on: they never happened. */
  rewindTo(count: number): void {
    assert(count <= this.#steps.length, 'a recording rewinds to its past');
    this.#steps = this.#steps.slice(0, count);
  }
}
