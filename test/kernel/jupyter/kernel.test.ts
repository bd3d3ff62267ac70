import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import {
  key,
  KernelClient,
  type Answer,
  type Client,
  type Content,
} from '../../support/kernel-client.js';
import { encode } from '../../../dist/kernel/jupyter/wire.js';
import { compose } from '../../../dist/kernel/message.js';

/** Of one type, in the order in which they were published. */
function contents({ published }: Answer, type: string): Content[] {
  return published.filter((message) => message.type === type).map(({ content }) => content);
}

/** A process that has ended may still be listed, if nobody has asked for its status. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return (
      !existsSync(`/proc/${pid}/stat`) || !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z')
    );
  } catch {
    return false;
  }
}

/** All that was printed. */
function printed(answer: Answer): string {
  return contents(answer, 'stream')
    .map(({ text }) => text as string)
    .join('');
}

/** The result in words. */
function result(answer: Answer): unknown {
  const [content] = contents(answer, 'execute_result');
  return (content?.data as Record<string, unknown> | undefined)?.['text/plain'];
}

describe('The kernel over ZeroMQ', function () {
  this.timeout(60_000);
  let kernel: KernelClient;
  let client: Client;

  before(async () => {
    kernel = await KernelClient.start();
    client = await kernel.connect();
  });
  after(() => {
    kernel.stop();
  });

  it('says who it is', async () => {
    const { reply } = await client.request('kernel_info_request', {});
    assert.equal(reply.status, 'ok');
    assert.match(reply.protocol_version as string, /^5\.\d+$/);
    assert.equal((reply.language_info as Content).name, 'typescript');
  });

  it('gives the last expression as a result, and its code and number before', async () => {
    const answer = await client.execute('const a = 20;\na + 22');
    const count = answer.reply.execution_count;
    assert.equal(answer.reply.status, 'ok');
    assert.equal(result(answer), '42');
    assert.deepEqual(
      answer.published.map(({ type }) => type),
      ['status', 'execute_input', 'execute_result', 'status'],
    );
    const input = { code: 'const a = 20;\na + 22', execution_count: count };
    assert.deepEqual(contents(answer, 'execute_input'), [input]);
  });

  it('sends what is printed while the cell runs, in order', async () => {
    const answer = await client.execute('console.log("one"); console.error("two"); console.log(3)');
    assert.deepEqual(
      contents(answer, 'stream').map(({ name, text }) => [name, text]),
      [
        ['stdout', 'one\n'],
        ['stderr', 'two\n'],
        ['stdout', '3\n'],
      ],
    );
  });

  it('names an error in its reply and in a message of its own', async () => {
    const answer = await client.execute('throw new RangeError("too far")');
    const [error] = contents(answer, 'error');
    for (const content of [answer.reply, error!]) {
      assert.equal(content.ename, 'RangeError');
      assert.equal(content.evalue, 'too far');
      const traceback = (content.traceback as string[]).join('\n');
      assert.match(
        traceback,
        new RegExp(`at Cell \\[${String(answer.reply.execution_count)}\\]:1:7\\b`),
      );
      assert.match(traceback, /> 1 \| throw new RangeError\("too far"\)\n {4}\| {7}\^/);
    }
    assert.equal(answer.reply.status, 'error');
  });

  it('takes a type error for an error, and does not run the cell', async () => {
    const answer = await client.execute('console.log("ran");\nconst n: number = "three";');
    assert.equal(answer.reply.status, 'error');
    assert.equal(answer.reply.ename, 'TS2322');
    assert.match(answer.reply.evalue as string, /^Type 'string' is not assignable/);
    assert.match((answer.reply.traceback as string[]).join('\n'), /at Cell \[\d+\]:2:7\n/);
    assert.equal(printed(answer), '');
  });

  it('reports a promise that nobody awaits on its cell', async () => {
    const answer = await client.execute('void Promise.reject(new Error("late"));');
    assert.equal(answer.reply.status, 'error');
    assert.equal(answer.reply.evalue, 'late');
  });

  it('reports an error that comes late on the cell that caused it', async () => {
    const causing = await client.execute("setTimeout(() => { throw new Error('timer'); }, 200);");
    assert.equal(causing.reply.status, 'ok');
    const waiting = await client.execute('await new Promise((go) => setTimeout(go, 500));');
    assert.deepEqual(
      contents(causing, 'error').map(({ evalue }) => evalue),
      ['timer'],
    );
    assert.deepEqual(contents(waiting, 'error'), []);
    assert.equal(waiting.reply.status, 'ok');
  });

  it('counts places behind emoji and Windows line ends as editors do', async () => {
    const types = await client.execute('const face = "🙂";\r\nconst n: number = "🙂" + face;\r\n');
    assert.match((types.reply.traceback as string[]).join('\n'), /at Cell \[\d+\]:2:7\n/);
    const thrown = await client.execute('/* 🙂 */\r\n/* 🙂 */ throw new Error("🙂");\r\n');
    assert.match((thrown.reply.traceback as string[]).join('\n'), /at Cell \[\d+\]:2:16\n/);
  });

  it('asks the user, where the front end allows it', async () => {
    const code = "import { input } from 'inception-lab';\nawait input('Who? ', { password: true })";
    const [asked, answer] = await Promise.all([
      client.type('me'),
      client.execute(code, { allow_stdin: true }),
    ]);
    assert.deepEqual(asked, { prompt: 'Who? ', password: true });
    assert.equal(result(answer), "'me'");
    const refused = await client.execute(code);
    assert.match(refused.reply.evalue as string, /cannot ask anybody/);
  });

  it('takes an answer that does not say to which question, as jupyter_client sends it', async () => {
    const code = "import { input } from 'inception-lab';\nawait input()";
    const ask = () => client.execute(code, { allow_stdin: true });
    // A question that nobody has answered is none any more when its cell has ended.
    const unanswered = ask();
    await client.question();
    await client.request('interrupt_request', {}, { channel: 'control' });
    assert.equal((await unanswered).reply.ename, 'KeyboardInterrupt');
    for (const typed of ['one', 'two']) {
      const [, answer] = await Promise.all([client.type(typed, false), ask()]);
      assert.equal(result(answer), `'${typed}'`);
    }
  });

  it("tells which cell's tensors are alive, as many as TensorFlow.js counts", async () => {
    const made = await client.execute(
      "import { tensorsByCell, tf } from 'inception-lab';\n" +
        'const kept = tf.zeros([5, 5]);\nconst leaked = tf.tidy(() => kept.mul(2).add(1));',
    );
    const name = `Cell [${String(made.reply.execution_count)}]`;
    const count = async (code: string) => result(await client.execute(code));
    const row = `tensorsByCell().cells.find(({ cell }) => cell === '${name}')`;
    assert.equal(await count(row), `{ cell: '${name}', tensors: 2, bytes: 200 }`);
    const all =
      '[tensorsByCell().tensors - tf.memory().numTensors, tensorsByCell().bytes - tf.memory().numBytes]';
    assert.equal(await count(all), '[ 0, 0 ]');
    await client.execute('leaked.dispose();');
    assert.equal(await count(row), `{ cell: '${name}', tensors: 1, bytes: 100 }`);
    assert.match(
      (await count('tensorsByCell()')) as string,
      /^ +tensors +bytes\n[^]+\ntogether +\d+ +\d+$/,
    );
  });

  it('answers every cell that waits behind a failing one: not run, or run if that is wished', async () => {
    const failing =
      'await new Promise((resolve) => setTimeout(resolve, 200)); throw new Error("no")';
    const behind = async (stop_on_error: boolean) => {
      const all = ['"one"', '"two"'].map((code) => () => client.execute(code));
      const [first, ...others] = [() => client.execute(failing, { stop_on_error }), ...all];
      const answers = await Promise.all([first(), ...others.map((start) => start())]);
      return answers.map(({ reply }) => reply.status);
    };
    assert.deepEqual(await behind(true), ['error', 'aborted', 'aborted']);
    assert.deepEqual(await behind(false), ['error', 'ok', 'ok']);
    assert.equal(result(await client.execute('"and then"')), "'and then'");
  });

  for (const [what, code] of [
    ['a loop', 'while (true) {}'],
    ['a wait', 'await new Promise(() => {})'],
    ['a loop after a wait', 'await 1; while (true) {}'],
    ['a loop in a timer', 'await new Promise(() => setTimeout(() => { for (;;); }))'],
    ['a loop in an immediate', 'await new Promise(() => setImmediate(() => { for (;;); }))'],
  ] as const) {
    it(`interrupts ${what}, and keeps the variables`, async () => {
      await client.execute('const kept = "kept"');
      const running = client.execute(code);
      void setTimeout(500).then(() =>
        client.request('interrupt_request', {}, { channel: 'control' }),
      );
      const { reply } = await running;
      assert.equal(reply.ename, 'KeyboardInterrupt');
      assert.equal(result(await client.execute('kept')), "'kept'");
    });
  }

  it('answers on the control channel and the heartbeat while a cell loops', async () => {
    const running = client.execute('while (true) {}');
    const { reply } = await client.request(
      'kernel_info_request',
      {},
      { channel: 'control', patience: 2000 },
    );
    assert.equal(reply.status, 'ok');
    assert.equal(await client.beat('still there'), 'still there');
    await client.request('interrupt_request', {}, { channel: 'control' });
    await running;
  });

  it('cuts a flood of text with a notice, and answers at once afterwards', async () => {
    const answer = await client.execute(
      'for (let i = 0; i < 100; i++) console.log("x".repeat(100_000));',
    );
    assert.match(printed(answer), /the rest is left out/);
    assert.ok(printed(answer).length < 2_000_000);
    const { reply } = await client.request('kernel_info_request', {}, { patience: 1000 });
    assert.equal(reply.status, 'ok');
  });

  it('drops messages that are forged, not signed or no JSON, and lives', async () => {
    const request = (code: string) =>
      compose('execute_request', { code }, { session: 'somebody', parent: undefined });
    await client.execute('let visits = 0');
    const [delimiter, , ...parts] = encode(request('visits++'), 'another key');
    await client.sendFrames(encode(request('visits++'), 'another key'));
    await client.sendFrames(encode(request('visits++'), ''));
    await client.sendFrames([delimiter!, '0'.repeat(64), ...parts]);
    await client.sendFrames(['no delimiter']);
    const broken = ['{"msg_id":', '{}', '{}', '{}'];
    const signature = createHmac('sha256', key).update(broken.join('')).digest('hex');
    await client.sendFrames([delimiter!, signature, ...broken]);
    assert.equal(result(await client.execute('visits')), '0');
    const dropped = kernel.stderr.match(/^A message was dropped: .+$/gm) ?? [];
    assert.equal(dropped.length, 5, kernel.stderr);
    assert.equal(dropped.filter((line) => line.endsWith('its signature is wrong.')).length, 3);
  });

  it('serves two clients, and each hears of the cells of both', async () => {
    const other = await kernel.connect();
    const [mine, theirs] = await Promise.all([client.execute('"mine"'), other.execute('"theirs"')]);
    assert.equal(result(mine), "'mine'");
    assert.equal(result(theirs), "'theirs'");
  });

  it('knows what goes on, what is done, and what is wrong', async () => {
    const statusOf = async (code: string) =>
      (await client.request('is_complete_request', { code })).reply.status;
    for (const [code, status] of [
      ['const x = 1', 'complete'],
      ['await Promise.resolve(1)', 'complete'],
      ['function f() {', 'incomplete'],
      ['const text = `two', 'incomplete'],
      ['const = 3', 'invalid'],
    ]) {
      assert.equal(await statusOf(code!), status, code);
    }
  });

  it('counts characters as Jupyter does, behind an emoji too', async () => {
    const code = '"🙂"; conso';
    const { reply } = await client.request('complete_request', { code, cursor_pos: 10 });
    assert.deepEqual(reply.matches, ['console']);
    assert.deepEqual([reply.cursor_start, reply.cursor_end], [5, 10]);
  });

  it("completes and explains what is in the library's own types", async () => {
    await client.execute("import { tf } from 'inception-lab';");
    const completion = await client.request('complete_request', {
      code: 'tf.tensor1',
      cursor_pos: 10,
    });
    assert.deepEqual((completion.reply.matches as string[])[0], 'tensor1d');
    const { reply } = await client.request('inspect_request', {
      code: 'tf.tensor1d',
      cursor_pos: 8,
    });
    const text = (reply.data as Record<string, string>)['text/plain']!;
    assert.match(text, /tensor1d\(values: TensorLike1D, dtype\?: DataType\): Tensor1D/);
    assert.match(text, /Creates rank-1 `tf.Tensor`/);
  });

  it('answers requests that lack what they are about, and goes on', async () => {
    for (const type of [
      'complete_request',
      'inspect_request',
      'is_complete_request',
      'history_request',
    ]) {
      const { reply } = await client.request(type, {}, { patience: 5000 });
      assert.equal(typeof reply.status, 'string', type);
    }
    assert.equal((await client.execute('')).reply.status, 'ok');
  });

  it('clears what a cell has shown', async () => {
    const answer = await client.execute(
      `import { clearOutput } from 'inception-lab';\nconsole.log('old'); clearOutput({ wait: true });`,
    );
    assert.deepEqual(contents(answer, 'clear_output'), [{ wait: true }]);
  });

  it('shows a tensor by its shape and range, and reports an object that fails to show itself', async () => {
    const tensor = await client.execute(
      `import { tf } from 'inception-lab';\ntf.range(0, 100).reshape([10, 10])`,
    );
    assert.match(
      result(tensor) as string,
      /^Tensor float32 \[10, 10\]\nleast 0, mean 49\.5, greatest 99$/,
    );
    const shy = await client.execute(
      '({ [Symbol.for("Jupyter.display")]: () => { throw new Error("shy"); } })',
    );
    assert.deepEqual([shy.reply.status, shy.reply.evalue], ['error', 'shy']);
  });

  it('ends with a status that says so when a cell ends its process', async () => {
    const answer = await client.execute('process.exit(3)');
    assert.equal(answer.reply.ename, 'DeadKernel');
    assert.match(answer.reply.evalue as string, /exited with status 3/);
    assert.equal(await kernel.ended(), 1);
  });
});

describe('A kernel whose memory is used up', () => {
  it('says so, and ends with a status at which Jupyter starts it again', async () => {
    const kernel = await KernelClient.start({ NODE_OPTIONS: '--max-old-space-size=256' });
    try {
      const client = await kernel.connect();
      const { reply } = await client.execute(
        'const all: number[][] = []; while (true) all.push(new Array(100_000).fill(1));',
      );
      assert.match(reply.evalue as string, /used up all memory/);
      assert.equal(await kernel.ended(), 1);
    } finally {
      kernel.stop();
    }
  });
});

describe('A kernel that is killed', () => {
  it('leaves no process behind, though a cell loops', async () => {
    const kernel = await KernelClient.start();
    const client = await kernel.connect();
    const said = await client.execute('console.log(process.pid)');
    const pid = Number(printed(said));
    client.execute('while (true) {}').catch(() => undefined);
    await setTimeout(500);
    assert.ok(isRunning(pid));
    kernel.stop();
    await kernel.ended();
    for (let waits = 0; waits < 100 && isRunning(pid); waits++) await setTimeout(100);
    assert.ok(!isRunning(pid));
  });
});

describe('A kernel that is asked to end', () => {
  it('says whether it will be started again, and ends with status 0', async () => {
    const kernel = await KernelClient.start();
    try {
      const client = await kernel.connect();
      const { reply } = await client.request(
        'shutdown_request',
        { restart: true },
        { channel: 'control' },
      );
      assert.deepEqual(reply, { status: 'ok', restart: true });
      assert.equal(await kernel.ended(), 0);
    } finally {
      kernel.stop();
    }
  });
});
