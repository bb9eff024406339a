/**
 * The engine's own thread: one a page, started when the first figure needs
 * it. It holds no state between calls, so a restart loses nothing.
 */
import { crashGrid, raceCommits } from '#engine/playground.ts';
import {
  type EngineCall,
  type EngineCalls,
  type EngineRequest,
  type EngineResponse,
  problemOf,
} from './protocol.ts';
import { recordStory } from './record-story.ts';

addEventListener('message', (event: MessageEvent<EngineRequest>) => {
  const request = event.data;
  answer(request).then(post, (error: unknown) => {
    post({ id: request.id, outcome: 'failed', problem: problemOf(error) });
  });
});

function post(response: EngineResponse): void {
  postMessage(response);
}

async function answer(request: EngineRequest): Promise<EngineResponse> {
  const { id } = request;
  const outcome = 'done';
  switch (request.call) {
    case 'run-story': {
      const output = await recordStory(request.input.commands);
      return { id, outcome, call: request.call, output };
    }
    case 'crash-grid': {
      const output = await gridWithProgress(id, request.input);
      return { id, outcome, call: request.call, output };
    }
    case 'race-commits': {
      const output = await raceCommits(request.input.config);
      return { id, outcome, call: request.call, output };
    }
    case 'check-challenge': {
      const output = await checkChallenge(request.input);
      return { id, outcome, call: request.call, output };
    }
  }
}

type Input<Call extends EngineCall> = EngineCalls[Call]['input'];
type Output<Call extends EngineCall> = Promise<EngineCalls[Call]['output']>;

function gridWithProgress(
  id: number,
  { commands }: Input<'crash-grid'>,
): Output<'crash-grid'> {
  return crashGrid(commands, {
    onProgress: (done, total) => {
      post({ id, outcome: 'progress', progress: { done, total } });
      return true;
    },
  });
}

/** The checkers come with a chunk of their own: few pages need one. */
async function checkChallenge({
  challengeId,
  answer,
}: Input<'check-challenge'>): Output<'check-challenge'> {
  const { loadChallenge } = await import('../challenges/challenge-registry.ts');
  const challenge = await loadChallenge(challengeId);
  return challenge.check(answer);
}
