/**
 * The worker in which the OPFS cases run. A message asks for a case or for a
 * disk to be held open; the answer is how it failed, or '' when it did not.
 */
import { slicedCrc32 } from '../bytes/crc32.ts';
import { runOpfsCase } from './opfs-case-suite.ts';
import { OpfsDisk } from './opfs-disk.ts';

/** What a page may ask of the worker. */
export type OpfsRequest =
  | { readonly kind: 'run'; readonly caseName: string }
  | { readonly kind: 'hold'; readonly directoryName: string };

addEventListener('message', async ({ data }: MessageEvent<OpfsRequest>) => {
  try {
    if (data.kind === 'run') await runOpfsCase(data.caseName);
    else await OpfsDisk.open(data.directoryName, slicedCrc32);
    postMessage('');
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    postMessage(failure.stack ?? failure.message);
  }
});
