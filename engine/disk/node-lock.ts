/**
 * The lock of a directory: one process at a time, even after a kill -9.
 *
 * Why: two processes that both believe the log to be theirs append over each
 * other, and every checksum still matches. A lock file prevents that. But a
 * killed process leaves its lock file, and the obvious cure, "if the holder is
 * dead, delete the file and make a new one", is a race: two processes see the
 * same dead holder, the first deletes and locks, the second deletes the lock
 * of the first and locks as well. Both are in.
 *
 * .lock                 the claim of the holder: who it is, and a random id
 * .lock-after-ID        the claim of whoever may replace the claim ID
 * .lock-ID              a claim that is being made
 *
 * A claim gets a name by link(), which fails if the name is taken and shows
 * either no file or a whole one. To lock, follow the chain .lock,
 * .lock-after-A, .lock-after-B to its last claim. If there is none, link our
 * own as .lock. If its process is alive, give up. If it is dead, link our own
 * claim behind it, then follow the chain again: if it still ends with ours,
 * rename our claim to .lock.
 *
 * Invariants, which are also the race analysis:
 *   1. Ids are random, so a claim once gone from the chain never returns.
 *   2. Only one process can follow a given claim, and only after its process
 *      died. So the living process at the chain's end is one, and nobody but
 *      it changes .lock.
 *   3. Files .lock-* are swept only by the holder, after it became .lock. A
 *      slow process may then succeed in linking behind a swept claim; but
 *      .lock has changed before, so its second look does not find it there.
 *   4. A process that dies in the middle leaves a dead claim at the end of
 *      the chain, which the next one follows in the same way.
 * All this stands on judgeProcess() never calling a living process dead.
 *
 * Cost: one small synced file, a few calls; once an opening.
 * Real engines: LevelDB and WiredTiger keep an empty file locked by the
 * kernel (flock, fcntl), which is simpler and better where one can have it.
 * Needs hard links, which FAT and exFAT do not have.
 */
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { LockedError } from '../base/errors.ts';
import { errnoOf } from './node-disk-error.ts';
import {
  currentProcess,
  judgeProcess,
  type ProcessIdentity,
  type ProcessVerdict,
} from './node-process-identity.ts';

/** One process wanting, holding or having held the lock. */
export interface Claim {
  readonly id: string;
  readonly holder: ProcessIdentity;
}

const LOCK_NAME = '.lock';

/** Each lost round means that another process got on, so few are enough. */
const ROUND_COUNT_MAX = 100;

/**
 * Locks `directory` for this process and returns what gives it back.
 * Throws LockedError naming the directory and the holder's pid, and file
 * errors as they come.
 */
export function lockDirectory(directory: string): () => void {
  const claim = { id: randomUUID(), holder: currentProcess() };
  const steps = lockInSteps(directory, claim, judgeProcess);
  while (!steps.next().done);
  return () => unlockDirectory(directory, claim);
}

/** Whether the process of a claim still runs, as `self` sees it. */
export type ClaimJudge = (
  other: ProcessIdentity,
  self: ProcessIdentity,
) => ProcessVerdict;

/**
 * The same in steps: each `yield` is a moment at which another process may do
 * something, between two calls of the operating system. Here nobody waits at
 * them. The test does, and lets several processes take turns and die.
 */
export function* lockInSteps(
  directory: string,
  claim: Claim,
  judge: ClaimJudge,
): Generator<void, void> {
  for (let round = 0; round < ROUND_COUNT_MAX; round++) {
    const chain = yield* followChain(directory);
    if (chain.last !== undefined) {
      checkDead(directory, chain.last, claim, judge);
    }
    if (yield* tryToLock(directory, claim, chain)) {
      yield* sweep(directory);
      return;
    }
  }
  throw new LockedError(`${directory} is wanted by too many processes at once`);
}

/** Gives the lock back, if the claim still has it. */
export function unlockDirectory(directory: string, claim: Claim): void {
  const path = join(directory, LOCK_NAME);
  // Somebody may have deleted the file by hand, and a third have locked.
  if (readClaim(directory, path)?.id === claim.id) unlinkIfThere(path);
}

/** The last claim, and the path at which the next one has to be linked. */
interface Chain {
  readonly last: Claim | undefined;
  readonly nextPath: string;
}

function* tryToLock(
  directory: string,
  claim: Claim,
  chain: Chain,
): Generator<void, boolean> {
  // What is left of this when it fails, the next holder sweeps.
  const own = join(directory, `${LOCK_NAME}-${claim.id}`);
  writeClaim(own, claim);
  yield;
  if (!linkIfFree(own, chain.nextPath)) return false;
  yield;
  if (chain.last === undefined) return true;
  const again = yield* followChain(directory);
  if (again.last?.id !== claim.id) return false;
  renameSync(own, join(directory, LOCK_NAME));
  return true;
}

function* followChain(directory: string): Generator<void, Chain> {
  let nextPath = join(directory, LOCK_NAME);
  let last: Claim | undefined;
  for (;;) {
    const claim = readClaim(directory, nextPath);
    yield;
    if (claim === undefined) return { last, nextPath };
    last = claim;
    nextPath = join(directory, `${LOCK_NAME}-after-${claim.id}`);
  }
}

function checkDead(
  directory: string,
  last: Claim,
  own: Claim,
  judge: ClaimJudge,
): void {
  const verdict = judge(last.holder, own.holder);
  if (verdict === 'dead') return;
  const { pid, host } = last.holder;
  throw new LockedError(
    verdict === 'alive'
      ? `${directory} is open in process ${pid}`
      : `${directory} is locked by process ${pid} on ${host}, which cannot ` +
          `be seen from here; if it is gone, delete ${LOCK_NAME}* in there`,
  );
}

/** Synced before it is linked: after a power cut a claim is whole or gone. */
function writeClaim(path: string, claim: Claim): void {
  const descriptor = openSync(path, 'w');
  try {
    writeFileSync(descriptor, `${JSON.stringify(claim)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function readClaim(directory: string, path: string): Claim | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  const claim = parseClaim(text);
  if (claim !== undefined) return claim;
  throw new LockedError(
    `${directory} is locked by something else: ${path} is not a lock of ` +
      `ours; delete it if no process uses the directory`,
  );
}

function parseClaim(text: string): Claim | undefined {
  try {
    const claim: unknown = JSON.parse(text);
    return isClaim(claim) ? claim : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isClaim(value: unknown): value is Claim {
  if (!isRecord(value) || !isRecord(value.holder)) return false;
  const { host, boot, pidSpace, pid, startedAt } = value.holder;
  const texts = [value.id, host, boot, pidSpace, startedAt];
  return texts.every((text) => typeof text === 'string') && isPid(pid);
}

/** 0 and below are not processes: kill() takes them for whole groups. */
function isPid(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** False when the name is taken, or our file was swept in between. */
function linkIfFree(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'EEXIST' || errno === 'ENOENT') return false;
    throw error;
  }
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}

/** Removes what others left on their way; only the holder may. */
function* sweep(directory: string): Generator<void, void> {
  const names = readdirSync(directory);
  for (const name of names) {
    if (!name.startsWith(`${LOCK_NAME}-`)) continue;
    yield;
    unlinkIfThere(join(directory, name));
  }
}
