import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { serve, type CourseServer } from '../../dist/site/server.js';
import { startInceptionLab } from '../support/command.js';
import type { Answer } from '../support/kernel-client.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { WebClient } from '../support/web-client.js';

function printed({ published }: Answer): string {
  return published
    .filter(({ type }) => type === 'stream')
    .map(({ content }) => content.text as string)
    .join('');
}

function result({ published }: Answer): unknown {
  const { content } = published.find(({ type }) => type === 'execute_result') ?? {};
  return (content?.data as Record<string, unknown> | undefined)?.['text/plain'];
}

/** The ids of the processes in which a process's cells run. */
function cellProcesses(parent = process.pid): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  return lines
    .filter((line) => line.includes('kernel/cells/worker.js'))
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, ppid]) => ppid === parent)
    .map(([pid]) => pid ?? 0);
}

/** Waits, ten seconds at most, until so many are left. */
async function processesAre(count: number, left = () => cellProcesses()): Promise<void> {
  for (let tries = 0; tries < 100 && left().length !== count; tries++) {
    await new Promise((go) => setTimeout(go, 100));
  }
  assert.equal(left().length, count);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const loop = 'while (true) {}';

describe('Kernels behind the server of the course', function () {
  this.timeout(60_000);
  let server: CourseServer;
  let client: WebClient;
  const begin = async (options = {}) => {
    server = await serve({ folder: temporaryFolder(), port: 0, cwd: process.cwd(), ...options });
    client = new WebClient(server.address);
  };
  afterEach(async () => {
    server.close();
    await processesAre(0);
  });

  it('answer on the control channel while a cell loops, and end the cell', async () => {
    await begin();
    const page = await client.connect(await client.start());
    const looping = page.execute(loop);
    const code = "const face = '🙂'; const n: number = face;";
    const { reply } = await page.request('diagnostics_request', { code }, 'control');
    // In UTF-16 code units, as editors count.
    const start = code.indexOf('n:');
    const message = "Type 'string' is not assignable to type 'number'.";
    const diagnostics = [{ start, end: start + 1, message, severity: 'error' }];
    assert.deepEqual(reply, { status: 'ok', diagnostics });
    await page.request('interrupt_request', {}, 'control');
    assert.equal((await looping).reply.ename, 'KeyboardInterrupt');
  });

  it('begin with a session that stood ready, if that has the page’s backend', async () => {
    await begin();
    await server.prepare({ INCEPTION_LAB_BACKEND: 'wasm' });
    const [ready] = cellProcesses();
    const code = '[process.pid, process.env.INCEPTION_LAB_BACKEND]';
    const other = await client.connect(await client.start({ INCEPTION_LAB_BACKEND: 'cpu' }));
    assert.match(String(result(await other.execute(code))), /'cpu'/);
    const none = await client.connect(await client.start());
    assert.match(String(result(await none.execute(code))), /undefined/);
    assert.equal(cellProcesses().length, 3);
    const plain = await client.connect(await client.start({ INCEPTION_LAB_BACKEND: 'wasm' }));
    const first = await plain.execute(code);
    assert.equal(first.reply.execution_count, 1);
    assert.equal(result(first), `[ ${ready}, 'wasm' ]`);
    const library = "import { convolutionUnit } from 'inception-lab'; typeof convolutionUnit";
    assert.equal(result(await plain.execute(library)), "'function'");
  });

  it('ask the page whose cell it is', async () => {
    await begin();
    const kernel = await client.start();
    const [page, other] = [await client.connect(kernel), await client.connect(kernel, 'other')];
    const code = "import { input } from 'inception-lab';\nawait input('Who? ')";
    const id = page.send('execute_request', { code, allow_stdin: true });
    const question = () => page.received.find(({ channel }) => channel === 'stdin');
    await page.until(() => question() !== undefined);
    assert.equal(question()!.content.prompt, 'Who? ');
    page.send('input_reply', { value: 'me' }, 'stdin', question()!.header);
    assert.equal(result(await page.answerTo(id)), "'me'");
    assert.ok(other.received.every(({ channel }) => channel === 'iopub'));
  });

  it('keep what a page has missed that comes back', async () => {
    await begin();
    const kernel = await client.start();
    const page = await client.connect(kernel);
    await page.execute('1');
    const code = "await new Promise((go) => setTimeout(go, 1000));\nconsole.log('meanwhile');\n7";
    const id = page.send('execute_request', { code });
    await page.until(() => page.received.some(({ header }) => header.msg_type === 'execute_input'));
    page.socket.close();
    await once(page.socket, 'close');
    await new Promise((go) => setTimeout(go, 2000));
    const back = await client.connect(kernel);
    const answer = await back.answerTo(id);
    assert.deepEqual([printed(answer), result(answer)], ['meanwhile\n', '7']);
  });

  /** Starts a kernel, and in it a cell that loops. */
  async function startLoop() {
    const kernel = await client.start();
    const page = await client.connect(kernel);
    page.send('execute_request', { code: loop });
    await page.until(() => page.received.some(({ header }) => header.msg_type === 'execute_input'));
    return { kernel, page };
  }

  it('are ended by DELETE, while a cell loops, without a process left or a new one', async () => {
    await begin();
    const { kernel, page } = await startLoop();
    const closed = once(page.socket, 'close');
    assert.equal((await client.end(kernel)).status, 204);
    await closed;
    await processesAre(0);
    // A kernel whose process dies by itself is started anew: not this one.
    await new Promise((go) => setTimeout(go, 1000));
    assert.deepEqual(cellProcesses(), []);
    assert.equal((await client.ask(`api/kernels/${kernel.id}`)).status, 404);
  });

  it('are ended before they have read that they are interrupted', async () => {
    await begin();
    const { kernel } = await startLoop();
    const [pid] = cellProcesses();
    process.kill(pid!, 'SIGSTOP');
    await client.ask(`api/kernels/${kernel.id}/interrupt`, { method: 'POST' });
    assert.equal((await client.end(kernel)).status, 204);
    await processesAre(0);
    // The error of the pipe, if nobody hears it, comes with the process's end.
    await new Promise((go) => setTimeout(go, 200));
  });

  it('are ended when no page has used them for a while', async () => {
    await begin({ patience: 1 });
    const used = await client.start();
    await client.connect(used);
    await client.start();
    assert.equal(cellProcesses().length, 2);
    await processesAre(1);
    const kernels = (await (await client.ask('api/kernels')).json()) as { id: string }[];
    assert.deepEqual(
      kernels.map(({ id }) => id),
      [used.id],
    );
  });

  it('are started anew when their process has died', async () => {
    await begin();
    const page = await client.connect(await client.start());
    const { reply } = await page.execute('process.exit(3)');
    assert.equal(reply.ename, 'DeadKernel');
    const states = () => page.received.map(({ content }) => content.execution_state);
    await page.until(() => states().includes('restarting'));
    assert.equal(result(await page.execute('6 * 7')), '42');
  });

  it('keep for a page that is away no more than there is room for, but its answer', async () => {
    await begin();
    const kernel = await client.start();
    const page = await client.connect(kernel);
    const code = `import { display } from 'tslab';
await new Promise((go) => setTimeout(go, 1000));
for (let i = 0; i < 60; i++) display.html('x'.repeat(1e6));`;
    const id = page.send('execute_request', { code });
    await page.until(() => page.received.some(({ header }) => header.msg_type === 'execute_input'));
    page.socket.close();
    await once(page.socket, 'close');
    // What watches takes all of it.
    const watcher = await client.connect(kernel, 'other');
    const isIdle = () =>
      watcher.received.some(
        ({ parent_header, content }) =>
          parent_header.msg_id === id && content.execution_state === 'idle',
      );
    await watcher.until(isIdle);
    const displays = ({ header }: { header: { msg_type: string } }) =>
      header.msg_type === 'display_data';
    assert.equal(watcher.received.filter(displays).length, 60);
    const back = await client.connect(kernel);
    const answer = await back.answerTo(id);
    assert.equal(answer.reply.status, 'ok');
    assert.equal(back.received.filter(displays).length, 31);
    assert.match(printed(answer), /outputs are left out/);
  });
});

describe('The command that serves the course', function () {
  this.timeout(120_000);

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const) {
    it(`leaves no process when ${signal} ends it, though a cell loops`, async () => {
      const course = startInceptionLab('run', '--lesson', '00', '--output', temporaryFolder());
      const client = new WebClient(await course.said(/http:\S+/));
      const page = await client.connect(await client.start());
      page.send('execute_request', { code: loop });
      await page.until(() =>
        page.received.some(({ header }) => header.msg_type === 'execute_input'),
      );
      const running = cellProcesses(course.pid);
      assert.ok(running.length > 0);
      course.interrupt(signal);
      await course.ended;
      await processesAre(0, () => running.filter(isAlive));
    });
  }
});
