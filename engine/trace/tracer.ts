/**
 * The tracer: where events go. Handed in through constructors, never global.
 *
 * Why: two engines in one page (a wrong one and its fix) must not mix their
 * events, and a simulation must see exactly its own.
 *
 * Cost: with `silentTracer` one branch a call site. The event object is built
 * only behind `if (tracer.enabled)`, because allocating it costs more than
 * most of the operations that it describes.
 */
import type { TraceEvent } from './trace-event.ts';

/** Receives events synchronously, in the middle of operations. */
export interface Tracer {
  /** False: do not build the event at all. Constant for a tracer's life. */
  readonly enabled: boolean;
  /** Must not call back into the engine but for its inspection functions. */
  emit(event: TraceEvent): void;
}

/** The tracer of everyone who does not watch. */
export const silentTracer: Tracer = {
  enabled: false,
  emit: () => {},
};

/** A tracer that calls `receive` with each event. */
export function tracerTo(receive: (event: TraceEvent) => void): Tracer {
  return { enabled: true, emit: receive };
}
