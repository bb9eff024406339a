import { describe, expect, test } from 'vitest';
import {
  EngineCallError,
  EngineClient,
  type EngineThread,
} from './engine-client.ts';
import { type EngineRequest, problemOf } from './protocol.ts';
import { recordStory } from './record-story.ts';

/** A thread in this very process; it runs the same engine. */
class NearThread implements EngineThread {
  onmessage: EngineThread['onmessage'] = null;
  onerror: EngineThread['onerror'] = null;
  isEnded = false;
  readonly requests: EngineRequest[] = [];

  postMessage(request: EngineRequest): void {
    this.requests.push(request);
    void this.#answer(request);
  }

  terminate(): void {
    this.isEnded = true;
  }

  async #answer(request: EngineRequest): Promise<void> {
    const { id } = request;
    if (request.call === 'crash-grid') return; // Never: it hangs.
    if (request.call !== 'run-story') return this.#crash();
    try {
      const output = await recordStory(request.input.commands);
      const call = request.call;
      this.#post({ id, outcome: 'done', call, output });
    } catch (error) {
      this.#post({ id, outcome: 'failed', problem: problemOf(error) });
    }
  }

  #post(
    response: Parameters<NonNullable<EngineThread['onmessage']>>[0]['data'],
  ) {
    this.onmessage?.(new MessageEvent('message', { data: response }));
  }

  #crash(): void {
    const event = Object.assign(new Event('error'), { message: 'out of luck' });
    this.onerror?.(event as ErrorEvent);
  }
}

function clientWithThreads() {
  const threads: NearThread[] = [];
  const client = new EngineClient(() => {
    const thread = new NearThread();
    threads.push(thread);
    return thread;
  });
  return { client, threads };
}

const STORY = { commands: ['open append-log', 'put cat Mina', 'scan'] };

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof EngineCallError) return error.code;
  throw new Error(`not an engine's error: ${String(error)}`);
}

describe('the engine client', () => {
  test('starts no thread before the first call, and one for all', async () => {
    const { client, threads } = clientWithThreads();
    expect(threads).toHaveLength(0);
    const [one, two] = await Promise.all([
      client.call('run-story', STORY),
      client.call('run-story', { commands: ['open json-file'] }),
    ]);
    expect(one.answers.at(-1)).toEqual(['cat = Mina']);
    expect(two.answers).toEqual([['opened empty']]);
    expect(threads).toHaveLength(1);
  });

  test('gives the engine’s errors their codes', async () => {
    const { client, threads } = clientWithThreads();
    const call = client.call('run-story', { commands: ['fly'] });
    expect(await codeOf(call)).toBe('INVALID_INPUT');
    // An error that was answered is no reason for a new thread.
    await client.call('run-story', STORY);
    expect(threads).toHaveLength(1);
  });

  test('starts a new thread after a crash', async () => {
    const { client, threads } = clientWithThreads();
    const crash = client.call('check-challenge', {
      challengeId: 'any',
      answer: 1,
    });
    expect(await codeOf(crash)).toBe('CRASHED');
    expect(threads[0]?.isEnded).toBe(true);
    await client.call('run-story', STORY);
    expect(threads).toHaveLength(2);
  });

  test('ends a thread that does not answer', async () => {
    const { client, threads } = clientWithThreads();
    const hung = client.call('crash-grid', STORY, { timeoutMs: 20 });
    expect(await codeOf(hung)).toBe('TIMEOUT');
    expect(threads[0]?.isEnded).toBe(true);
  });

  test('cancels by ending the thread, and asks again for the others', async () => {
    const { client, threads } = clientWithThreads();
    const abort = new AbortController();
    const { signal } = abort;
    const long = client.call('crash-grid', STORY, { signal });
    const other = client.call('run-story', STORY);
    abort.abort();
    expect(await codeOf(long)).toBe('CANCELLED');
    expect((await other).answers.at(-1)).toEqual(['cat = Mina']);
    expect(threads.map(({ isEnded }) => isEnded)).toEqual([true, false]);
    expect(threads[1]?.requests.map(({ call }) => call)).toEqual(['run-story']);
  });

  test('does not begin what is cancelled already', async () => {
    const { client, threads } = clientWithThreads();
    const call = client.call('run-story', STORY, {
      signal: AbortSignal.abort(),
    });
    expect(await codeOf(call)).toBe('CANCELLED');
    expect(threads).toHaveLength(0);
  });

  test('says why when no thread can be started', async () => {
    const client = new EngineClient(() => {
      throw new Error('workers are switched off');
    });
    await expect(client.call('run-story', STORY)).rejects.toThrow(
      /workers are switched off/,
    );
  });
});
