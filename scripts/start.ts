/**
 * `npm start`: builds the site if it is stale, serves it on this machine, says
 * where and what to try first, and leaves quietly on Ctrl-C.
 *
 * package.json starts this with `exec`: npm sends a signal to the shell between
 * the two, and a shell that waits does not pass it on. Windows has no `exec`,
 * hence the second form there.
 */
import { buildSite, siteFolder } from './build-site.ts';
import { serveSite } from './serve-site.ts';

const port = 4321;

async function start(): Promise<void> {
  await buildSite();
  const site = await serveSite({ folder: siteFolder, port });
  if (site.port !== port) {
    console.log(`Port ${port} is taken, so this is on ${site.port}.`);
  }
  console.log(`
WrongoDB is at ${site.url}

Try this first: press Insert, then Pull the plug, then Recover, and count what
is left of what you were told is saved. The series starts right below.

Stop with Ctrl-C.`);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void site.close().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

await start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
