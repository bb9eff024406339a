import { expect, test } from 'vitest';
import { ClosedError } from '../base/errors.ts';
import { GroupSync } from './group-sync.ts';

/** A sync that ends when it is told to, and remembers what it covered. */
class SlowSync {
  readonly group = new GroupSync(() => this.#begin());
  /** Records written so far; a sync covers those written before it began. */
  writtenCount = 0;
  durableCount = 0;
  startedCount = 0;
  runningCount = 0;
  #end: ((error?: Error) => void) | undefined;

  /** Lets the running sync end, and everyone who waits for it go on. */
  async finish(error?: Error): Promise<void> {
    const end = this.#end;
    if (end === undefined) throw new Error('no sync runs');
    this.#end = undefined;
    end(error);
    await settled();
  }

  #begin(): Promise<void> {
    this.startedCount++;
    this.runningCount++;
    const covered = this.writtenCount;
    return new Promise((resolve, reject) => {
      this.#end = (error) => {
        this.runningCount--;
        if (error !== undefined) return reject(error);
        this.durableCount = covered;
        resolve();
      };
    });
  }
}

/** Lets every promise that can move do so. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

test('an idle sync begins at once', () => {
  const sync = new SlowSync();
  sync.group.sync();
  expect(sync.startedCount).toBe(1);
});

test('everyone who comes during a sync shares the next one', async () => {
  const sync = new SlowSync();
  const first = sync.group.sync();
  const others = [1, 2, 3, 4].map(() => sync.group.sync());
  await settled();
  expect(sync.startedCount).toBe(1);
  await sync.finish();
  await first;
  expect(sync.startedCount).toBe(2);
  await sync.finish();
  await Promise.all(others);
  expect(sync.startedCount).toBe(2);
});

test('a call resolves only after a sync that began after it', async () => {
  const sync = new SlowSync();
  const durableAtEnd: number[] = [];
  const writeAndSync = () => {
    sync.writtenCount++;
    const needed = sync.writtenCount;
    return sync.group.sync().then(() => {
      expect(sync.durableCount).toBeGreaterThanOrEqual(needed);
      durableAtEnd.push(needed);
    });
  };
  const calls = [writeAndSync(), writeAndSync(), writeAndSync()];
  await sync.finish();
  expect(durableAtEnd).toEqual([1]);
  // The second sync runs by now; this one came too late for it.
  calls.push(writeAndSync());
  await sync.finish();
  expect(durableAtEnd).toEqual([1, 2, 3]);
  await sync.finish();
  await Promise.all(calls);
  expect(durableAtEnd).toEqual([1, 2, 3, 4]);
});

test('a call between two syncs joins the one that waits', async () => {
  const sync = new SlowSync();
  let runningMax = 0;
  const callAgain = async () => {
    await sync.group.sync();
    // Runs at the very moment at which the first sync has ended.
    const again = sync.group.sync();
    runningMax = Math.max(runningMax, sync.runningCount);
    await again;
  };
  const calls = [callAgain(), sync.group.sync()];
  await sync.finish();
  runningMax = Math.max(runningMax, sync.runningCount);
  while (sync.runningCount > 0) await sync.finish();
  await Promise.all(calls);
  expect(runningMax).toBe(1);
  expect(sync.startedCount).toBeLessThanOrEqual(3);
});

test('when all is quiet again, a call begins a sync of its own', async () => {
  const sync = new SlowSync();
  const first = sync.group.sync();
  await sync.finish();
  await first;
  const second = sync.group.sync();
  expect(sync.startedCount).toBe(2);
  await sync.finish();
  await second;
});

test('a failure poisons those who wait and all who come later', async () => {
  const sync = new SlowSync();
  const failure = new Error('the disk said EIO');
  expect(sync.group.failure).toBeUndefined();
  const results = Promise.allSettled([sync.group.sync(), sync.group.sync()]);
  await sync.finish(failure);
  const [first, second] = await results;
  expect(first).toEqual({ status: 'rejected', reason: failure });
  expect(second).toMatchObject({
    status: 'rejected',
    reason: { name: 'ClosedError', cause: failure },
  });
  expect(sync.group.failure).toBe(failure);
  await expect(sync.group.sync()).rejects.toThrow(ClosedError);
  await expect(sync.group.sync()).rejects.toThrow('an earlier sync failed');
  // The disk was not asked again: a sync that succeeds now proves nothing.
  expect(sync.startedCount).toBe(1);
});

test('a sync that throws instead of rejecting poisons as well', async () => {
  const group = new GroupSync(() => {
    throw new Error('no promise at all');
  });
  await expect(group.sync()).rejects.toThrow('no promise at all');
  await expect(group.sync()).rejects.toThrow(ClosedError);
});
