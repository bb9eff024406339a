/**
 * Process identity: is the process that left this behind still running?
 *
 * Why: a process that was killed cannot clean up, so its lock file stays. The
 * pid in it is not enough to tell: pids are used again, soon after a reboot
 * and in each container from 1 on. Taking a stranger for the holder locks
 * people out of their own database; taking the holder for dead lets two
 * processes write into one file, which is worse. So a process is named by
 * where it runs and when it began, and the answer may be "nobody can know".
 *
 * FIELD      FROM                                    WHERE IT IS KNOWN
 * boot       /proc/sys/kernel/random/boot_id         Linux
 * pidSpace   /proc/self/ns/pid                       Linux
 * startedAt  /proc/PID/stat, field 22; else ps       Linux, macOS, BSD
 * host, pid  os.hostname(), process.pid              everywhere
 * An unknown field is ''. On Windows a pid that was given to another process
 * counts as the holder: its lock file then has to be deleted by hand.
 *
 * Invariant: 'dead' is only said of a process that will never run again.
 * Cost: reading three small files; on macOS and BSD, running ps once or twice.
 * Real engines: PostgreSQL's postmaster.pid names its shared memory segment
 * to recognise a reused pid; LevelDB, WiredTiger and SQLite ask the kernel
 * for a file lock, which dies with its process. Node offers no such lock.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { errnoOf } from './node-disk-error.ts';

/** Names one run of one process. */
export interface ProcessIdentity {
  readonly host: string;
  readonly boot: string;
  readonly pidSpace: string;
  readonly pid: number;
  readonly startedAt: string;
}

/** 'unknown': it ran where this process cannot look. */
export type ProcessVerdict = 'alive' | 'dead' | 'unknown';

/** This process. */
export function currentProcess(): ProcessIdentity {
  return {
    host: hostname(),
    boot: textOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
    pidSpace: textOf(() => readlinkSync('/proc/self/ns/pid')),
    pid: process.pid,
    startedAt: processStatus(process.pid)?.startedAt ?? '',
  };
}

/** Whether the process still runs, as far as `self` can see. */
export function judgeProcess(
  other: ProcessIdentity,
  self: ProcessIdentity = currentProcess(),
): ProcessVerdict {
  const bootsKnown = other.boot !== '' && self.boot !== '';
  if (!bootsKnown || other.boot !== self.boot) {
    // Another machine may share these files over a network.
    if (other.host !== self.host) return 'unknown';
    if (bootsKnown) return 'dead';
  }
  if (other.pidSpace !== self.pidSpace) return 'unknown';
  return isRunning(other) ? 'alive' : 'dead';
}

function isRunning(other: ProcessIdentity): boolean {
  try {
    // Signal 0 is never delivered: it asks whether one could be.
    process.kill(other.pid, 0);
  } catch (error) {
    // EPERM: it runs and belongs to somebody else.
    if (errnoOf(error) === 'ESRCH') return false;
  }
  const status = processStatus(other.pid);
  if (status === undefined) return true;
  // A killed process keeps its pid until its parent has asked for its end.
  if (status.isZombie) return false;
  return other.startedAt === '' || status.startedAt === other.startedAt;
}

interface ProcessStatus {
  readonly isZombie: boolean;
  readonly startedAt: string;
}

/** undefined: nothing can be found out, which is not the same as dead. */
function processStatus(pid: number): ProcessStatus | undefined {
  if (process.platform === 'win32') return undefined;
  return process.platform === 'linux' ? statusFromProc(pid) : statusFromPs(pid);
}

function statusFromProc(pid: number): ProcessStatus | undefined {
  const stat = textOf(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // PID (NAME) STATE PPID ...: a name may hold anything, ')' included.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  const startedAt = fields[19];
  if (state === undefined || startedAt === undefined) return undefined;
  return { isZombie: 'ZX'.includes(state), startedAt };
}

/** Exported for its test: it is chosen where there is no /proc. */
export function statusFromPs(pid: number): ProcessStatus | undefined {
  const format = ['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)];
  const environment = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
  const { stdout } = spawnSync('ps', format, {
    encoding: 'utf8',
    env: environment,
  });
  const [, state, startedAt] = /^\s*(\S+)\s+(.*\S)/.exec(stdout ?? '') ?? [];
  if (state === undefined || startedAt === undefined) return undefined;
  return { isZombie: state.startsWith('Z'), startedAt };
}

/** What `read` returns, or '' when this platform has no such file. */
function textOf(read: () => string): string {
  try {
    return read().trim();
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return '';
  }
}
