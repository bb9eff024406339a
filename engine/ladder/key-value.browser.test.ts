import { afterAll, describe, expect, test } from 'vitest';
import { storeCases } from './key-value-suite.ts';
import type { RungRequest } from './rung-worker-suite.ts';
import { RUNGS } from './wrong-switches.ts';

// OPFS files can be read synchronously in a dedicated worker only, so the
// cases run there, and each reports to its test here.
const worker = new Worker(new URL('./rung-worker-suite.ts', import.meta.url), {
  type: 'module',
});

afterAll(() => worker.terminate());

/** '' when the worker did what was asked, else how it failed. */
function ask(request: RungRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(String(data));
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(request);
  });
}

const DISKS = ['memory', 'opfs', 'power-cuts'] as const;

describe.each(RUNGS)('in a browser, %s keeps the contract', (rung) => {
  describe.each(DISKS)('over %s', (disk) => {
    test.each(storeCases)('$name', async ({ name }) => {
      expect(await ask({ rung, disk, caseName: name })).toBe('');
    });
  });
});
