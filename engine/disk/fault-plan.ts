/**
 * The fault plan: which call on a simulated disk goes wrong, and how.
 *
 * Why: a real disk fails once in years, at the worst moment. A test that asks
 * "what if the n-th call fails?" for every n needs the failure on request and
 * the same one again on the next run, so a plan is a plain function of the
 * call and never of the clock.
 */

/** One call, as the fault plan sees it; `index` counts calls from 0. */
export interface DiskCall {
  readonly index: number;
  readonly operation:
    | 'open'
    | 'read'
    | 'write'
    | 'truncate'
    | 'sync'
    | 'rename'
    | 'remove'
    | 'sync-directory';
  readonly file: string;
}

/** What goes wrong with one call. */
export type DiskFault =
  | { readonly kind: 'fail'; readonly reason: 'EIO' | 'ENOSPC' }
  | { readonly kind: 'short-write'; readonly sizeBytes: number }
  | { readonly kind: 'lying-sync' };

/** Decides, for each call, whether it fails. Must be deterministic. */
export type FaultPlan = (call: DiskCall) => DiskFault | undefined;
