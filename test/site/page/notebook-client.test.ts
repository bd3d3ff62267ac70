import assert from 'node:assert/strict';
import { compose } from '../../../dist/kernel/message.js';
import type { ChannelMessage, KernelChannel } from '../../../dist/site/page/connection.js';
import { KernelGone, NotebookClient } from '../../../dist/site/page/notebook-client.js';

type Content = Record<string, unknown>;

/** A kernel that says what it is told to. */
class Script {
  readonly sent: ChannelMessage[] = [];
  readonly channel: KernelChannel = {
    send: (message) => this.sent.push(message),
    close: () => undefined,
    onMessage: () => undefined,
    onClose: () => undefined,
  };
  readonly client = new NotebookClient(this.channel);

  get last(): ChannelMessage {
    return this.sent.at(-1)!;
  }

  says(channel: ChannelMessage['channel'], type: string, content: Content, to = this.last): void {
    const message = compose(type, content, { session: 'kernel', parent: to.header });
    this.channel.onMessage({ ...message, channel });
  }

  idles(to = this.last): void {
    this.says('iopub', 'status', { execution_state: 'idle' }, to);
  }
}

const silent = { onOutput: () => undefined, onInput: () => Promise.resolve('') };

describe('The page’s client', () => {
  it('has a cell’s outputs before its end, though the answer overtakes them', async () => {
    const kernel = new Script();
    const outputs: string[] = [];
    const onOutput = (type: string, { text }: Content) => outputs.push(`${type}: ${String(text)}`);
    const executed = kernel.client.execute('1', { ...silent, onOutput }).then((result) => {
      outputs.push('end');
      return result;
    });
    kernel.says('shell', 'execute_reply', { status: 'ok', execution_count: 1 });
    await new Promise(setImmediate);
    kernel.says('iopub', 'stream', { name: 'stdout', text: 'a' });
    kernel.idles();
    assert.deepEqual(await executed, { status: 'ok', executionCount: 1, error: undefined });
    assert.deepEqual(outputs, ['stream: a', 'end']);
  });

  it('tells outputs that come after the end to their own cell', async () => {
    const kernel = new Script();
    const late: unknown[] = [];
    const first = kernel.client.execute('1', { ...silent, onOutput: (...got) => late.push(got) });
    const request = kernel.last;
    kernel.says('shell', 'execute_reply', { status: 'ok', execution_count: 1 });
    kernel.idles();
    await first;
    void kernel.client.execute('2', silent).catch(() => undefined);
    kernel.says('iopub', 'stream', { text: 'late' }, request);
    assert.equal(late.length, 1);
  });

  it('asks on the control channel, in Jupyter’s characters, and answers in JavaScript’s', async () => {
    const kernel = new Script();
    const code = "'🐈'.at";
    const completion = kernel.client.complete(code, code.length);
    assert.equal(kernel.last.channel, 'control');
    // The cat is one character, and two UTF-16 code units.
    assert.equal(kernel.last.content.cursor_pos, 6);
    kernel.says('control', 'complete_reply', {
      status: 'ok',
      matches: ['at'],
      cursor_start: 4,
      cursor_end: 6,
    });
    assert.deepEqual(await completion, { matches: ['at'], start: 5, end: 7 });
  });

  it('sends what was typed back to the question', async () => {
    const kernel = new Script();
    const onInput = () => Promise.resolve('Ada');
    void kernel.client.execute('1', { ...silent, onInput }).catch(() => undefined);
    kernel.says('stdin', 'input_request', { prompt: 'Who?', password: false });
    await new Promise(setImmediate);
    const { channel, header, content } = kernel.last;
    assert.deepEqual(
      [channel, header.msg_type, content],
      ['stdin', 'input_reply', { status: 'ok', value: 'Ada' }],
    );
  });

  it('says that the kernel is gone to all that wait, once', async () => {
    const kernel = new Script();
    const reasons: string[] = [];
    kernel.client.onClose = (why) => reasons.push(why);
    const executed = kernel.client.execute('1', silent);
    kernel.channel.onClose('The server has gone.');
    kernel.client.close();
    await assert.rejects(executed, (error) => error instanceof KernelGone);
    assert.deepEqual(reasons, ['The server has gone.']);
    // What is asked afterwards does not wait for ever.
    await assert.rejects(kernel.client.execute('2', silent), /The server has gone/);
  });

  it('says why a cell failed', async () => {
    const kernel = new Script();
    const executed = kernel.client.execute('1', silent);
    kernel.says('shell', 'execute_reply', {
      status: 'error',
      execution_count: 2,
      ename: 'CheckError',
      evalue: '✗ f',
    });
    kernel.idles();
    assert.deepEqual((await executed).error, { ename: 'CheckError', evalue: '✗ f' });
  });
});
