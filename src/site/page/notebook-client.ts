import { charactersBefore, unitsBefore } from '../../kernel/cursor.js';
import { newId, protocolVersion, type Header } from '../../kernel/message.js';
import type { Diagnostic, InputQuestion } from '../../kernel/messages.js';
import type { ChannelMessage, KernelChannel } from './connection.js';

type Content = ChannelMessage['content'];

export interface ExecuteOptions {
  /** Told what the cell publishes, also what comes of it after it has ended. */
  readonly onOutput: (type: string, content: Content) => void;
  readonly onInput: (question: InputQuestion) => Promise<string>;
}

export interface Executed {
  readonly status: 'ok' | 'error' | 'aborted';
  readonly executionCount: number | undefined;
  /** Why it failed: the error's name and what it says. */
  readonly error: { readonly ename: string; readonly evalue: string } | undefined;
}

export interface Matches {
  readonly matches: readonly string[];
  /** What a match replaces, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** The kernel went while it was asked. */
export class KernelGone extends Error {}

/** Milliseconds that an editor waits for what it has asked. */
const patience = 10_000;

/** Speaks Jupyter's protocol with a kernel, wherever it runs. */
export class NotebookClient {
  /** Called when the kernel begins to run cells, and when it has run all of them. */
  onBusy: (isBusy: boolean) => void = () => undefined;
  /** Called when the kernel starts anew by itself: all variables are gone. */
  onRestart: () => void = () => undefined;
  /** Called once, when the kernel is gone. */
  onClose: (why: string) => void = () => undefined;
  readonly #channel: KernelChannel;
  readonly #session = newId();
  /** What waits for an answer, by the id of the request. */
  readonly #waiting = new Map<string, Waiting>();
  readonly #executions = new Map<string, ExecuteOptions>();
  #running = 0;
  /** Why the kernel is gone. */
  #gone: KernelGone | undefined;

  constructor(channel: KernelChannel) {
    this.#channel = channel;
    channel.onMessage = (message) => {
      this.#receive(message);
    };
    channel.onClose = (why) => {
      this.#end(why ?? 'The kernel has ended.');
    };
  }

  /** Resolves when the kernel answers at all. */
  async ready(): Promise<void> {
    await this.#request('shell', 'kernel_info_request', {});
  }

  /**
   * Runs a cell; it waits for those before it.
   *
   * @throws KernelGone
   */
  async execute(code: string, options: ExecuteOptions): Promise<Executed> {
    const content = { code, silent: false, store_history: true, allow_stdin: true };
    const stop = { stop_on_error: false, user_expressions: {} };
    const { id, answer, idle } = this.#send('shell', 'execute_request', { ...content, ...stop });
    this.#executions.set(id, options);
    this.#count(1);
    // The answer may overtake the outputs: they are all there when the kernel is idle again.
    const [{ status, execution_count, ename, evalue }] = await Promise.all([answer, idle]).finally(
      () => {
        this.#count(-1);
      },
    );
    return {
      status: status as Executed['status'],
      executionCount: typeof execution_count === 'number' ? execution_count : undefined,
      error: status === 'error' ? { ename: String(ename), evalue: String(evalue) } : undefined,
    };
  }

  async complete(code: string, place: number): Promise<Matches | undefined> {
    const cursor_pos = charactersBefore(code, place);
    const content = await this.#ask('complete_request', { code, cursor_pos });
    if (content?.status !== 'ok') return undefined;
    const { matches, cursor_start, cursor_end } = content as unknown as CompleteReply;
    const [start, end] = [cursor_start, cursor_end].map((at) => unitsBefore(code, at));
    return { matches, start: start ?? place, end: end ?? place };
  }

  /** What is known of what stands at a place, as text. */
  async inspect(code: string, place: number): Promise<string | undefined> {
    const cursor_pos = charactersBefore(code, place);
    const content = await this.#ask('inspect_request', { code, cursor_pos, detail_level: 0 });
    if (content?.found !== true) return undefined;
    return (content.data as Record<string, string>)['text/plain'];
  }

  /** However long it takes: nobody asks again until the text is another. */
  async diagnose(code: string): Promise<readonly Diagnostic[]> {
    const asked = this.#request('control', 'diagnostics_request', { code });
    const content = await asked.catch(() => undefined);
    return (content?.diagnostics ?? []) as Diagnostic[];
  }

  /** Ends the running cell. */
  interrupt(): void {
    void this.#ask('interrupt_request', {});
  }

  /** Ends the kernel. */
  close(): void {
    this.#channel.close();
    this.#end('The kernel has ended.');
  }

  /** Asks without waiting for a running cell; `undefined` if nothing comes. */
  async #ask(type: string, content: Content): Promise<Content | undefined> {
    const late = new Promise<undefined>((resolve) => {
      setTimeout(resolve, patience, undefined);
    });
    return Promise.race([this.#request('control', type, content), late]).catch(() => undefined);
  }

  #request(channel: 'shell' | 'control', type: string, content: Content): Promise<Content> {
    const { answer, idle } = this.#send(channel, type, content);
    idle.catch(() => undefined);
    return answer;
  }

  #send(channel: ChannelMessage['channel'], type: string, content: Content): Sent {
    const header = this.#header(type);
    const answer = promised<Content>();
    const idle = promised<undefined>();
    if (this.#gone) {
      answer.reject(this.#gone);
      idle.reject(this.#gone);
      return { id: header.msg_id, answer: answer.promise, idle: idle.promise };
    }
    this.#waiting.set(header.msg_id, { answer, idle });
    this.#channel.send({ channel, header, parent_header: {}, metadata: {}, content, buffers: [] });
    return { id: header.msg_id, answer: answer.promise, idle: idle.promise };
  }

  #header(msg_type: string): Header {
    const common = { username: 'learner', session: this.#session, version: protocolVersion };
    return { msg_id: newId(), msg_type, date: new Date().toISOString(), ...common };
  }

  #receive({ channel, header, parent_header: parent, content }: ChannelMessage): void {
    const { msg_id: id = '' } = parent as Partial<Header>;
    if (channel === 'stdin') void this.#answerInput(header, id, content);
    else if (channel !== 'iopub') this.#waiting.get(id)?.answer.resolve(content);
    else if (header.msg_type !== 'status')
      this.#executions.get(id)?.onOutput(header.msg_type, content);
    else this.#takeStatus(id, String(content.execution_state));
  }

  #count(more: number): void {
    this.#running += more;
    this.onBusy(this.#running > 0);
  }

  #takeStatus(id: string, state: string): void {
    if (state === 'restarting' || state === 'autorestarting') this.onRestart();
    const waiting = this.#waiting.get(id);
    if (state !== 'idle' || !waiting) return;
    waiting.idle.resolve(undefined);
    void waiting.answer.promise.finally(() => this.#waiting.delete(id)).catch(() => undefined);
  }

  async #answerInput(parent_header: Header, id: string, content: Content): Promise<void> {
    const { prompt, password } = content as unknown as InputQuestion;
    const value = await this.#executions.get(id)?.onInput({ prompt, password });
    if (value === undefined) return;
    const header = this.#header('input_reply');
    const reply = { channel: 'stdin', header, parent_header, metadata: {}, buffers: [] } as const;
    this.#channel.send({ ...reply, content: { status: 'ok', value } });
  }

  #end(why: string): void {
    const gone = (this.#gone ??= new KernelGone(why));
    for (const { answer, idle } of this.#waiting.values()) {
      answer.reject(gone);
      idle.reject(gone);
    }
    this.#waiting.clear();
    this.onClose(why);
    this.onClose = () => undefined;
  }
}

interface Sent {
  readonly id: string;
  readonly answer: Promise<Content>;
  readonly idle: Promise<undefined>;
}

interface Waiting {
  readonly answer: Promised<Content>;
  readonly idle: Promised<undefined>;
}

interface CompleteReply {
  readonly matches: readonly string[];
  readonly cursor_start: number;
  readonly cursor_end: number;
}

interface Promised<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

function promised<T>(): Promised<T> {
  let [resolve, reject]: [Promised<T>['resolve'], Promised<T>['reject']] = [never, never];
  const promise = new Promise<T>((resolvePromise, rejectPromise) => {
    resolve = resolvePromise;
    reject = rejectPromise;
  });
  return { promise, resolve, reject };
}

function never(): void {
  throw new Error('The promise has not been made yet.');
}
