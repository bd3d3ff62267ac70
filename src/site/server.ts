import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';
import { checkHost } from '../kernel/jupyter/web/access.js';
import type { Environment } from '../kernel/jupyter/web/environment.js';
import { answerRefusal } from '../kernel/jupyter/web/json.js';
import {
  addressOf,
  KernelServer,
  type KernelsOptions,
} from '../kernel/jupyter/web/kernel-server.js';
import { livePage } from './live-pages.js';
import { securityPolicy } from './security-policy.js';

/** What a page cannot say itself. */
const headers: Readonly<Record<string, string>> = {
  // No page of another site may show ours inside.
  'Content-Security-Policy': `${securityPolicy}; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  // The address carries the token at first.
  'Referrer-Policy': 'same-origin',
  // Isolated from pages of other sites, ours may share memory among threads.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** A browser remembers a learner's progress by address: so the port is the same every time. */
const usualPort = 4299;

export interface ServeOptions extends KernelsOptions {
  /** The site's. */
  readonly folder: string;
  /** 0 takes the usual one, or any free one if another program has that. */
  readonly port: number;
}

/** The course, served. */
export interface CourseServer {
  /** With the token, that lets pages start kernels: `http://127.0.0.1:41234/?token=…`. */
  readonly address: string;
  /**
   * Keeps what a kernel with such environment variables needs ready from now on; resolves when it
   * is.
   */
  readonly prepare: (env?: Environment) => Promise<void>;
  /** Ends all kernels, and the server. */
  readonly close: () => void;
}

/**
 * Serves a site on this machine only, with kernels for its cells.
 *
 * @throws Error if the port is taken or not to be had.
 */
export async function serve({ folder, port, ...options }: ServeOptions): Promise<CourseServer> {
  const kernels = new KernelServer(options);
  const server = createServer(answerWith(folder, kernels));
  server.on('upgrade', (request, socket, head) => {
    kernels.upgrade(request, socket, head);
  });
  await listenNear(server, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${taken}/?token=${kernels.token}`,
    prepare: (env) => kernels.prepare(env),
    close() {
      kernels.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

function answerWith(folder: string, kernels: KernelServer) {
  const files = sirv(folder, { dev: true, etag: true, extensions: [] });
  return (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    try {
      checkHost(request);
      const { pathname } = addressOf(request);
      if (kernels.owns(pathname)) {
        void kernels.handle(request, response);
        return;
      }
      const page = livePage(folder, pathname);
      if (page !== undefined) sendText(response, 200, 'text/html', page);
      else
        files(request, response, () => {
          sendText(response, 404, 'text/plain', 'There is no such page. Start at /.\n');
        });
    } catch (error) {
      answerRefusal(response, error);
    }
  };
}

function sendText(response: ServerResponse, status: number, type: string, text: string): void {
  const head = { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-cache' };
  response.writeHead(status, head).end(text);
}

async function listenNear(server: Server, port: number): Promise<void> {
  try {
    await listen(server, port === 0 ? usualPort : port);
  } catch (error) {
    const problem = reason(error as NodeJS.ErrnoException);
    if (port !== 0) throw new Error(`Cannot serve on port ${port}: ${problem}.`, { cause: error });
    await listen(server, 0);
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function reason({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE') return 'another program has it; leave --port out to get a free one';
  if (code === 'EACCES') return 'permission is denied; choose one above 1023';
  return message;
}
