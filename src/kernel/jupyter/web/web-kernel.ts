import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { connectChannels, type ChannelName } from '../../connect-channels.js';
import { Kernel } from '../../kernel.js';
import { compose, type Message } from '../../message.js';
import type { Session } from '../../session.js';
import { version } from '../package-version.js';
import { FrontEnd } from './front-end.js';
import { asOutgoing } from './outgoing.js';
import { readMessage, type Incoming } from './socket-messages.js';

/** What Jupyter's interface tells of a kernel. */
export interface KernelModel {
  readonly id: string;
  readonly name: string;
  /** ISO 8601. */
  readonly last_activity: string;
  readonly execution_state: 'idle' | 'busy';
  /** How many front ends are connected. */
  readonly connections: number;
}

export interface WebKernelOptions {
  readonly name: string;
  /** Called for each start: the first, and those after it. */
  readonly newSession: () => Session;
  /** Milliseconds for which it waits for a front end. */
  readonly patience: number;
  readonly onEnd: () => void;
}

/** One that runs: its front ends may come and go. */
export class WebKernel {
  readonly id = randomUUID();
  readonly #options: WebKernelOptions;
  /** By the ids that they give themselves. */
  readonly #frontEnds = new Map<string, FrontEnd>();
  /** Of the kernel that runs, also while it starts; none when it has ended. */
  #session: Session | undefined;
  #running: Running;
  #state: KernelModel['execution_state'] = 'idle';
  #lastActivity = new Date();
  #leaving: NodeJS.Timeout | undefined;

  constructor(options: WebKernelOptions) {
    this.#options = options;
    this.#running = this.#start();
    this.#waitForFrontEnds();
  }

  get model(): KernelModel {
    return {
      id: this.id,
      name: this.#options.name,
      last_activity: this.#lastActivity.toISOString(),
      execution_state: this.#state,
      connections: this.#connected().length,
    };
  }

  /** @param name of the front end: one that comes back with it gets what it has missed */
  connect(socket: WebSocket, name: string): void {
    const frontEnd = this.#frontEnds.get(name) ?? new FrontEnd();
    this.#frontEnds.set(name, frontEnd);
    clearTimeout(this.#leaving);
    frontEnd.connect(socket);
    socket.on('message', (data: Buffer) => {
      this.#receive(data.toString(), name, socket);
    });
    // Of what else is wrong with a socket, its end tells.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      frontEnd.disconnect(socket);
      if (!frontEnd.isConnected) this.#forgetOthers(frontEnd);
      this.#waitForFrontEnds();
    });
  }

  interrupt(): void {
    this.#running.session.interrupt();
  }

  /** Starts it anew, with the same front ends. */
  restart(): void {
    const { session } = this.#running;
    this.#running = this.#start();
    this.#state = 'idle';
    session.close();
  }

  end(why: string): void {
    // What its cells say of their end is of no interest: nothing is started anew for it.
    this.#session = undefined;
    clearTimeout(this.#leaving);
    this.#running.session.close();
    for (const frontEnd of this.#frontEnds.values()) frontEnd.close(why);
    this.#options.onEnd();
  }

  #start(): Running {
    const session = this.#options.newSession();
    this.#session = session;
    // What one says that has been replaced is of no interest.
    const isCurrent = () => this.#session === session;
    const { channels, controlChannels, takeInput } = connectChannels((channel, message) => {
      if (isCurrent()) this.#send(channel, message);
    }, randomUUID());
    const onEnd = (how: 'shutdown' | 'dead') => {
      if (!isCurrent()) return;
      if (how === 'shutdown') this.end('The kernel was shut down.');
      else this.#replaceDead();
    };
    const kernel = new Kernel({ session, version, channels, controlChannels, onEnd });
    return { session, kernel, takeInput };
  }

  /** As Jupyter does with a kernel whose process is gone. */
  #replaceDead(): void {
    this.restart();
    const content = { execution_state: 'restarting' };
    const options = { session: this.id, parent: undefined };
    this.#send('iopub', compose('status', content, options));
  }

  #receive(text: string, from: string, socket: WebSocket): void {
    let incoming: Incoming;
    try {
      incoming = readMessage(text, from);
    } catch (error) {
      socket.close(1007, `A message is not Jupyter's: ${(error as Error).message}.`.slice(0, 120));
      return;
    }
    this.#lastActivity = new Date();
    const { channel, message } = incoming;
    const { kernel, takeInput } = this.#running;
    if (channel === 'shell') kernel.handleShell(message);
    else if (channel === 'control') kernel.handleControl(message);
    else takeInput(message);
  }

  #send(channel: ChannelName, message: Message): void {
    this.#lastActivity = new Date();
    this.#noteState(message);
    const outgoing = asOutgoing(channel, message);
    if (channel === 'iopub') {
      for (const frontEnd of this.#frontEnds.values()) frontEnd.send(outgoing);
      return;
    }
    const name = Buffer.from(message.identities[0] ?? []).toString();
    this.#frontEnds.get(name)?.send(outgoing);
  }

  #noteState({ header, parent_header, content }: Message): void {
    if (header.msg_type !== 'status' || parent_header.msg_type !== 'execute_request') return;
    this.#state = content.execution_state === 'busy' ? 'busy' : 'idle';
  }

  #connected(): FrontEnd[] {
    return [...this.#frontEnds.values()].filter(({ isConnected }) => isConnected);
  }

  /** Of those that are away, only the last to leave is expected back. */
  #forgetOthers(away: FrontEnd): void {
    for (const [name, frontEnd] of this.#frontEnds) {
      if (!frontEnd.isConnected && frontEnd !== away) this.#frontEnds.delete(name);
    }
  }

  #waitForFrontEnds(): void {
    clearTimeout(this.#leaving);
    const hasEnded = this.#session === undefined;
    if (hasEnded || this.#connected().length > 0) return;
    this.#leaving = setTimeout(() => {
      this.end('Nobody used the kernel any more.');
    }, this.#options.patience);
  }
}

interface Running {
  readonly session: Session;
  readonly kernel: Kernel;
  readonly takeInput: (answer: Message) => void;
}
