import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';

/**
 * Pages load nothing from elsewhere and run no script of a notebook's output; the styles are
 * Vega's and KaTeX's, which they write into elements.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Serves a folder on this machine only.
 *
 * @param port 0 takes any free one
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
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new Error(`Cannot serve on port ${port}: ${reason(error)}.`, { cause: error }));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return `http://127.0.0.1:${taken}/`;
}

function reason({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE') return 'another program has it; leave --port out to get a free one';
  if (code === 'EACCES') return 'permission is denied; choose one above 1023';
  return message;
}
