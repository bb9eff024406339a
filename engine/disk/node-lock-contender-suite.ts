/**
 * A process that wants a directory's lock; the tests of the lock start it.
 *
 *   node node-lock-contender-suite.ts hold DIRECTORY
 *     Opens the directory, prints `locked` or `refused: MESSAGE`, and holds
 *     the lock until its input ends or it is killed.
 *   node node-lock-contender-suite.ts contend DIRECTORY LOG
 *     Takes the lock again and again, writes to LOG when it had it, and ends
 *     by killing itself while it holds the lock.
 */
import { appendFileSync, existsSync } from 'node:fs';
import { LockedError } from '../base/errors.ts';
import { NodeDisk } from './node-disk.ts';
import { lockDirectory } from './node-lock.ts';

const RELEASE_COUNT = 6;
const HOLD_MS = 2;

const [mode, directory, log] = process.argv.slice(2);
if (directory === undefined) throw new Error('which directory?');
if (mode === 'hold') await hold(directory);
else if (log !== undefined) contend(directory, log);

async function hold(path: string): Promise<void> {
  try {
    const disk = await NodeDisk.open(path);
    console.log('locked');
    for await (const _ of process.stdin);
    disk.close();
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    console.log(`refused: ${error.message}`);
  }
}

function contend(path: string, logPath: string): void {
  console.log('ready');
  // All contenders start at once, when the log is there.
  while (!existsSync(logPath));
  for (let round = 0; round <= RELEASE_COUNT; round++) {
    const unlock = lockAtLast(path);
    const startedAt = process.hrtime.bigint();
    busyWait(HOLD_MS);
    const endedAt = process.hrtime.bigint();
    appendFileSync(logPath, `${startedAt} ${endedAt} ${process.pid}\n`);
    if (round === RELEASE_COUNT) process.kill(process.pid, 'SIGKILL');
    unlock();
  }
}

function lockAtLast(path: string): () => void {
  for (;;) {
    try {
      return lockDirectory(path);
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
    }
  }
}

function busyWait(durationMs: number): void {
  const end = performance.now() + durationMs;
  while (performance.now() < end);
}
