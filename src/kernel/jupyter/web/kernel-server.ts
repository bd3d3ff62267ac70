import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { newId } from '../../message.js';
import { checkCaller, checkHost, newToken } from './access.js';
import { Api } from './api.js';
import type { Environment } from './environment.js';
import { answerRefusal, refuseSocket } from './json.js';
import { Kernels, type KernelsOptions } from './kernels.js';
import { Refusal } from './refusal.js';

export type { KernelsOptions };

/** Bytes that a message of a front end may have. */
const mostBytes = 10_000_000;

const channelsPath = /^\/api\/kernels\/([^/]+)\/channels$/;

/**
 * Kernels behind the REST and WebSocket interface of Jupyter's servers, as far as front ends use it
 * of a gateway. Whoever asks has to know the token.
 */
export class KernelServer {
  readonly token = newToken();
  readonly #kernels: Kernels;
  readonly #api: Api;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: mostBytes,
    // Jupyter's first, which has no name.
    handleProtocols: () => false,
  });

  constructor(options: KernelsOptions) {
    this.#kernels = new Kernels(options);
    this.#api = new Api(this.#kernels, options.env?.INCEPTION_LAB_BACKEND);
  }

  /** Whether a path is this server's. */
  owns(path: string): boolean {
    return /^\/(api|kernelspecs)(\/|$)/.test(path);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = addressOf(request);
      checkHost(request);
      checkCaller(request, url, this.token);
      await this.#api.handle(request, response, url.pathname);
    } catch (error) {
      answerRefusal(response, error);
    }
  }

  /** Connects a front end with its kernel. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Whoever is gone by now needs no answer.
    socket.on('error', () => undefined);
    try {
      const url = addressOf(request);
      checkHost(request);
      checkCaller(request, url, this.token);
      const [, id] = channelsPath.exec(url.pathname) ?? [];
      if (id === undefined) throw new Refusal(404, 'There is no WebSocket at this address.');
      const kernel = this.#kernels.find(id);
      const name = url.searchParams.get('session_id') ?? newId();
      this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
        kernel.connect(webSocket, name);
      });
    } catch (error) {
      refuseSocket(socket, error);
    }
  }

  /** {@inheritDoc Kernels.prepare} */
  prepare(env?: Environment): Promise<void> {
    return this.#kernels.prepare(env);
  }

  /** Ends all kernels. */
  close(): void {
    this.#kernels.endAll();
  }
}

/** Of a request, whatever its host is. */
export function addressOf({ url = '/' }: IncomingMessage): URL {
  try {
    return new URL(url, 'http://127.0.0.1');
  } catch {
    throw new Refusal(400, 'The request has no address.');
  }
}
