/**
 * The simulated clock: time passes when everybody waits, and not before.
 *
 * Why: "with a sync of 5 ms, how many commits a second?" must have one answer
 * on every machine. On this clock a second costs as long as its events take
 * to compute, and the order of events depends on nothing else.
 *
 * Invariants: (1) time never goes back. (2) sleepers wake in order of time,
 * then of falling asleep. (3) between two wakings, everything that can run
 * without waiting for the clock has run.
 *
 * Real engines: FoundationDB's and TigerBeetle's simulators own their clocks
 * in the same way.
 */

/** A woken sleeper's code may await resolved promises this many times. */
const SETTLING_TICKS = 64;

interface Sleeper {
  readonly wakeMs: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Virtual time in milliseconds, starting at 0. */
export class SimulatedClock {
  #nowMs = 0;
  #order = 0;
  #sleepers: Sleeper[] = [];

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Resolves after `durationMs` of virtual time. */
  sleep(durationMs: number): Promise<void> {
    const wakeMs = this.#nowMs + durationMs;
    return new Promise((wake) => {
      this.#sleepers.push({ wakeMs, order: this.#order++, wake });
    });
  }

  /** Lets time pass until `endMs`, or until nobody sleeps. */
  async runUntil(endMs: number): Promise<void> {
    await settle();
    for (;;) {
      const next = this.#earliest();
      if (next === undefined || next.wakeMs > endMs) break;
      this.#sleepers.splice(this.#sleepers.indexOf(next), 1);
      this.#nowMs = next.wakeMs;
      next.wake();
      await settle();
    }
    this.#nowMs = Math.max(this.#nowMs, endMs);
  }

  #earliest(): Sleeper | undefined {
    let earliest = this.#sleepers[0];
    for (const sleeper of this.#sleepers) {
      if (earliest === undefined || isBefore(sleeper, earliest)) {
        earliest = sleeper;
      }
    }
    return earliest;
  }
}

function isBefore(left: Sleeper, right: Sleeper): boolean {
  if (left.wakeMs !== right.wakeMs) return left.wakeMs < right.wakeMs;
  return left.order < right.order;
}

/** Runs what is ready: a timer of the platform would cost milliseconds. */
async function settle(): Promise<void> {
  for (let tick = 0; tick < SETTLING_TICKS; tick++) await Promise.resolve();
}
