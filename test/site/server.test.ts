import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Serves in a process of its own, which a server keeps alive. */
async function startServer(
  folder: string,
  port: number,
): Promise<{ process: ChildProcess; said: string }> {
  const script = `import { serve } from './dist/site/server.js';
    serve({ folder: ${JSON.stringify(folder)}, port: ${port}, cwd: process.cwd() }).then(
      ({ address }) => { console.log(address); },
      (error) => { console.log(error.message); },
    );`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
  const said = await new Promise<string>((resolve) => {
    child.stdout.once('data', (chunk: Buffer) => {
      resolve(chunk.toString().trim());
    });
  });
  return { process: child, said };
}

function listen(port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve) =>
    server.listen(port, '127.0.0.1', () => {
      resolve(server);
    }),
  );
}

describe('The server', () => {
  let folder: string;
  let child: ChildProcess | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'site-'));
  });
  afterEach(async () => {
    child?.kill();
    await rm(folder, { recursive: true });
  });

  it('listens on this machine only, allows no script from elsewhere, and knows its pages', async () => {
    const { process, said } = await startServer(folder, 0);
    child = process;
    const response = await fetch(new URL('nothing.html', said));
    assert.equal(response.status, 404);
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'self'/);
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((address) => address?.family === 'IPv4' && !address.internal);
    if (outside) await assert.rejects(fetch(said.replace('127.0.0.1', outside.address)));
  });

  it('does not leave its folder', async () => {
    const { process, said } = await startServer(folder, 0);
    child = process;
    for (const path of ['..%2f..%2fetc%2fpasswd', '%2e%2e/%2e%2e/etc/passwd']) {
      assert.equal((await fetch(new URL(path, said))).status, 404);
    }
  });

  it('comes up beside another one when no port is asked for', async () => {
    const first = await startServer(folder, 0);
    child = first.process;
    const second = await startServer(folder, 0);
    second.process.kill();
    assert.match(second.said, /^http:\/\/127\.0\.0\.1:\d+\/\?token=[0-9a-f]{48}$/);
    assert.notEqual(second.said, first.said);
  });

  it('says so when the port is taken', async () => {
    const other = await listen(0);
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const { process, said } = await startServer(folder, port);
    child = process;
    other.close();
    assert.equal(
      said,
      `Cannot serve on port ${port}: another program has it; leave --port out to get a free one.`,
    );
  });
});
