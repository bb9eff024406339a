/**
 * The page's end of the engine: promises, one lazy worker, errors with codes.
 *
 * The worker keeps nothing between calls, which makes three hard things easy.
 * A call is cancelled by ending the worker: a busy thread could not read a
 * message that asks it to stop. The other open calls are then asked again. A
 * worker that crashes or hangs is ended too, and its calls fail with a message
 * that a figure can show; the next call starts a new one.
 */
import type {
  EngineCall,
  EngineCalls,
  EngineProblem,
  EngineProgress,
  EngineRequest,
  EngineResponse,
} from './protocol.ts';

/** What a call may be given besides its input. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: EngineProgress) => void;
  /** Without progress for this long, the worker counts as hung. */
  readonly timeoutMs?: number;
}

/** What a call rejects with. Codes of ours: CANCELLED, TIMEOUT, CRASHED. */
export class EngineCallError extends Error {
  readonly code: string;

  constructor({ code, message }: EngineProblem) {
    super(message);
    this.name = 'EngineCallError';
    this.code = code;
  }
}

/** The part of a Worker that the client uses. */
export interface EngineThread {
  onmessage: ((event: MessageEvent<EngineResponse>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(request: EngineRequest): void;
  terminate(): void;
}

interface OpenCall {
  readonly request: EngineRequest;
  readonly receive: (response: EngineResponse) => void;
  readonly fail: (problem: EngineProblem) => void;
}

const TIMEOUT_MS = 20_000;

/** Calls to an engine in a thread of its own, started by the first call. */
export class EngineClient {
  readonly #start: () => EngineThread;
  readonly #open = new Map<number, OpenCall>();
  #thread: EngineThread | undefined;
  #lastId = 0;

  constructor(start: () => EngineThread) {
    this.#start = start;
  }

  /** Asks the engine. Rejects with EngineCallError, never anything else. */
  call<Call extends EngineCall>(
    call: Call,
    input: EngineCalls[Call]['input'],
    options: CallOptions = {},
  ): Promise<EngineCalls[Call]['output']> {
    const { signal, onProgress, timeoutMs = TIMEOUT_MS } = options;
    const request = requestOf(++this.#lastId, call, input);
    return new Promise((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const close = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        this.#open.delete(request.id);
      };
      const fail = (problem: EngineProblem) => {
        close();
        reject(new EngineCallError(problem));
      };
      const cancel = () => {
        fail({ code: 'CANCELLED', message: 'cancelled' });
        this.#restart();
      };
      const watch = () => {
        clearTimeout(timer);
        timer = setTimeout(() => this.#stop(timedOut(timeoutMs)), timeoutMs);
      };
      const receive = (response: EngineResponse) => {
        if (response.outcome === 'failed') return fail(response.problem);
        if (response.outcome === 'progress') {
          watch();
          onProgress?.(response.progress);
          return;
        }
        close();
        if (isAnswerTo(call, response)) resolve(response.output);
        else reject(new EngineCallError(mixedUp(call, response.call)));
      };
      if (signal?.aborted) {
        return fail({ code: 'CANCELLED', message: 'cancelled' });
      }
      signal?.addEventListener('abort', cancel, { once: true });
      this.#open.set(request.id, { request, receive, fail });
      watch();
      this.#post(request);
    });
  }

  /** Ends the worker; open calls fail, later ones start a new worker. */
  close(): void {
    this.#stop({ code: 'CANCELLED', message: 'the engine was closed' });
  }

  #post(request: EngineRequest): void {
    try {
      this.#thread ??= this.#startThread();
      this.#thread.postMessage(request);
    } catch (error) {
      const message = `The engine cannot start: ${String(error)}`;
      this.#stop({ code: 'CRASHED', message });
    }
  }

  #startThread(): EngineThread {
    const thread = this.#start();
    thread.onmessage = ({ data }) => this.#open.get(data.id)?.receive(data);
    thread.onerror = (event) => {
      event.preventDefault();
      const reason = event.message || 'its script did not load';
      this.#stop({ code: 'CRASHED', message: `The engine stopped: ${reason}` });
    };
    return thread;
  }

  #endThread(): void {
    if (this.#thread === undefined) return;
    // What an ended worker had already posted is about calls that are closed
    // or asked again; ids of the latter would be answered twice.
    this.#thread.onmessage = null;
    this.#thread.onerror = null;
    this.#thread.terminate();
    this.#thread = undefined;
  }

  #restart(): void {
    this.#endThread();
    for (const { request } of [...this.#open.values()]) this.#post(request);
  }

  #stop(problem: EngineProblem): void {
    this.#endThread();
    for (const { fail } of [...this.#open.values()]) fail(problem);
  }
}

let shared: EngineClient | undefined;

/** The page's one engine. Nothing starts before the first call. */
export function engineClient(): EngineClient {
  shared ??= new EngineClient(
    () =>
      new Worker(new URL('./engine.worker.ts', import.meta.url), {
        type: 'module',
      }),
  );
  return shared;
}

function timedOut(timeoutMs: number): EngineProblem {
  const seconds = timeoutMs / 1000;
  const message = `The engine did not answer for ${seconds} seconds.`;
  return { code: 'TIMEOUT', message };
}

function mixedUp(asked: string, answered: string): EngineProblem {
  const message = `The engine was asked to ${asked} and answered ${answered}.`;
  return { code: 'BUG', message };
}

function isAnswerTo<Call extends EngineCall>(
  call: Call,
  response: Extract<EngineResponse, { outcome: 'done' }>,
): response is Extract<EngineResponse, { call: Call }> {
  return response.call === call;
}

// The overload ties call and input together, which a literal cannot show.
function requestOf<Call extends EngineCall>(
  id: number,
  call: Call,
  input: EngineCalls[Call]['input'],
): EngineRequest;
function requestOf(id: number, call: EngineCall, input: unknown): unknown {
  return { id, call, input };
}
