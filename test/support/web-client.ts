import { once } from 'node:events';
import { WebSocket } from 'ws';
import { compose, type Message } from '../../dist/kernel/message.js';
import type { Answer, Content } from './kernel-client.js';

export interface KernelModel {
  readonly id: string;
  readonly connections: number;
}

/** Who knows the address that a server has printed. */
export class WebClient {
  /** Without path and token. */
  readonly origin: string;
  /** Without the token. */
  readonly base: string;
  readonly token: string;
  readonly #socketHeaders: Record<string, string>;

  /** @param tokenOfSockets `'header'` where a server takes no token in an address */
  constructor(address: string, tokenOfSockets: 'address' | 'header' = 'address') {
    const { origin, searchParams } = new URL(address);
    this.origin = origin;
    this.base = new URL('.', address).href;
    this.token = searchParams.get('token') ?? '';
    this.#socketHeaders =
      tokenOfSockets === 'header' ? { Authorization: `token ${this.token}` } : {};
  }

  ask(path: string, options: RequestInit = {}): Promise<Response> {
    const headers = { Authorization: `token ${this.token}` };
    return fetch(new URL(path, this.base), { headers, ...options });
  }

  async start(env: Record<string, string> = {}): Promise<KernelModel> {
    const body = JSON.stringify({ name: 'inception-lab', env });
    const response = await this.ask('api/kernels', { method: 'POST', body });
    return (await response.json()) as KernelModel;
  }

  end({ id }: KernelModel): Promise<Response> {
    return this.ask(`api/kernels/${id}`, { method: 'DELETE' });
  }

  /** @param session one that comes back with it gets what it has missed */
  async connect({ id }: KernelModel, session = 'a page'): Promise<WebFrontEnd> {
    const address = new URL(`api/kernels/${id}/channels`, this.base.replace('http', 'ws'));
    address.searchParams.set('session_id', session);
    if (!this.#socketHeaders.Authorization) address.searchParams.set('token', this.token);
    const socket = new WebSocket(address, { headers: this.#socketHeaders });
    const frontEnd = new WebFrontEnd(socket);
    await once(socket, 'open');
    return frontEnd;
  }
}

interface ChannelMessage extends Omit<Message, 'identities'> {
  readonly channel: string;
}

/** A page that is connected with a kernel. */
export class WebFrontEnd {
  readonly socket: WebSocket;
  /** All that has come. */
  readonly received: ChannelMessage[] = [];

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      this.received.push(JSON.parse(data.toString()) as ChannelMessage);
    });
  }

  /** @returns the request's id */
  send(type: string, content: Content, channel = 'shell', parent?: Message['header']): string {
    const { header, parent_header } = compose(type, content, { session: 'a page', parent });
    const message = { channel, header, parent_header, metadata: {}, content };
    this.socket.send(JSON.stringify(message));
    return header.msg_id;
  }

  /** Sends a request, and resolves when its reply is there and the kernel is idle again. */
  async request(type: string, content: Content, channel = 'shell'): Promise<Answer> {
    return this.answerTo(this.send(type, content, channel));
  }

  execute(code: string, options: Content = {}): Promise<Answer> {
    return this.request('execute_request', { code, ...options });
  }

  async answerTo(id: string): Promise<Answer> {
    const own = () => this.received.filter(({ parent_header }) => parent_header.msg_id === id);
    await this.until(() => own().some(isReply) && own().some(isIdle));
    const published = own()
      .filter(({ channel }) => channel === 'iopub')
      .map(({ header, content }) => ({ type: header.msg_type, content }));
    return { reply: own().find(isReply)!.content, published };
  }

  /** Waits for what comes, at most half a minute. */
  async until(isThere: () => boolean): Promise<void> {
    const signal = AbortSignal.timeout(30_000);
    while (!isThere()) await once(this.socket, 'message', { signal });
  }
}

function isReply({ header }: ChannelMessage): boolean {
  return header.msg_type.endsWith('_reply');
}

function isIdle({ header, content }: ChannelMessage): boolean {
  return header.msg_type === 'status' && content.execution_state === 'idle';
}
