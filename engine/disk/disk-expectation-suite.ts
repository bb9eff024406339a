/**
 * The few assertions of the disk suite, without a test runner: it also runs in
 * a worker. Each throws an Error that says what was expected and found.
 */
import { DiskError, type ErrorCode, WrongoError } from '../base/errors.ts';
import type { Disk, DiskFile } from './disk.ts';
import { readWholeFile, writeFully } from './whole-file.ts';

export async function writeFile(
  disk: Disk,
  name: string,
  content: string,
): Promise<void> {
  const file = await disk.open(name, 'create');
  writeFully(file, text(content), 0);
  file.close();
}

export function text(characters: string): Uint8Array {
  return new TextEncoder().encode(characters);
}

/** Bytes that differ from their neighbours and from other pages. */
export function patternOf(sizeBytes: number): Uint8Array {
  return Uint8Array.from(
    { length: sizeBytes },
    (_, index) => (index * 31 + (index >> 8)) & 0xff,
  );
}

export function expectContent(file: DiskFile, expected: string): void {
  const content = new TextDecoder().decode(readWholeFile(file));
  expectSame(content, expected, `content of ${file.name}`);
}

export function expectBytes(actual: Uint8Array, expected: Uint8Array): void {
  expectSame(actual.length, expected.length, 'size');
  const wrong = actual.findIndex((byte, index) => byte !== expected[index]);
  expectSame(wrong, -1, 'first wrong byte');
}

export function expectSame(
  actual: unknown,
  expected: unknown,
  what: string,
): void {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (found === wanted) return;
  throw new Error(`${what}: expected ${wanted}, found ${found}`);
}

export async function expectFailure(
  call: () => unknown,
  expected: ErrorCode | DiskError['reason'],
): Promise<void> {
  const error = await failureOf(call);
  if (!(error instanceof WrongoError)) throw error;
  const found = error instanceof DiskError ? error.reason : error.code;
  expectSame(found, expected, error.message);
}

export async function expectBug(call: () => unknown): Promise<void> {
  const error = await failureOf(call);
  if (!(error instanceof Error)) throw error;
  expectSame(error.name, 'AssertionError', error.message);
}

export async function expectClosedFile(file: DiskFile): Promise<void> {
  const bytes = new Uint8Array(1);
  await expectFailure(() => file.read(bytes, 0), 'CLOSED');
  await expectFailure(() => file.write(bytes, 0), 'CLOSED');
  await expectFailure(() => file.truncate(0), 'CLOSED');
  await expectFailure(() => file.size(), 'CLOSED');
  await expectFailure(() => file.sync(), 'CLOSED');
}

async function failureOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error(`expected a failure of ${call}`);
}
