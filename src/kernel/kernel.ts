import { charactersBefore, unitsBefore } from './cursor.js';
import type { InputQuestion, OutputMessage } from './messages.js';
import type { Session } from './session.js';
import { History } from './history.js';
import { protocolVersion, type Message } from './message.js';

/** How the kernel talks to its clients: over ZeroMQ, or within a process. */
export interface Channels {
  /** Answers the one who asked. */
  readonly reply: (to: Message, type: string, content: Message['content']) => void;
  /** Tells everybody; `parent` is the request that it comes of. */
  readonly publish: (
    type: string,
    content: Message['content'],
    parent: Message | undefined,
  ) => void;
  /** Asks the user of the front end whose request it is. */
  readonly ask: (request: Message, question: InputQuestion) => Promise<string>;
}

type Content = Readonly<Record<string, unknown>>;

/** What the kernel wants of its host. */
export interface KernelOptions {
  /** In which cells run. */
  readonly session: Session;
  readonly channels: Channels;
  /** This package's, for who asks. */
  readonly version: string;
  /** Those of requests that do not wait. */
  readonly controlChannels: Channels;
  /** Called when the kernel has ended: because a client asked, or because its cells' process died. */
  readonly onEnd: (how: 'shutdown' | 'dead') => void;
}

/**
 * Jupyter's protocol, without its transport: what a request is answered with, and what is published
 * meanwhile. Cells run in a process of their own, so that requests on the control channel are
 * answered while one computes.
 */
export class Kernel {
  readonly #channels: Channels;
  readonly #controlChannels: Channels;
  readonly #onEnd: KernelOptions['onEnd'];
  readonly #session: Session;
  readonly #version: string;
  readonly #history = new History();
  #executionCount = 0;
  #silentCells = 0;
  /** The end of the queue of requests: one is answered after another. */
  #queue: Promise<void> = Promise.resolve();
  /** Cells that were waiting when one failed, and shall not run; until all of them are answered. */
  #aborting = false;
  #isDead = false;

  constructor({ session, version, channels, controlChannels, onEnd }: KernelOptions) {
    this.#channels = channels;
    this.#controlChannels = controlChannels;
    this.#onEnd = onEnd;
    this.#session = session;
    this.#version = version;
    channels.publish('status', { execution_state: 'starting' }, undefined);
  }

  /** A request on the shell channel: it waits for those before it. */
  handleShell(request: Message): void {
    this.#queue = this.#queue.then(() => this.#handle(request, this.#channels));
  }

  /** A request on the control channel: it does not wait. */
  handleControl(request: Message): void {
    void this.#handle(request, this.#controlChannels);
  }

  async #handle(request: Message, { publish, reply }: Channels): Promise<void> {
    publish('status', { execution_state: 'busy' }, request);
    const type = request.header.msg_type;
    // Whatever goes wrong here, the next request shall be answered.
    const content = await Promise.resolve()
      .then(() => this.#answer(type, request))
      .catch(asFailure);
    if (content) reply(request, type.replace(/_request$/, '_reply'), content);
    publish('status', { execution_state: 'idle' }, request);
    if (type === 'shutdown_request') this.#onEnd('shutdown');
    else if (this.#isDead) this.#onEnd('dead');
  }

  /** Resolves to the reply's content; `undefined` if this kernel does not know the request. */
  #answer(type: string, request: Message): Content | Promise<Content> | undefined {
    const { content } = request;
    switch (type) {
      case 'kernel_info_request':
        return { ...kernelInfo, implementation_version: this.#version };
      case 'execute_request':
        return this.#execute(request);
      case 'is_complete_request':
        return this.#completeness(text(content.code));
      case 'complete_request':
        return this.#completion(text(content.code), Number(content.cursor_pos));
      case 'inspect_request':
        return this.#inspection(text(content.code), Number(content.cursor_pos));
      case 'diagnostics_request':
        return this.#diagnostics(text(content.code));
      case 'history_request':
        return { status: 'ok', history: this.#history.find(content) };
      case 'comm_info_request':
        return { status: 'ok', comms: {} };
      case 'interrupt_request':
        this.#session.interrupt();
        return { status: 'ok' };
      case 'shutdown_request':
        this.#session.close();
        return { status: 'ok', restart: content.restart === true };
      default:
        return undefined;
    }
  }

  async #execute(request: Message): Promise<Content> {
    const { code: given, silent, store_history, stop_on_error } = request.content;
    if (this.#aborting) return { status: 'aborted' };
    const code = text(given);
    const isSilent = silent === true;
    const isStored = !isSilent && store_history !== false;
    if (isStored) this.#executionCount++;
    const count = this.#executionCount;
    const entry = isStored ? this.#history.add(count, code) : undefined;
    const publish = (type: string, content: Content) => {
      if (!isSilent) this.#channels.publish(type, content, request);
    };
    publish('execute_input', { code, execution_count: count });

    const page = await this.#page(code);
    if (page)
      return { status: 'ok', execution_count: count, user_expressions: {}, payload: [page] };
    let failure: Content | undefined;
    const status = await this.#session.execute(code, {
      // A silent cell has the number of the one before it.
      name: isStored ? `Cell [${count}]` : `Silent cell ${++this.#silentCells}`,
      onInput: (question) => this.#ask(request, question),
      onOutput: (message) => {
        const { type, content } = asJupyter(message, count);
        if (type === 'error') failure ??= content;
        if (entry && message.type === 'result') entry.output = text(message.data['text/plain']);
        publish(type, content);
      },
    });
    if (status === 'ok') {
      return { status, execution_count: count, user_expressions: {}, payload: [] };
    }
    this.#isDead = status === 'dead';
    if (stop_on_error !== false) this.#abortWaiting();
    return { status: 'error', execution_count: count, ...failure };
  }

  async #ask(request: Message, question: InputQuestion): Promise<string> {
    if (request.content.allow_stdin === true) return this.#channels.ask(request, question);
    throw new Error('input() cannot ask anybody: this notebook runs unattended.');
  }

  /** What has come in by now is answered, but not run. */
  #abortWaiting(): void {
    this.#aborting = true;
    this.#queue = this.#queue.then(() => {
      this.#aborting = false;
    });
  }

  /** `?name` and `name?` ask for what is known of a name, in the front end's pager. */
  async #page(code: string): Promise<Content | undefined> {
    const [, before, after] = /^(?:\?\s*([\w.$]+)|([\w.$]+)\s*\?)$/.exec(code.trim()) ?? [];
    const name = before ?? after;
    if (name === undefined) return undefined;
    const found = await this.#session.inspection(name, name.length);
    const words = found ?? `Nothing is known about ${name}.`;
    return { source: 'page', data: { 'text/plain': words }, start: 0 };
  }

  async #completeness(code: string): Promise<Content> {
    const answer = await this.#session.completeness(code);
    return { ...(answer ?? { status: 'unknown' }) };
  }

  async #completion(code: string, cursor: number): Promise<Content> {
    const place = unitsBefore(code, cursor);
    const nothing = { matches: [], start: place, end: place };
    const { matches, start, end } = (await this.#session.completion(code, place)) ?? nothing;
    const [cursor_start, cursor_end] = [start, end].map((at) => charactersBefore(code, at));
    return { status: 'ok', matches, cursor_start, cursor_end, metadata: {} };
  }

  /** Not of Jupyter's protocol: what a page underlines while the learner types. */
  async #diagnostics(code: string): Promise<Content> {
    return { status: 'ok', diagnostics: (await this.#session.diagnostics(code)) ?? [] };
  }

  async #inspection(code: string, cursor: number): Promise<Content> {
    const found = await this.#session.inspection(code, unitsBefore(code, cursor));
    const data = found === undefined ? {} : { 'text/plain': found };
    return { status: 'ok', found: found !== undefined, data, metadata: {} };
  }
}

const kernelInfo = {
  status: 'ok',
  protocol_version: protocolVersion,
  implementation: 'inception-lab',
  language_info: {
    name: 'typescript',
    version: '5.0.4',
    mimetype: 'text/typescript',
    file_extension: '.ts',
    // JupyterLab colours by this, older notebooks by the second.
    codemirror_mode: { mode: 'typescript', name: 'javascript', typescript: true },
  },
  banner: 'TypeScript (Inception Lab)',
  help_links: [],
  supported_features: [],
};

/** A cell's output as the message that Jupyter has for it. */
function asJupyter(message: OutputMessage, count: number): { type: string; content: Content } {
  switch (message.type) {
    case 'stream':
      return { type: 'stream', content: { name: message.name, text: message.text } };
    case 'display':
      return {
        type: message.update ? 'update_display_data' : 'display_data',
        content: { ...message.content },
      };
    case 'clear':
      return { type: 'clear_output', content: { wait: message.wait } };
    case 'result':
      return {
        type: 'execute_result',
        content: { execution_count: count, data: message.data, metadata: {} },
      };
    case 'error': {
      const { ename, evalue, traceback } = message;
      return { type: 'error', content: { ename, evalue, traceback } };
    }
  }
}

function asFailure(thrown: unknown): Content {
  const { name, message } = thrown as Error;
  return { status: 'error', ename: name, evalue: message, traceback: [message] };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
