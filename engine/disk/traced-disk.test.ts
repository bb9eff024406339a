import { expect, test } from 'vitest';
import { DiskError } from '../base/errors.ts';
import type { TraceEvent } from '../trace/trace-event.ts';
import { silentTracer, tracerTo } from '../trace/tracer.ts';
import { describeDisk } from './disk-conformance.ts';
import type { DiskFactory } from './disk-suite.ts';
import { MemoryDisk } from './memory-disk.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { TracedDisk } from './traced-disk.ts';

/** A traced memory disk that still knows the disk inside. */
class WatchedDisk extends TracedDisk {
  readonly inner: MemoryDisk;

  constructor(inner: MemoryDisk) {
    super(
      inner,
      tracerTo(() => {}),
    );
    this.inner = inner;
  }
}

const tracedDisks: DiskFactory<WatchedDisk> = {
  create: async () => new WatchedDisk(new MemoryDisk()),
  reopen: async (disk) => {
    disk.close();
    return new WatchedDisk(new MemoryDisk(disk.inner.capture()));
  },
  dispose: async (disk) => disk.close(),
};

describeDisk('the traced disk', tracedDisks);

test('each call is one event, after its effect and in order', async () => {
  const events: TraceEvent[] = [];
  const disk = new TracedDisk(new MemoryDisk(), tracerTo(keep(events)));
  const file = await disk.open('a', 'create');
  file.write(Uint8Array.of(1, 2, 3), 4);
  file.read(new Uint8Array(9), 4);
  file.truncate(2);
  await file.sync();
  disk.rename('a', 'b');
  await disk.syncDirectory();
  file.close();
  await disk.open('b', 'existing');
  expect(events).toEqual([
    { type: 'disk.create', file: 'a' },
    { type: 'disk.write', file: 'a', offset: 4, sizeBytes: 3 },
    { type: 'disk.read', file: 'a', offset: 4, sizeBytes: 3 },
    { type: 'disk.truncate', file: 'a', sizeBytes: 2 },
    { type: 'disk.sync-started', file: 'a' },
    { type: 'disk.sync', file: 'a' },
    { type: 'disk.rename', file: 'a', to: 'b' },
    { type: 'disk.sync-directory-started' },
    { type: 'disk.sync-directory' },
    { type: 'disk.open', file: 'b' },
  ]);
});

test('events call a renamed file by its new name', async () => {
  const events: TraceEvent[] = [];
  const disk = new TracedDisk(new MemoryDisk(), tracerTo(keep(events)));
  const file = await disk.open('a', 'create');
  disk.rename('a', 'a');
  disk.rename('a', 'b');
  file.write(Uint8Array.of(1), 0);
  expect(events.at(-1)).toMatchObject({ type: 'disk.write', file: 'b' });
  const other = await disk.open('a', 'create');
  other.write(Uint8Array.of(1), 0);
  expect(events.at(-1)).toMatchObject({ type: 'disk.write', file: 'a' });
  await file.sync();
  expect(events.at(-1)).toEqual({ type: 'disk.sync', file: 'b' });
});

test('the effect of a write is there when its event fires', async () => {
  const inner = new MemoryDisk();
  const sizes: (number | undefined)[] = [];
  const tracer = tracerTo((event) => {
    if (event.type !== 'disk.write') return;
    sizes.push(inner.capture().get('a')?.length);
  });
  const file = await new TracedDisk(inner, tracer).open('a', 'create');
  file.write(Uint8Array.of(1), 0);
  file.write(Uint8Array.of(2, 3), 1);
  expect(sizes).toEqual([1, 3]);
});

test('a sync that is still running has started and not ended', async () => {
  const events: TraceEvent[] = [];
  let finish = () => {};
  const slow = new SimulatedDisk({
    syncLatency: () =>
      new Promise((resolve) => {
        finish = resolve;
      }),
  });
  const disk = new TracedDisk(slow, tracerTo(keep(events)));
  const file = await disk.open('a', 'create');
  const syncing = file.sync();
  expect(events.at(-1)).toEqual({ type: 'disk.sync-started', file: 'a' });
  finish();
  await syncing;
  expect(events.at(-1)).toEqual({ type: 'disk.sync', file: 'a' });
});

test('a failed call is reported and fails all the same', async () => {
  const events: TraceEvent[] = [];
  const failing = new SimulatedDisk({
    faults: ({ operation }) =>
      operation === 'write' || operation === 'sync'
        ? { kind: 'fail', reason: 'EIO' }
        : undefined,
  });
  const disk = new TracedDisk(failing, tracerTo(keep(events)));
  const file = await disk.open('a', 'create');
  expect(() => file.write(Uint8Array.of(1), 0)).toThrow(DiskError);
  await expect(file.sync()).rejects.toThrow(DiskError);
  const failed = { type: 'disk.failed', file: 'a', reason: 'EIO' };
  expect(events.slice(1)).toEqual([
    { ...failed, operation: 'write' },
    { type: 'disk.sync-started', file: 'a' },
    { ...failed, operation: 'sync' },
  ]);
});

test('a short write is reported with what was written', async () => {
  const events: TraceEvent[] = [];
  const short = new SimulatedDisk({
    faults: ({ operation }) =>
      operation === 'write' ? { kind: 'short-write', sizeBytes: 2 } : undefined,
  });
  const disk = new TracedDisk(short, tracerTo(keep(events)));
  const file = await disk.open('a', 'create');
  expect(file.write(Uint8Array.of(1, 2, 3), 0)).toBe(2);
  expect(events.at(-1)).toMatchObject({ type: 'disk.write', sizeBytes: 2 });
});

test('nobody is told anything by a silent tracer', async () => {
  let eventCount = 0;
  const silent = { ...silentTracer, emit: () => eventCount++ };
  const disk = new TracedDisk(new MemoryDisk(), silent);
  const file = await disk.open('a', 'create');
  file.write(Uint8Array.of(1), 0);
  file.read(new Uint8Array(1), 0);
  file.truncate(0);
  await file.sync();
  disk.rename('a', 'b');
  await disk.syncDirectory();
  file.close();
  disk.remove('b');
  expect(() => disk.remove('b')).toThrow(DiskError);
  expect(eventCount).toBe(0);
});

function keep(events: TraceEvent[]): (event: TraceEvent) => void {
  return (event) => {
    events.push(event);
  };
}
