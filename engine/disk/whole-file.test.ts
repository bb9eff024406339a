import { expect, test } from 'vitest';
import { DiskError } from '../base/errors.ts';
import type { FaultPlan } from './fault-plan.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { readWholeFile, writeFully } from './whole-file.ts';

const bytes = Uint8Array.from({ length: 10 }, (_, index) => index + 1);

async function openFile(faults: FaultPlan) {
  return new SimulatedDisk({ faults }).open('a', 'create');
}

test('short writes are gone on with until all is written', async () => {
  let writeCount = 0;
  const file = await openFile(({ operation }) => {
    if (operation !== 'write') return undefined;
    writeCount++;
    return { kind: 'short-write', sizeBytes: 3 };
  });
  writeFully(file, bytes, 5);
  expect(writeCount).toBe(4);
  expect(readWholeFile(file)).toEqual(
    Uint8Array.from([0, 0, 0, 0, 0, ...bytes]),
  );
});

test('a disk that takes nothing is full', async () => {
  let writeCount = 0;
  const file = await openFile(({ operation }) => {
    if (operation !== 'write') return undefined;
    return { kind: 'short-write', sizeBytes: writeCount++ === 0 ? 4 : 0 };
  });
  let failure: unknown;
  try {
    writeFully(file, bytes, 0);
  } catch (error) {
    failure = error;
  }
  if (!(failure instanceof DiskError)) throw failure;
  expect(failure.reason).toBe('ENOSPC');
  expect(failure.message).toContain('a took 4 of 10 bytes');
  expect(file.size()).toBe(4);
});

test('writing nothing asks the disk for nothing', async () => {
  const file = await openFile(({ operation }) =>
    operation === 'write' ? { kind: 'fail', reason: 'EIO' } : undefined,
  );
  writeFully(file, new Uint8Array(0), 7);
  expect(file.size()).toBe(0);
});

test('an empty file reads as no bytes', async () => {
  const file = await openFile(() => undefined);
  expect(readWholeFile(file)).toEqual(new Uint8Array(0));
});
