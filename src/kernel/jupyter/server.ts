import { randomUUID } from 'node:crypto';
import { Publisher, Reply, Router } from 'zeromq';
import { address, type Connection } from './connection-file.js';
import type { Session } from '../session.js';
import { connectChannels, type ChannelName } from '../connect-channels.js';
import { Kernel } from '../kernel.js';
import type { Message } from '../message.js';
import { version } from './package-version.js';
import { decode, encode } from './wire.js';

/** A socket takes one message at a time: this is the queue before it. */
class Outbox {
  #last: Promise<void> = Promise.resolve();
  readonly #socket: Router | Publisher;
  readonly #key: string;

  constructor(socket: Router | Publisher, key: string) {
    this.#socket = socket;
    this.#key = key;
  }

  send(message: Message): void {
    const frames = encode(message, this.#key);
    // Whoever is gone by now needs no answer.
    this.#last = this.#last.then(() => this.#socket.send(frames)).catch(() => undefined);
  }

  /** Resolves when all has been sent. */
  flush(): Promise<void> {
    return this.#last;
  }
}

/**
 * Serves a kernel over ZeroMQ, where a front end expects it.
 *
 * @returns how the kernel ended
 */
export async function serveKernel(
  connection: Connection,
  session: Session,
): Promise<'shutdown' | 'dead'> {
  const [shell, control, stdin] = [new Router(), new Router(), new Router()];
  const [iopub, heartbeat] = [new Publisher(), new Reply()];
  const sockets = [shell, control, stdin, iopub, heartbeat];
  await Promise.all([
    shell.bind(address(connection, connection.shell_port)),
    control.bind(address(connection, connection.control_port)),
    stdin.bind(address(connection, connection.stdin_port)),
    iopub.bind(address(connection, connection.iopub_port)),
    heartbeat.bind(address(connection, connection.hb_port)),
  ]);

  const outboxes = {
    shell: new Outbox(shell, connection.key),
    control: new Outbox(control, connection.key),
    stdin: new Outbox(stdin, connection.key),
    iopub: new Outbox(iopub, connection.key),
  };
  const send = (channel: ChannelName, message: Message) => {
    // Whoever listens to all may choose by the type.
    const topic = [Buffer.from(message.header.msg_type)];
    outboxes[channel].send(channel === 'iopub' ? { ...message, identities: topic } : message);
  };
  const { channels, controlChannels, takeInput } = connectChannels(send, randomUUID());

  return new Promise((resolve) => {
    const kernel = new Kernel({
      ...{ session, version, channels, controlChannels },
      onEnd(how) {
        void Promise.all(Object.values(outboxes).map((outbox) => outbox.flush())).then(() => {
          for (const socket of sockets) socket.close();
          resolve(how);
        });
      },
    });
    void listen(shell, connection.key, (request) => {
      kernel.handleShell(request);
    });
    void listen(control, connection.key, (request) => {
      kernel.handleControl(request);
    });
    void listen(stdin, connection.key, takeInput);
    void echo(heartbeat);
  });
}

/** Gives every message that is signed with the key to `handle`; others are nobody's who may ask. */
async function listen(
  socket: Router,
  key: string,
  handle: (request: Message) => void,
): Promise<void> {
  for await (const frames of socket) {
    let request: Message;
    try {
      request = decode(frames, key);
    } catch (error) {
      console.error(`A message was dropped: ${(error as Error).message}.`);
      continue;
    }
    handle(request);
  }
}

async function echo(heartbeat: Reply): Promise<void> {
  for await (const frames of heartbeat) await heartbeat.send(frames);
}
