/**
 * The trace: what the engine did, as one union of typed events.
 *
 * Why: a figure that animates what an engine *should* do teaches a wish. Here
 * every drawing is a replay of these events, which fire in the middle of
 * operations, between one disk call and the next, so a reader can stop inside
 * a save and pull the plug there. Tests read the same events to check order.
 *
 * Invariant: an event is emitted after the thing it names has happened, so
 * the state inspected at that moment includes it ("...-started" and
 * "...-failed" name themselves).
 *
 * Real engines: WiredTiger has verbose categories and statistics; MongoDB has
 * its log components. Both are text for people; ours are values for programs.
 */
export type TraceEvent = DiskEvent | StoreEvent | RecoveryEvent | MergeEvent;

/** One call on a disk, in the order in which the calls returned. */
export type DiskEvent =
  | { readonly type: 'disk.open'; readonly file: string }
  | { readonly type: 'disk.create'; readonly file: string }
  | {
      readonly type: 'disk.read';
      readonly file: string;
      readonly offset: number;
      readonly sizeBytes: number;
    }
  | {
      readonly type: 'disk.write';
      readonly file: string;
      readonly offset: number;
      readonly sizeBytes: number;
    }
  | {
      readonly type: 'disk.truncate';
      readonly file: string;
      readonly sizeBytes: number;
    }
  | { readonly type: 'disk.sync-started'; readonly file: string }
  | { readonly type: 'disk.sync'; readonly file: string }
  | {
      readonly type: 'disk.rename';
      readonly file: string;
      readonly to: string;
    }
  | { readonly type: 'disk.remove'; readonly file: string }
  | { readonly type: 'disk.sync-directory-started' }
  | { readonly type: 'disk.sync-directory' }
  | {
      readonly type: 'disk.failed';
      readonly operation: string;
      readonly file: string;
      readonly reason: string;
    };

/** The events after which a power cut may leave something else. */
export const DISK_CHANGES: ReadonlySet<string> = new Set([
  'disk.create',
  'disk.write',
  'disk.truncate',
  'disk.sync',
  'disk.rename',
  'disk.remove',
  'disk.sync-directory',
] satisfies DiskEvent['type'][]);

/** What a store was asked to do, and what it promised. */
export type StoreEvent =
  | {
      readonly type: 'store.opened';
      readonly rung: string;
      readonly wrong: readonly string[];
    }
  | {
      readonly type: 'store.put';
      readonly key: Uint8Array;
      readonly valueSizeBytes: number;
    }
  | { readonly type: 'store.delete'; readonly key: Uint8Array }
  | {
      readonly type: 'store.get';
      readonly key: Uint8Array;
      readonly found: boolean;
    }
  | { readonly type: 'store.acknowledged'; readonly writeCount: number }
  | { readonly type: 'store.closed' };

/** What opening an existing file found. */
export type RecoveryEvent =
  | {
      readonly type: 'recovery.record';
      readonly file: string;
      readonly offset: number;
      readonly sizeBytes: number;
    }
  | {
      readonly type: 'recovery.cut';
      readonly file: string;
      readonly offset: number;
      readonly cutBytes: number;
    }
  | {
      readonly type: 'recovery.hint';
      readonly file: string;
      readonly entryCount: number;
    }
  | { readonly type: 'recovery.removed'; readonly file: string };

/** What a merge of segments did with each record. */
export type MergeEvent =
  | { readonly type: 'segment.rolled'; readonly file: string }
  | {
      readonly type: 'merge.started';
      readonly files: readonly string[];
    }
  | {
      readonly type: 'merge.kept';
      readonly key: Uint8Array;
      readonly kind: 'value' | 'tombstone';
    }
  | {
      readonly type: 'merge.dropped';
      readonly key: Uint8Array;
      readonly kind: 'value' | 'tombstone';
    }
  | { readonly type: 'merge.finished'; readonly file: string };
