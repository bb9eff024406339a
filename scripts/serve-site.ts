/**
 * A static server over the built site, on this machine only. `npm start`, the
 * end-to-end tests, the link check and the screenshots share it, so what a
 * test sees is what a reader sees.
 */
import { existsSync, readFileSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';

const host = '127.0.0.1';
const portsToTryCount = 100;

export interface ServeOptions {
  readonly folder: string;
  /** The port to try first; the next free one is taken. 0 lets the system choose. */
  readonly port: number;
}

export interface ServedSite {
  readonly url: string;
  readonly port: number;
  /** Stops listening, drops open connections, and resolves when done. */
  close(): Promise<void>;
}

/** Serves `folder`; throws when it holds no site or no port is free. */
export async function serveSite(options: ServeOptions): Promise<ServedSite> {
  const { folder } = options;
  if (!existsSync(join(folder, 'index.html'))) {
    throw new Error(`there is no built site in ${folder}`);
  }
  const serveFile = sirv(folder, {
    etag: true,
    onNoMatch: notFoundPage(folder),
    setHeaders: (response, pathname) => {
      // Hashed names never change their bytes; pages do with each build.
      if (pathname.startsWith('/_astro/')) {
        response.setHeader(
          'Cache-Control',
          'public, max-age=31536000, immutable',
        );
      }
    },
  });
  const server = createServer((request, response) => {
    serveFile(request, response);
  });
  const port = await listen(server, options.port);
  return {
    url: `http://${host}:${port}/`,
    port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

type Responder = (request: IncomingMessage, response: ServerResponse) => void;

function notFoundPage(folder: string): Responder {
  const path = join(folder, '404.html');
  const page = existsSync(path) ? readFileSync(path) : 'Not found';
  return (_request, response) => {
    response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(page);
  };
}

/** Listens on the first free port from `firstPort` on, and returns it. */
async function listen(server: Server, firstPort: number): Promise<number> {
  const lastPort = firstPort === 0 ? 0 : firstPort + portsToTryCount - 1;
  for (let port = firstPort; port <= lastPort; port++) {
    if (await tryToListen(server, port)) {
      const address = server.address();
      if (address === null || typeof address === 'string') break;
      return address.port;
    }
  }
  throw new Error(`no free port from ${firstPort} to ${lastPort}`);
}

function tryToListen(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      server.removeListener('listening', onListening);
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    const onListening = () => {
      server.removeListener('error', onError);
      resolve(true);
    };
    server.once('error', onError);
    server.once('listening', onListening);
    server.listen(port, host);
  });
}
