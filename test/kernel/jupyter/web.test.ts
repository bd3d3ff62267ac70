import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { request as sendRequest } from 'node:http';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { newId } from '../../../dist/kernel/message.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

type Content = Readonly<Record<string, unknown>>;

interface Answer {
  readonly header: { readonly msg_type: string };
  readonly parent_header: { readonly msg_id?: string };
  readonly content: Content;
}

/** The course's server, in a process of its own. */
class Served {
  readonly child: ChildProcess;
  readonly address: URL;

  constructor(child: ChildProcess, address: string) {
    this.child = child;
    this.address = new URL(address);
  }

  static async start(): Promise<Served> {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'index.html'), '<!doctype html><html><head></head></html>');
    const options = JSON.stringify({ folder, port: 0, cwd: process.cwd(), most: 2 });
    const script = `import { serve } from './dist/site/server.js';
      const server = await serve(${options});
      process.on('SIGTERM', () => { server.close(); });
      console.log(server.address);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    return new Served(child, chunk.toString().trim());
  }

  get token(): string {
    return this.address.searchParams.get('token') ?? '';
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('Authorization', `token ${this.token}`);
    return fetch(new URL(path, this.address.origin), { ...init, headers });
  }

  async startKernel(body: object = { name: 'inception-lab' }): Promise<string> {
    const response = await this.fetch('/api/kernels', {
      method: 'POST',
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as { id?: string; message?: string };
    if (answer.id === undefined) throw new Error(answer.message);
    return answer.id;
  }

  async connect(kernel: string): Promise<WebSocket> {
    const { host } = this.address;
    const path = `api/kernels/${kernel}/channels?session_id=${newId()}&token=${this.token}`;
    const socket = new WebSocket(`ws://${host}/${path}`);
    await once(socket, 'open');
    return socket;
  }

  /** The status of a request that a client other than `fetch` could send. */
  status(path: string, headers: Readonly<Record<string, string>>): Promise<number> {
    return new Promise((resolve, reject) => {
      const { port } = this.address;
      sendRequest({ host: '127.0.0.1', port, path, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
  }
}

/** Sends a request, and gathers what comes of it up to its reply and the kernel's rest. */
function ask(
  socket: WebSocket,
  type: string,
  content: Content,
  channel = 'shell',
): Promise<Answer[]> {
  const msg_id = newId();
  const header = {
    ...{ msg_id, msg_type: type, session: 'test', username: 'test' },
    ...{ date: new Date().toISOString(), version: '5.4' },
  };
  return new Promise((resolve) => {
    const answers: Answer[] = [];
    const take = (data: Buffer) => {
      const answer = JSON.parse(data.toString()) as Answer;
      if (answer.parent_header.msg_id !== msg_id) return;
      answers.push(answer);
      const types = answers.map((one) => one.header.msg_type);
      const isIdle = answers.some((one) => one.content.execution_state === 'idle');
      if (!isIdle || !types.some((one) => one.endsWith('_reply'))) return;
      socket.off('message', take);
      resolve(answers);
    };
    socket.on('message', take);
    socket.send(JSON.stringify({ channel, header, parent_header: {}, metadata: {}, content }));
  });
}

function contentOf(answers: readonly Answer[], type: string): Content | undefined {
  return answers.find(({ header }) => header.msg_type === type)?.content;
}

describe("The kernel behind Jupyter's REST and WebSocket", () => {
  let served: Served;
  before(async () => {
    served = await Served.start();
  });
  after(() => {
    served.child.kill('SIGKILL');
  });

  it('runs cells, which see each other, and says what is wrong with a text', async () => {
    const kernel = await served.startKernel();
    const socket = await served.connect(kernel);
    await ask(socket, 'execute_request', { code: 'const six = 6;' });
    const answers = await ask(socket, 'execute_request', { code: 'six * 7' });
    const { data } = contentOf(answers, 'execute_result') as { data: Content };
    assert.equal(data['text/plain'], '42');
    assert.equal(contentOf(answers, 'execute_reply')?.status, 'ok');

    const code = 'const 𝒙 = 1;\nconst wrong: string = six;';
    const found = await ask(socket, 'diagnostics_request', { code }, 'control');
    const start = code.indexOf('wrong');
    assert.deepEqual(contentOf(found, 'diagnostics_reply')?.diagnostics, [
      {
        ...{ start, end: start + 'wrong'.length, severity: 'error' },
        message: "Type 'number' is not assignable to type 'string'.",
      },
    ]);
    socket.close();
    await served.fetch(`/api/kernels/${kernel}`, { method: 'DELETE' });
  });

  it('ends a loop when asked to, and keeps the variables', async () => {
    const kernel = await served.startKernel();
    const socket = await served.connect(kernel);
    await ask(socket, 'execute_request', { code: 'let kept = 5;' });
    const loop = ask(socket, 'execute_request', { code: 'while (true) {}' });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const interrupt = await served.fetch(`/api/kernels/${kernel}/interrupt`, { method: 'POST' });
    assert.equal(interrupt.status, 204);
    assert.equal(contentOf(await loop, 'error')?.ename, 'KeyboardInterrupt');
    const answers = await ask(socket, 'execute_request', { code: 'kept' });
    const { data } = contentOf(answers, 'execute_result') as { data: Content };
    assert.equal(data['text/plain'], '5');
    socket.close();
    await served.fetch(`/api/kernels/${kernel}`, { method: 'DELETE' });
  });

  it('refuses a missing and a wrong token, a page of another origin and a name that is not its own', async () => {
    const { host, port } = served.address;
    const right = { Host: host, Authorization: `token ${served.token}` };
    const path = '/api/kernels';
    assert.equal(await served.status(path, right), 200);
    assert.equal(await served.status(path, { Host: host }), 403);
    assert.equal(await served.status(path, { ...right, Authorization: 'token 1234' }), 403);
    assert.equal(await served.status(path, { ...right, Origin: 'http://evil.example' }), 403);
    assert.equal(await served.status(path, { ...right, Origin: `http://${host}` }), 200);
    assert.equal(await served.status(path, { ...right, Host: `evil.example:${port}` }), 403);
    // Not even its pages, for a name that was made to lead here.
    assert.equal(await served.status('/', { Host: `evil.example:${port}` }), 403);
    assert.equal(await served.status('/', { Host: host }), 200);
  });

  it('opens no WebSocket without the token, to a page of another origin, or under a name not its own', async () => {
    const kernel = await served.startKernel();
    const { host, port } = served.address;
    const channels = `ws://${host}/api/kernels/${kernel}/channels`;
    for (const [address, headers] of [
      [channels, {}],
      [`${channels}?token=1234`, {}],
      [`${channels}?token=${served.token}`, { Origin: 'http://evil.example' }],
      [`${channels}?token=${served.token}`, { Host: `evil.example:${port}` }],
      // A page that the name has been made to lead here from is of that name's origin.
      [
        `${channels}?token=${served.token}`,
        { Host: `evil.example:${port}`, Origin: `http://evil.example:${port}` },
      ],
    ] as const) {
      const socket = new WebSocket(address, { headers });
      const [error] = (await once(socket, 'error')) as [Error];
      assert.match(error.message, /403/);
    }
    const own = new WebSocket(`${channels}?token=${served.token}`, {
      headers: { Origin: `http://${host}` },
    });
    await once(own, 'open');
    own.close();
    await served.fetch(`/api/kernels/${kernel}`, { method: 'DELETE' });
  });

  it('starts no more than it may, and says what to do', async () => {
    const kernels = [await served.startKernel(), await served.startKernel()];
    await assert.rejects(served.startKernel(), {
      message:
        '2 kernels are running, and there cannot be more: close the page of another lesson. ' +
        'A kernel that no page uses ends within 10 min.',
    });
    for (const id of kernels) await served.fetch(`/api/kernels/${id}`, { method: 'DELETE' });
    const left = (await (await served.fetch('/api/kernels')).json()) as unknown[];
    assert.deepEqual(left, []);
  });

  it('takes a backend that there is, and no other wish for the environment', async () => {
    await assert.rejects(
      served.startKernel({ name: 'inception-lab', env: { INCEPTION_LAB_BACKEND: 'abacus' } }),
      /native, webgpu, wasm, cpu/,
    );
    await assert.rejects(served.startKernel({ name: 'python3' }), /inception-lab/);
    const env = { INCEPTION_LAB_BACKEND: 'cpu', NODE_OPTIONS: '--no-warnings', SECRET: '1' };
    const kernel = await served.startKernel({ name: 'inception-lab', env });
    const socket = await served.connect(kernel);
    const code = '[process.env.INCEPTION_LAB_BACKEND, process.env.SECRET].join()';
    const answers = await ask(socket, 'execute_request', { code });
    const { data } = contentOf(answers, 'execute_result') as { data: Content };
    assert.equal(data['text/plain'], "'cpu,'");
    socket.close();
    await served.fetch(`/api/kernels/${kernel}`, { method: 'DELETE' });
  });

  it('marks its pages, so that they run their cells here', async () => {
    const page = await (await fetch(served.address)).text();
    assert.match(page, /<meta name="inception-lab-kernel" content="machine"/);
  });

  it('leaves no process behind', async () => {
    const another = await Served.start();
    const socket = await another.connect(await another.startKernel());
    const answers = await ask(socket, 'execute_request', { code: 'process.pid' });
    const { data } = contentOf(answers, 'execute_result') as { data: Content };
    const pid = Number(data['text/plain']);
    const closed = once(socket, 'close');
    another.child.kill('SIGTERM');
    await closed;
    const isAlive = () => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    for (let wait = 0; wait < 50 && isAlive(); wait++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.equal(isAlive(), false);
    another.child.kill('SIGKILL');
  });
});
