/**
 * The recorder: each event together with the state at that very moment.
 *
 * Why: a timeline can only step backwards, scrub and fork if it has the state
 * between two events and not only the events. Capturing it when the event
 * fires is what lets a figure stop in the middle of an operation.
 *
 * Invariants: (1) steps are in the order of emission. (2) a captured state is
 * never changed afterwards; `inspect` must return values that nobody mutates.
 * Cost: one `inspect()` an event; memory grows with the number of events.
 */
import type { TraceEvent } from './trace-event.ts';
import type { Tracer } from './tracer.ts';

/** An event and what inspection saw just after it. */
export interface RecordedStep<State> {
  readonly event: TraceEvent;
  readonly state: State;
}

/** A tracer that keeps every event with the inspected state. */
export class Recorder<State> implements Tracer {
  readonly enabled = true;
  readonly #inspect: () => State;
  readonly #steps: RecordedStep<State>[] = [];

  constructor(inspect: () => State) {
    this.#inspect = inspect;
  }

  emit(event: TraceEvent): void {
    this.#steps.push({ event, state: this.#inspect() });
  }

  /** The steps so far; the array is live, the steps never change. */
  get steps(): readonly RecordedStep<State>[] {
    return this.#steps;
  }
}
