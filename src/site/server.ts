import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';
import { securityPolicy } from './security-policy.js';

/** No page of another site may show ours inside; a page cannot say this itself. */
const contentSecurityPolicy = `${securityPolicy}; frame-ancestors 'none'`;

/** A browser remembers a learner's progress by address: so the port is the same every time. */
const usualPort = 4299;

/**
 * Serves a folder on this machine only.
 *
 * @param port 0 takes the usual one, or any free one if another program has that
 * @returns its address: `http://127.0.0.1:41234/`
 * @throws Error if the port is taken or not to be had.
 */
export async function serve(folder: string, port: number): Promise<string> {
  const files = sirv(folder, { dev: true, etag: true });
  const server = createServer((request, response) => {
    response.setHeader('Content-Security-Policy', contentSecurityPolicy);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    files(request, response, () => {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end('There is no such page. Start at /.\n');
    });
  });
  try {
    await listen(server, port === 0 ? usualPort : port);
  } catch (error) {
    const problem = reason(error as NodeJS.ErrnoException);
    if (port !== 0) throw new Error(`Cannot serve on port ${port}: ${problem}.`, { cause: error });
    await listen(server, 0);
  }
  const { port: taken } = server.address() as AddressInfo;
  return `http://127.0.0.1:${taken}/`;
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
