/**
 * Group commit: one sync for everyone who is waiting.
 *
 * Why: a sync costs milliseconds however little it writes. If each of eight
 * writers asks for its own, the eighth waits for seven others. But one sync
 * covers *everything* written before it began, so whoever arrives while a
 * sync is running can share the next one. There is no timer: an idle log
 * syncs at once, a busy one forms groups by itself.
 *
 * Invariants: (1) sync() resolves only after a sync that began at or after
 * the call. (2) at most one sync runs and at most one waits. (3) after a
 * failed sync every later call fails too: the kernel may have dropped the
 * data and marked it clean, so a second sync that succeeds proves nothing.
 * Cost: n waiting writers share one sync.
 *
 * Real engines: WiredTiger's log slots and PostgreSQL's commit groups do
 * this; a failed fsync of the log is a panic in both (and of PostgreSQL's
 * data files since 2019).
 */
import { ClosedError } from '../base/errors.ts';

/** Shares calls of one slow `sync` function between its callers. */
export class GroupSync {
  readonly #sync: () => Promise<void>;
  #running: Promise<void> | undefined;
  #waiting: Promise<void> | undefined;
  #failure: unknown;

  constructor(sync: () => Promise<void>) {
    this.#sync = sync;
  }

  /** The first failure, or undefined while all is well. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Durable when it resolves. Rejects for ever after a failed sync. */
  sync(): Promise<void> {
    // The waiting group is asked first: between the end of one sync and the
    // start of the next, nothing runs, and a second sync must not begin.
    if (this.#waiting !== undefined) return this.#waiting;
    if (this.#running === undefined) return this.#start();
    this.#waiting = this.#startAfter(this.#running);
    return this.#waiting;
  }

  async #startAfter(running: Promise<void>): Promise<void> {
    // Its own callers hear of a failure; ours find it in #failure.
    await running.catch(() => {});
    this.#waiting = undefined;
    return this.#start();
  }

  #start(): Promise<void> {
    const running = this.#syncOnce().finally(() => {
      this.#running = undefined;
    });
    this.#running = running;
    return running;
  }

  async #syncOnce(): Promise<void> {
    if (this.#failure !== undefined) {
      throw new ClosedError('an earlier sync failed', {
        cause: this.#failure,
      });
    }
    try {
      await this.#sync();
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }
}
