import type { ChannelMessage, KernelChannel } from './connection.js';

export interface KernelSocketOptions {
  /** Of the kernel's WebSocket: with the same `session_id`, it goes on where it was cut. */
  readonly address: () => URL;
  /**
   * Resolves if the kernel is still there.
   *
   * @throws ServerAway if nobody answers, or an Error that says in a sentence why it is not there
   */
  readonly find: () => Promise<void>;
  /** Ends the kernel. */
  readonly end: () => void;
}

/** Nobody answers at the server's address. */
export class ServerAway extends Error {}

/** Milliseconds until each try to connect anew. */
const pauses: readonly number[] = [0, 500, 1500];

/** HTTP's and WebSocket's word for an end that was meant. */
const normalEnd = 1000;

/** A kernel behind a WebSocket: where that is cut, as when the machine has slept, another one follows. */
export class KernelSocket implements KernelChannel {
  onMessage: (message: ChannelMessage) => void = () => undefined;
  onClose: (why?: string) => void = () => undefined;
  readonly #options: KernelSocketOptions;
  readonly #unsent: string[] = [];
  #socket: WebSocket | undefined;
  #isClosed = false;

  private constructor(options: KernelSocketOptions) {
    this.#options = options;
  }

  /** @throws Error that says in a sentence why there is none */
  static async open(options: KernelSocketOptions): Promise<KernelSocket> {
    const channel = new KernelSocket(options);
    await channel.#connect();
    return channel;
  }

  send(message: ChannelMessage): void {
    this.#unsent.push(JSON.stringify(message));
    this.#flush();
  }

  close(): void {
    this.#isClosed = true;
    this.#options.end();
    this.#socket?.close();
  }

  #flush(): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    for (const text of this.#unsent.splice(0)) this.#socket.send(text);
  }

  #connect(): Promise<void> {
    const socket = new WebSocket(this.#options.address());
    return new Promise((resolve, reject) => {
      socket.addEventListener('open', () => {
        this.#socket = socket;
        socket.addEventListener('close', ({ code, reason }) => {
          if (code === normalEnd) this.#end(reason);
          else void this.#reconnect();
        });
        this.#flush();
        resolve();
      });
      socket.addEventListener('message', ({ data }) => {
        this.onMessage(JSON.parse(String(data)) as ChannelMessage);
      });
      socket.addEventListener('close', () => {
        reject(new ServerAway('The server does not open a connection to the kernel.'));
      });
    });
  }

  async #reconnect(): Promise<void> {
    let problem: unknown;
    for (const pause of pauses) {
      await new Promise((go) => setTimeout(go, pause));
      if (this.#isClosed) return;
      try {
        await this.#options.find();
        await this.#connect();
        return;
      } catch (error) {
        problem = error;
        if (!(error instanceof ServerAway)) break;
      }
    }
    this.#end((problem as Error).message);
  }

  #end(why: string): void {
    if (!this.#isClosed) this.onClose(why === '' ? undefined : why);
    this.#isClosed = true;
  }
}
