/**
 * Assertions: conditions that only a bug in this engine can break.
 *
 * Why: a storage engine that goes on after its own invariant broke writes the
 * damage to disk, where it outlives the process. So a broken invariant throws,
 * nothing in the engine catches it, and the process that caused it stops.
 * Input that a caller or a disk got wrong is not a bug of ours: it gets an
 * error from errors.ts instead.
 *
 * Real engines: WiredTiger has WT_ASSERT (diagnostic builds) and
 * WT_ASSERT_ALWAYS; SQLite has assert(); TigerBeetle keeps every assertion on
 * in production, which is what we do here.
 */
export class AssertionError extends Error {
  constructor(message: string) {
    super(`broken invariant: ${message}`);
    this.name = 'AssertionError';
  }
}

/** Throws AssertionError when `condition` is false. Cost: one branch. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}
