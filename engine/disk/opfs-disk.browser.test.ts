import { afterAll, expect, test } from 'vitest';
import { NotSupportedError } from '../base/errors.ts';
import { slicedCrc32 } from '../bytes/crc32.ts';
import { opfsCases } from './opfs-case-suite.ts';
import { OpfsDisk } from './opfs-disk.ts';
import type { OpfsRequest } from './opfs-worker-suite.ts';

// Sync access handles exist in a dedicated worker only, so the cases run
// there, and each reports to its test here.
const worker = startWorker();

afterAll(() => worker.terminate());

function startWorker(): Worker {
  return new Worker(new URL('./opfs-worker-suite.ts', import.meta.url), {
    type: 'module',
  });
}

/** '' when the worker did what was asked, else how it failed. */
function ask(target: Worker, request: OpfsRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const stop = new AbortController();
    const answer = (settle: () => void) => {
      stop.abort();
      settle();
    };
    const { signal } = stop;
    target.addEventListener(
      'message',
      ({ data }) => answer(() => resolve(String(data))),
      { signal },
    );
    target.addEventListener(
      'error',
      ({ message }) => answer(() => reject(new Error(message))),
      { signal },
    );
    target.postMessage(request);
  });
}

test.each(opfsCases)('the OPFS disk: $name', async ({ name }) => {
  expect(await ask(worker, { kind: 'run', caseName: name })).toBe('');
});

test('a disk that another worker holds is refused', async () => {
  const directoryName = `test-${crypto.randomUUID()}`;
  const other = startWorker();
  expect(await ask(other, { kind: 'hold', directoryName })).toBe('');
  expect(await ask(worker, { kind: 'hold', directoryName })).toContain(
    `${directoryName} is open in another tab`,
  );
  // A worker that is ended, like a tab that is closed, gives its files back.
  other.terminate();
  await expect
    .poll(() => ask(worker, { kind: 'hold', directoryName }), {
      timeout: 5000,
    })
    .toBe('');
});

test('a page, which has no such files, is told so', async () => {
  await expect(OpfsDisk.open('test', slicedCrc32)).rejects.toThrow(
    NotSupportedError,
  );
});
