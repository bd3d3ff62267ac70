import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { KernelMessage, ServerConnection, type Kernel } from '@jupyterlab/services';
import { KernelConnection } from '@jupyterlab/services/lib/kernel/default.js';
import { prepareCompiler } from '../../dist/kernel/compiler/node-compiler.js';
import type { Connection } from '../../dist/kernel/jupyter/connection-file.js';
import { installKernelSpec, type KernelSpec } from '../../dist/kernel/jupyter/kernelspec.js';
import { freePorts } from '../support/free-ports.js';
import { temporaryFolder, temporaryFolderInside } from '../support/temporary-folder.js';
import { statusOf } from './support/process-status.js';
import { RawSocket } from './support/raw-socket.js';

type Output = KernelMessage.IIOPubMessage;

interface Ran {
  readonly reply: KernelMessage.IExecuteReplyMsg['content'];
  readonly outputs: readonly Output[];
}

// VS Code's Jupyter extension (2026.6) cannot be installed without its marketplace. It talks to kernels
// by these two packages, zeromq beneath them, and does so in the way of this file.
describe("To VS Code's Jupyter extension, by the client library that it uses, our kernel", () => {
  let child: ChildProcess;
  let kernel: Kernel.IKernelConnection;
  let stderr = '';

  before(async () => {
    const spec = await installedSpec();
    const [shell_port = 0, iopub_port = 0, stdin_port = 0, control_port = 0, hb_port = 0] =
      await freePorts(5);
    const connection: Connection = {
      ...{ transport: 'tcp', ip: '127.0.0.1' },
      ...{ shell_port, iopub_port, stdin_port, control_port, hb_port },
      key: 'a key of the tests',
    };
    const file = join(temporaryFolder(), 'a connection.json');
    writeFileSync(file, JSON.stringify({ ...connection, signature_scheme: 'hmac-sha256' }));
    const [program = '', ...argv] = spec.argv.map((one) => one.replace('{connection_file}', file));
    child = spawn(program, argv, { cwd: temporaryFolderInside() });
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    kernel = connect(connection);
    await isReady(kernel);
  });

  after(async () => {
    kernel.dispose();
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });

  async function run(code: string, answer = ''): Promise<Ran> {
    const future = kernel.requestExecute({ code, allow_stdin: true, stop_on_error: false });
    const outputs: Output[] = [];
    future.onIOPub = (message) => {
      if (message.header.msg_type !== 'status') outputs.push(message);
    };
    future.onStdin = ({ header }) => {
      if (header.msg_type === 'input_request')
        kernel.sendInputReply({ status: 'ok', value: answer }, header as never);
    };
    const { content } = await future.done;
    return { reply: content, outputs };
  }

  it('says what it is', async () => {
    const { language_info, status } = await kernel.info;
    assert.equal(status, 'ok');
    assert.equal(language_info.name, 'typescript');
    assert.equal(kernel.connectionStatus, 'connected');
  });

  it('answers on the control channel too, as the extension asks', async () => {
    const message = KernelMessage.createMessage({
      msgType: 'kernel_info_request',
      channel: 'shell',
      session: kernel.clientId,
      content: {},
    });
    const asControl = {
      ...message,
      channel: 'control',
    } as unknown as KernelMessage.IControlMessage;
    const { content } = await kernel.sendControlMessage(asControl, true).done;
    assert.equal((content as { status: string }).status, 'ok');
  });

  it('runs cells, and shows what they print, display and result in', async () => {
    const { reply, outputs } = await run(
      'import { display } from "tslab";\nconst a = [1, 2];\nconsole.log(a.length);\ndisplay.html("<b>x</b>");\na',
    );
    assert.equal(reply.status, 'ok');
    assert.deepEqual(
      outputs.map(({ header }) => header.msg_type),
      ['execute_input', 'stream', 'display_data', 'execute_result'],
    );
    assert.deepEqual(outputs[1]?.content, { name: 'stdout', text: '2\n' });
    assert.deepEqual((outputs[3]?.content as { data: unknown }).data, { 'text/plain': '[ 1, 2 ]' });
  });

  it('tells of errors, of types and at run time, and goes on', async () => {
    const typed = await run('const b: string = a;');
    assert.equal(typed.reply.status, 'error');
    assert.equal((typed.outputs.at(-1)?.content as { ename: string }).ename, 'TS2322');
    const thrown = await run('throw new RangeError("no")');
    assert.deepEqual(thrown.outputs.at(-1)?.header.msg_type, 'error');
    assert.equal((await run('a.length')).reply.status, 'ok');
  });

  it('asks for what its user types', async () => {
    const { outputs } = await run(
      'import { input } from "inception-lab";\nawait input("Name?")',
      'Ada',
    );
    assert.match(JSON.stringify(outputs.at(-1)?.content), /'Ada'/);
  });

  it('completes, explains, and knows what is unfinished', async () => {
    const completion = await kernel.requestComplete({ code: 'a.fl', cursor_pos: 4 });
    assert.equal(completion.content.status, 'ok');
    assert.ok('matches' in completion.content && completion.content.matches.includes('flatMap'));
    const inspection = await kernel.requestInspect({ code: 'a', cursor_pos: 1, detail_level: 0 });
    assert.match(JSON.stringify(inspection.content), /number\[\]/);
    const { content } = await kernel.requestIsComplete({ code: 'if (a) {' });
    assert.equal(content.status, 'incomplete');
  });

  it('is interrupted by a message, and keeps its variables', async () => {
    const running = run('let n = 7;\nfor (;;) n++;');
    await setTimeout(1000);
    const message = KernelMessage.createMessage({
      // The client has no type for it: of a server, it asks the same by HTTP.
      ...{ msgType: 'interrupt_request' as never, channel: 'control' as never },
      ...{ session: kernel.clientId, content: {} as never },
    });
    await kernel.sendControlMessage(message as never, true, true).done;
    const { reply } = await running;
    assert.equal(reply.status, 'error');
    assert.match(JSON.stringify((await run('n > 7')).outputs.at(-1)?.content), /true/);
  });

  it('ends when the extension kills it, without a word, and leaves nothing that runs', async () => {
    const offspring = descendantsOf(child.pid!);
    assert.ok(offspring.length >= 2, 'a compiler and the cells');
    child.kill();
    await once(child, 'exit');
    for (let i = 0; i < 50 && offspring.some(isAlive); i++) await setTimeout(100);
    assert.deepEqual(offspring.filter(isAlive), []);
    assert.equal(stderr, '');
  });
});

/** As `kernel install` writes it where VS Code finds it, and makes the compiler ready. */
async function installedSpec(): Promise<KernelSpec> {
  await prepareCompiler(process.cwd());
  const folder = await installKernelSpec('inception-lab', temporaryFolder());
  return JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8')) as KernelSpec;
}

function connect(connection: Connection): Kernel.IKernelConnection {
  class Socket extends RawSocket {
    constructor() {
      super(connection);
    }
  }
  const serverSettings = ServerConnection.makeSettings({
    ...{ WebSocket: Socket as never, wsUrl: 'RAW' },
    serializer: { serialize: (data) => data as never, deserialize: (data) => data as never },
  });
  const model = { id: 'a kernel', name: 'inception-lab' };
  return new KernelConnection({ serverSettings, model, clientId: 'a client', handleComms: true });
}

/** As the extension does: what was published before the sockets had met was told to nobody. */
async function isReady(kernel: Kernel.IKernelConnection): Promise<void> {
  const answered = new AbortController();
  while (!answered.signal.aborted) {
    await setTimeout(500);
    void kernel.requestKernelInfo().then(() => {
      answered.abort();
    });
  }
}

/** All processes beneath one, by Linux's own books. */
function descendantsOf(ancestor: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => [Number(pid), parentOf(pid)]),
  );
  const beneath = (pid: number): number[] =>
    [...parents]
      .filter(([, parent]) => parent === pid)
      .flatMap(([child]) => [child, ...beneath(child)]);
  return beneath(ancestor);
}

function parentOf(pid: string): number {
  return Number(/^PPid:\s*(\d+)/m.exec(statusOf(pid))?.[1]);
}

function isAlive(pid: number): boolean {
  return /^State:\s*[^Z\s]/m.test(statusOf(pid));
}
