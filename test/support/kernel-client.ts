import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dealer, Request, Subscriber } from 'zeromq';
import { decode, encode } from '../../dist/kernel/jupyter/wire.js';
import { compose, type Message } from '../../dist/kernel/message.js';
import { freePorts } from './free-ports.js';
import { temporaryFolderInside } from './temporary-folder.js';

export type Content = Message['content'];

/** A reply, and what was published of its request: from busy to idle, and whatever came later. */
export interface Answer {
  readonly reply: Content;
  readonly published: readonly { readonly type: string; readonly content: Content }[];
}

/** What messages are signed with. */
export const key = 'a key of the tests';

/** A front end, and the kernel that it has started as Jupyter does: by a connection file. */
export class KernelClient {
  readonly process: ChildProcess;
  /** What the kernel's process has written to stderr. */
  stderr = '';
  readonly #ports: readonly number[];
  readonly #clients: Client[] = [];

  /** @param environment variables beside those of the tests */
  static async start(environment: NodeJS.ProcessEnv = {}): Promise<KernelClient> {
    return new KernelClient(await freePorts(5), environment);
  }

  private constructor(ports: readonly number[], environment: NodeJS.ProcessEnv) {
    this.#ports = ports;
    const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports;
    const folder = temporaryFolderInside();
    const file = join(folder, 'connection.json');
    const connection = { transport: 'tcp', ip: '127.0.0.1', key, signature_scheme: 'hmac-sha256' };
    writeFileSync(
      file,
      JSON.stringify({ ...connection, shell_port, iopub_port, stdin_port, control_port, hb_port }),
    );
    const command = join(process.cwd(), 'dist/kernel/jupyter/main.js');
    this.process = spawn(process.execPath, [command, file], {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.process.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
  }

  /** A front end of its own; several may be connected. */
  async connect(): Promise<Client> {
    const client = new Client(this.#ports);
    this.#clients.push(client);
    await client.ready();
    return client;
  }

  /** Resolves to the status with which the kernel's process ends. */
  ended(): Promise<number | null> {
    const { exitCode } = this.process;
    if (exitCode !== null) return Promise.resolve(exitCode);
    return new Promise((resolve) => this.process.once('close', resolve));
  }

  stop(): void {
    for (const client of this.#clients) client.close();
    this.process.kill('SIGKILL');
  }
}

export class Client {
  readonly #session = `client ${Math.random()}`;
  readonly #shell = new Dealer({ routingId: this.#session });
  // The kernel asks the one whose request it is.
  readonly #stdin = new Dealer({ routingId: this.#session });
  readonly #control = new Dealer();
  readonly #iopub = new Subscriber();
  readonly #heartbeat = new Request();
  /** Told of everything that is published or answered. */
  readonly #listeners = new Set<(message: Message) => void>();

  constructor([shell, iopub, stdin, control, heartbeat]: readonly number[]) {
    const address = (port?: number) => `tcp://127.0.0.1:${port}`;
    this.#shell.connect(address(shell));
    this.#stdin.connect(address(stdin));
    this.#control.connect(address(control));
    this.#iopub.connect(address(iopub));
    this.#iopub.subscribe();
    this.#heartbeat.connect(address(heartbeat));
    for (const socket of [this.#shell, this.#control, this.#iopub]) void this.#listen(socket);
  }

  /** Asks until it hears what is published: a subscription takes a moment to arrive. */
  async ready(): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      const { published } = await this.request('kernel_info_request', {}, { patience: 300 }).catch(
        () => ({ published: [] }),
      );
      if (published.length > 0) return;
    }
    throw new Error('The kernel does not answer.');
  }

  /** Sends a request, and resolves when its reply is there and the kernel is idle again. */
  async request(
    type: string,
    content: Content,
    {
      channel = 'shell',
      patience = 30_000,
    }: { channel?: 'shell' | 'control'; patience?: number } = {},
  ): Promise<Answer> {
    const request = compose(type, content, { session: this.#session, parent: undefined });
    const answer = this.#answerTo(request, patience);
    await this.sendFrames(encode(request, key), channel);
    return answer;
  }

  execute(code: string, options: Content = {}): Promise<Answer> {
    const defaults = {
      silent: false,
      store_history: true,
      allow_stdin: false,
      stop_on_error: true,
    };
    return this.request('execute_request', { code, ...defaults, ...options });
  }

  /** Whatever it is. */
  async sendFrames(
    frames: (Buffer | string)[],
    channel: 'shell' | 'control' = 'shell',
  ): Promise<void> {
    await (channel === 'shell' ? this.#shell : this.#control).send(frames);
  }

  /** Resolves to what the next cell asks. */
  async question(): Promise<Message> {
    return decode(await this.#stdin.receive(), key);
  }

  /**
   * Types something when the next cell asks for it; resolves to what it asked.
   *
   * @param isNamed whether the answer says which question it answers
   */
  async type(value: string, isNamed = true): Promise<Content> {
    const { header, content } = await this.question();
    const options = { session: this.#session, parent: isNamed ? header : undefined };
    await this.#stdin.send(encode(compose('input_reply', { value }, options), key));
    return content;
  }

  /** Resolves to what the heartbeat sends back. */
  async beat(text: string): Promise<string> {
    await this.#heartbeat.send(text);
    const [answer] = await this.#heartbeat.receive();
    return String(answer);
  }

  close(): void {
    const sockets = [this.#shell, this.#stdin, this.#control, this.#iopub, this.#heartbeat];
    for (const socket of sockets) socket.close();
  }

  #answerTo(request: Message, patience: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const published: { type: string; content: Content }[] = [];
      let reply: Content | undefined;
      let isIdle = false;
      const timer = setTimeout(() => {
        this.#listeners.delete(listener);
        reject(new Error(`No answer to ${request.header.msg_type} within ${patience} ms.`));
      }, patience);
      const listener = ({ header, parent_header, content }: Message) => {
        if (parent_header.msg_id !== request.header.msg_id) return;
        if (header.msg_type.endsWith('_reply')) reply = content;
        else published.push({ type: header.msg_type, content });
        isIdle ||= header.msg_type === 'status' && content.execution_state === 'idle';
        if (!reply || !isIdle) return;
        clearTimeout(timer);
        resolve({ reply, published });
      };
      this.#listeners.add(listener);
    });
  }

  async #listen(socket: Dealer | Subscriber): Promise<void> {
    for await (const frames of socket) {
      const message = decode(frames, key);
      for (const listener of this.#listeners) listener(message);
    }
  }
}
