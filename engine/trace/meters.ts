/**
 * Meters: what an engine cost, counted from its own events.
 *
 * Why: "it is faster" means nothing without the bytes. Logical bytes are what
 * the caller asked to keep; physical bytes are what reached the disk call; the
 * quotient is the write amplification, the price of the engine's shape.
 *
 * Cost: O(1) an event.
 */
import type { TraceEvent } from './trace-event.ts';

/** Counts since the beginning; sizes in bytes. */
export interface Meters {
  readonly putCount: number;
  readonly logicalBytes: number;
  readonly readCount: number;
  readonly readBytes: number;
  readonly writeCount: number;
  readonly writtenBytes: number;
  /** Syncs of files and of the directory, finished ones. */
  readonly syncCount: number;
  readonly acknowledgedCount: number;
}

export const NO_METERS: Meters = {
  putCount: 0,
  logicalBytes: 0,
  readCount: 0,
  readBytes: 0,
  writeCount: 0,
  writtenBytes: 0,
  syncCount: 0,
  acknowledgedCount: 0,
};

/** The meters after one more event. */
export function countEvent(meters: Meters, event: TraceEvent): Meters {
  switch (event.type) {
    case 'store.put':
      return {
        ...meters,
        putCount: meters.putCount + 1,
        logicalBytes:
          meters.logicalBytes + event.key.length + event.valueSizeBytes,
      };
    case 'disk.read':
      return {
        ...meters,
        readCount: meters.readCount + 1,
        readBytes: meters.readBytes + event.sizeBytes,
      };
    case 'disk.write':
      return {
        ...meters,
        writeCount: meters.writeCount + 1,
        writtenBytes: meters.writtenBytes + event.sizeBytes,
      };
    case 'disk.sync':
    case 'disk.sync-directory':
      return { ...meters, syncCount: meters.syncCount + 1 };
    case 'store.acknowledged':
      return {
        ...meters,
        acknowledgedCount: meters.acknowledgedCount + event.writeCount,
      };
    default:
      return meters;
  }
}
