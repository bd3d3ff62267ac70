import type { Connection } from './connection.js';
import { NotebookClient } from './notebook-client.js';

/** `'off'`: none has been wanted yet, or it is gone. */
export type ComputerState = 'off' | 'starting' | 'idle' | 'busy';

/** Seconds within which a kernel has to answer. */
const patience = 40;

/** The lesson's kernel: started when it is first wanted. */
export class Computer {
  onState: (state: ComputerState) => void = () => undefined;
  /** Called when all variables are gone, without having been told to; the reason, as a sentence. */
  onLoss: (why: string) => void = () => undefined;
  /** The name of what shall compute. */
  backend: string | undefined;
  /** A kernel starts when this has resolved: until then, `backend` may not be what was chosen. */
  chosen: Promise<void> = Promise.resolve();
  readonly #connection: Connection;
  readonly #lesson: string;
  #client: Promise<NotebookClient> | undefined;

  constructor(connection: Connection, lesson: string) {
    this.#connection = connection;
    this.#lesson = lesson;
  }

  get isOn(): boolean {
    return this.#client !== undefined;
  }

  /**
   * The kernel, which is started if there is none.
   *
   * @throws Error that says in a sentence why it does not start
   */
  client(): Promise<NotebookClient> {
    this.#client ??= this.#start().catch((error: unknown) => {
      this.#client = undefined;
      this.onState('off');
      throw error;
    });
    return this.#client;
  }

  /** Ends the running cell. */
  interrupt(): void {
    void this.#client?.then((client) => {
      client.interrupt();
    });
  }

  /** Ends the kernel. */
  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    this.#client = undefined;
    if (client) client.onClose = () => undefined;
    client?.close();
    this.onState('off');
  }

  async #start(): Promise<NotebookClient> {
    this.onState('starting');
    const opening = this.chosen.then(() =>
      this.#connection.open({ backend: this.backend, lesson: this.#lesson }),
    );
    const started = opening.then(async (channel) => {
      const client = new NotebookClient(channel);
      await client.ready();
      return client;
    });
    const client = await inTime(started).catch((error: unknown) => {
      // It may come yet, when nobody waits for it any more.
      opening.then(
        (channel) => {
          channel.close();
        },
        () => undefined,
      );
      throw error;
    });
    client.onBusy = (isBusy) => {
      if (this.#client !== undefined) this.onState(isBusy ? 'busy' : 'idle');
    };
    client.onRestart = () => {
      this.onLoss('The kernel had to restart.');
    };
    client.onClose = (why) => {
      this.#client = undefined;
      this.onState('off');
      this.onLoss(why);
    };
    this.onState('idle');
    return client;
  }
}

function inTime<T>(promise: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => {
      reject(new Error(`The kernel has not started within ${patience} seconds.`));
    }, patience * 1000);
  });
  return Promise.race([promise, late]);
}
