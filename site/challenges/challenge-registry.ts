/**
 * From a challenge's id to its definition, loaded when it is asked for.
 *
 * Why: the worker of a page checks one challenge; it should not carry the
 * other posts' checkers.
 */
import {
  type ChallengeId,
  type OpenChallenge,
  openChallenge,
} from './challenge.ts';

type Loader = () => Promise<OpenChallenge>;

const LOADERS: Readonly<Record<ChallengeId, Loader>> = {
  '00-lose-exactly-one': async () =>
    openChallenge((await import('./lose-exactly-one.ts')).loseExactlyOne),
  '01-order-four-calls': async () =>
    openChallenge((await import('./order-four-calls.ts')).orderFourCalls),
  '02-one-bit': async () =>
    openChallenge((await import('./one-bit.ts')).oneBit),
  '03-five-hundred': async () =>
    openChallenge((await import('./five-hundred.ts')).fiveHundred),
  '04-cat-is-back': async () =>
    openChallenge((await import('./cat-is-back.ts')).catIsBack),
};

export const CHALLENGE_IDS: readonly string[] = Object.keys(LOADERS);

/** Throws RangeError for an id that does not exist. */
export async function loadChallenge(id: string): Promise<OpenChallenge> {
  if (!isChallengeId(id)) {
    const ids = CHALLENGE_IDS.join(', ');
    throw new RangeError(`there is no challenge ${id}; there are ${ids}`);
  }
  return LOADERS[id]();
}

function isChallengeId(id: string): id is ChallengeId {
  return Object.hasOwn(LOADERS, id);
}
