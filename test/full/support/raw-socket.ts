import { randomUUID } from 'node:crypto';
import type { KernelMessage } from '@jupyterlab/services';
import { decode, encode } from '@nteract/messaging/lib/wire-protocol.js';
import { Dealer, Subscriber } from 'zeromq';
import { address, type Connection } from '../../../dist/kernel/jupyter/connection-file.js';

interface Told {
  readonly data: unknown;
}

/**
 * What JupyterLab's client takes for the WebSocket of a server, and is the kernel's own sockets: so
 * VS Code's Jupyter extension joins that client to a kernel without a server between them.
 */
export class RawSocket {
  // The client sets these.
  onopen: () => void = () => undefined;
  onmessage: (told: Told) => void = () => undefined;
  onclose: () => void = () => undefined;
  onerror: () => void = () => undefined;
  readonly protocol = '';
  readonly #connection: Connection;
  readonly #sockets: {
    readonly shell: Dealer;
    readonly control: Dealer;
    readonly stdin: Dealer;
    readonly iopub: Subscriber;
  };

  constructor(connection: Connection) {
    this.#connection = connection;
    const routingId = randomUUID();
    this.#sockets = {
      shell: new Dealer({ routingId }),
      control: new Dealer({ routingId }),
      stdin: new Dealer({ routingId }),
      iopub: new Subscriber(),
    };
    for (const channel of ['shell', 'control', 'stdin', 'iopub'] as const) {
      const socket = this.#sockets[channel];
      socket.connect(address(connection, connection[`${channel}_port`]));
      void this.#listen(channel, socket);
    }
    this.#sockets.iopub.subscribe();
    // When the client listens.
    setImmediate(() => {
      this.onopen();
    });
  }

  send(message: KernelMessage.IMessage): void {
    const socket = this.#sockets[message.channel as 'shell' | 'control' | 'stdin'];
    void socket.send(encode(message as never, this.#connection.key));
  }

  close(): void {
    for (const socket of Object.values(this.#sockets)) socket.close();
  }

  async #listen(channel: KernelMessage.Channel, socket: Dealer | Subscriber): Promise<void> {
    for await (const frames of socket) {
      const message = decode(frames, this.#connection.key);
      this.onmessage({ data: { ...message, channel } });
    }
  }
}
