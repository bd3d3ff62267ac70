import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { createGzip } from 'node:zlib';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Formats that are compressed by themselves. */
const packed = new Set(['.png', '.woff2', '.jpg']);

export interface CompressedServer {
  readonly address: string;
  /** What has been sent since it was last asked for. */
  readonly takeBytes: () => number;
  readonly close: () => void;
}

/** Serves a folder as web servers do that are set up well: compressed, and to be kept for an hour. */
export async function serveCompressed(folder: string): Promise<CompressedServer> {
  let bytes = 0;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = join(folder, pathname === '/' ? 'index.html' : pathname);
    if (!existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    const extension = extname(path);
    const isPacked = packed.has(extension);
    response.writeHead(200, {
      'Content-Type': types[extension] ?? 'application/octet-stream',
      'Cache-Control': 'max-age=3600',
      ...(!isPacked && { 'Content-Encoding': 'gzip' }),
    });
    const file = createReadStream(path);
    const sent = isPacked ? file : file.pipe(createGzip({ level: 6 }));
    sent.on('data', (chunk: Buffer | string) => (bytes += chunk.length));
    sent.pipe(response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    takeBytes() {
      const taken = bytes;
      bytes = 0;
      return taken;
    },
    close: () => server.close(),
  };
}
