import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LockedError } from '../base/errors.ts';
import { NodeDisk } from './node-disk.ts';
import {
  type Claim,
  lockDirectory,
  lockInSteps,
  unlockDirectory,
} from './node-lock.ts';
import {
  currentProcess,
  judgeProcess,
  type ProcessIdentity,
  statusFromPs,
} from './node-process-identity.ts';

const contenderPath = fileURLToPath(
  new URL('./node-lock-contender-suite.ts', import.meta.url),
);

// Where there is a file system in memory, a sync costs nothing.
const fastFolder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

let directory: string;
let children: ChildProcess[];

beforeEach(() => {
  directory = mkdtempSync(join(fastFolder, 'wrongodb-lock-'));
  children = [];
});

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

function startContender(...parts: string[]): ChildProcess {
  const child = spawn(process.execPath, [contenderPath, ...parts], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

async function firstLineOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the child has no output');
  const [chunk] = await once(child.stdout, 'data');
  return String(chunk).trim();
}

/** Somebody who ran here and does not any more. */
async function deadProcess(): Promise<ProcessIdentity> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  if (child.pid === undefined) throw new Error('node did not start');
  return { ...currentProcess(), pid: child.pid, startedAt: '1' };
}

function leaveClaim(file: string, id: string, holder: ProcessIdentity): void {
  writeFileSync(join(directory, file), JSON.stringify({ id, holder }));
}

function lockFiles(): string[] {
  return readdirSync(directory).filter((name) => name.startsWith('.lock'));
}

describe('a locked directory', () => {
  test('is refused to a second opening in the same process', async () => {
    const disk = await NodeDisk.open(directory);
    await expect(NodeDisk.open(directory)).rejects.toThrow(LockedError);
    await expect(NodeDisk.open(`${directory}/.`)).rejects.toThrow(
      `${directory} is open in process ${process.pid}`,
    );
    disk.close();
    (await NodeDisk.open(directory)).close();
    expect(lockFiles()).toEqual([]);
  });

  test('is refused to another process, which is told by whom', async () => {
    const disk = await NodeDisk.open(directory);
    expect(await firstLineOf(startContender('hold', directory))).toBe(
      `refused: ${directory} is open in process ${process.pid}`,
    );
    disk.close();
  });

  test('is free when the other process has closed it', async () => {
    const child = startContender('hold', directory);
    expect(await firstLineOf(child)).toBe('locked');
    await expect(NodeDisk.open(directory)).rejects.toThrow(
      `is open in process ${child.pid}`,
    );
    child.stdin?.end();
    await once(child, 'exit');
    (await NodeDisk.open(directory)).close();
  });

  test('is free when the other process was killed', async () => {
    const child = startContender('hold', directory);
    expect(await firstLineOf(child)).toBe('locked');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(lockFiles()).toEqual(['.lock']);
    const disk = await NodeDisk.open(directory);
    await expect(NodeDisk.open(directory)).rejects.toThrow(
      `is open in process ${process.pid}`,
    );
    disk.close();
    expect(lockFiles()).toEqual([]);
  });

  test('is never held by two of many processes that die with it', async () => {
    const log = join(directory, 'log');
    const contenders = [1, 2, 3, 4, 5].map(() =>
      startContender('contend', directory, log),
    );
    await Promise.all(contenders.map(firstLineOf));
    const ends = contenders.map((child) => once(child, 'exit'));
    writeFileSync(log, '');
    const results = await Promise.all(ends);
    expect(results.map(([, signal]) => signal)).toEqual(
      contenders.map(() => 'SIGKILL'),
    );
    const holds = readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' ').map(BigInt))
      .sort(([left = 0n], [right = 0n]) => (left < right ? -1 : 1));
    expect(holds).toHaveLength(contenders.length * 7);
    let freeFrom = 0n;
    for (const [start = 0n, end = 0n] of holds) {
      expect(start).toBeGreaterThan(freeFrom);
      freeFrom = end;
    }
    lockDirectory(directory)();
    expect(lockFiles()).toEqual([]);
  });
});

describe('what a dead process left', () => {
  test('is swept, whichever step it died at', async () => {
    const dead = await deadProcess();
    leaveClaim('.lock', 'a', dead);
    leaveClaim('.lock-after-a', 'b', dead);
    leaveClaim('.lock-after-b', 'c', dead);
    leaveClaim('.lock-after-gone', 'd', dead);
    leaveClaim('.lock-e', 'e', dead);
    const unlock = lockDirectory(directory);
    expect(lockFiles()).toEqual(['.lock']);
    unlock();
    expect(lockFiles()).toEqual([]);
  });

  test('is left alone while a living process follows it', async () => {
    leaveClaim('.lock', 'a', await deadProcess());
    leaveClaim('.lock-after-a', 'b', currentProcess());
    expect(() => lockDirectory(directory)).toThrow(
      `is open in process ${process.pid}`,
    );
    expect(lockFiles()).toEqual(['.lock', '.lock-after-a']);
  });

  test('does not count when nothing leads to it', async () => {
    leaveClaim('.lock-after-a', 'b', currentProcess());
    lockDirectory(directory)();
    expect(lockFiles()).toEqual([]);
  });
});

const self = currentProcess();
let claimCount = 0;

/** A process in the test's imagination: it moves one step at a time. */
class Contender {
  isAlive = true;
  /** The claim with which it believes to have the lock. */
  held: Claim | undefined;
  readonly #pid: number;
  #claim: Claim | undefined;
  #steps: Generator<void, void> | undefined;

  constructor(pid: number) {
    this.#pid = pid;
  }

  /** Goes on by one step; begins again after it was refused. */
  step(all: readonly Contender[]): void {
    if (!this.isAlive || this.held !== undefined) return;
    if (this.#claim === undefined || this.#steps === undefined) {
      const holder = { ...self, pid: this.#pid, startedAt: '' };
      this.#claim = { id: `claim-${claimCount++}`, holder };
      this.#steps = lockInSteps(directory, this.#claim, ({ pid }) => {
        const other = all.find((each) => each.#pid === pid);
        return other?.isAlive ? 'alive' : 'dead';
      });
    }
    try {
      if (!this.#steps.next().done) return;
      this.held = this.#claim;
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
    }
    this.#steps = undefined;
  }

  release(): void {
    if (this.held !== undefined) unlockDirectory(directory, this.held);
    this.held = undefined;
  }

  /** Unlike return(), this runs no `finally`: a killed process runs none. */
  kill(): void {
    this.isAlive = false;
    this.held = undefined;
  }
}

test('whoever moves when, and dies where, two never have it', async () => {
  const turn = fc.record({
    who: fc.nat(3),
    // Long turns let one process overtake another that is deep in thought.
    stepCount: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant(30)),
    end: fc.constantFrom('pause', 'pause', 'release', 'die'),
  });
  const dead = await deadProcess();
  const schedules = fc.array(turn, { minLength: 2, maxLength: 14 });
  const property = fc.property(schedules, fc.boolean(), (schedule, isStale) => {
    for (const name of lockFiles()) rmSync(join(directory, name));
    if (isStale) leaveClaim('.lock', `claim-${claimCount++}`, dead);
    const contenders = [1, 2, 3, 4].map((pid) => new Contender(pid));
    for (const { who, stepCount, end } of schedule) {
      const contender = contenders[who];
      for (let step = 0; step < stepCount; step++) {
        contender?.step(contenders);
        const holders = contenders.filter(({ held }) => held !== undefined);
        expect(holders.length).toBeLessThanOrEqual(1);
      }
      if (end === 'release') contender?.release();
      if (end === 'die') contender?.kill();
    }
    // Nobody is locked out: once all are dead, the next one gets in.
    for (const contender of contenders) contender.kill();
    const last = new Contender(5);
    for (let step = 0; step < 100; step++) last.step([...contenders, last]);
    expect(last.held).toBeDefined();
    expect(lockFiles()).toEqual(['.lock']);
  });
  fc.assert(property, { numRuns: 1000 });
});

test('a file that is no lock of ours is never taken over', () => {
  for (const text of ['', 'x', '{}', '{"id":"a","holder":{"pid":0}}']) {
    writeFileSync(join(directory, '.lock'), text);
    expect(() => lockDirectory(directory)).toThrow(LockedError);
    expect(() => lockDirectory(directory)).toThrow('is not a lock of ours');
  }
});

test('giving back a lock that is another ones by now leaves it', async () => {
  const unlock = lockDirectory(directory);
  leaveClaim('.lock', 'other', currentProcess());
  unlock();
  expect(lockFiles()).toEqual(['.lock']);
});

describe('a process', () => {
  test('that runs is alive', () => {
    expect(judgeProcess(self)).toBe('alive');
    expect(judgeProcess({ ...self, pid: process.ppid, startedAt: '' })).toBe(
      'alive',
    );
  });

  test('that has ended is dead', async () => {
    expect(judgeProcess(await deadProcess())).toBe('dead');
  });

  test('that somebody else took the pid of is dead', () => {
    if (self.startedAt === '') return;
    expect(judgeProcess({ ...self, startedAt: 'earlier' })).toBe('dead');
  });

  test.skipIf(self.boot === '')('of an earlier boot is dead', () => {
    expect(judgeProcess({ ...self, boot: 'earlier' })).toBe('dead');
  });

  test('of another machine or container is not to be judged', () => {
    const stranger = { ...self, boot: 'other', host: 'other' };
    expect(judgeProcess(stranger)).toBe('unknown');
    expect(judgeProcess({ ...self, pidSpace: 'other' })).toBe('unknown');
    leaveClaim('.lock', 'a', { ...stranger, pid: 42 });
    expect(() => lockDirectory(directory)).toThrow(
      `${directory} is locked by process 42 on other`,
    );
  });

  test('that was killed and not yet buried is dead', async () => {
    if (process.platform === 'win32') return;
    // The shell turns into `sleep`, which never asks for its child's end.
    const script = 'sleep 0.1 & echo $!; exec sleep 9';
    const parent = spawn('sh', ['-c', script]);
    children.push(parent);
    const pid = Number(await firstLineOf(parent));
    await expect
      .poll(() => judgeProcess({ ...self, pid, startedAt: '' }))
      .toBe('dead');
    expect(() => process.kill(pid, 0)).not.toThrow();
  });

  test.skipIf(process.platform === 'win32')('is known to ps', () => {
    const status = statusFromPs(process.pid);
    expect(status?.isZombie).toBe(false);
    expect(status?.startedAt).toMatch(/\d\d:\d\d:\d\d \d{4}$/);
    expect(statusFromPs(process.pid)).toEqual(status);
  });
});
