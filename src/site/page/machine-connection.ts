import { newId } from '../../kernel/message.js';
import type { BackendOption, Connection, KernelChannel, OpenOptions } from './connection.js';
import { KernelSocket, ServerAway } from './kernel-socket.js';
import { Token, type Verdict } from './token.js';

const gone = 'The server does not answer. Is “npm start” still running?';
const refused =
  'The server does not know this page. Open the course at the address that “npm start” printed.';

/** Kernels of the server that this page comes from, behind Jupyter's own interface. */
export class MachineConnection implements Connection {
  readonly place = 'this machine';
  /** The server has only so many, and keeps one ready. */
  readonly startsEarly = false;
  readonly #token = new Token(judge);

  async backends(): Promise<readonly BackendOption[]> {
    const response = await this.#ask('api/inception-lab/backends');
    return (await response.json()) as BackendOption[];
  }

  async open({ backend, lesson }: OpenOptions): Promise<KernelChannel> {
    const env = backend === undefined ? {} : { INCEPTION_LAB_BACKEND: backend };
    const response = await this.#ask('api/kernels', {
      method: 'POST',
      body: JSON.stringify({ name: 'inception-lab', path: lesson, env }),
    });
    const { id } = (await response.json()) as { id: string };
    const path = `api/kernels/${id}`;
    const session = newId();
    return KernelSocket.open({
      address: () => {
        const address = new URL(`${path}/channels`, document.baseURI);
        address.protocol = address.protocol.replace('http', 'ws');
        address.searchParams.set('session_id', session);
        address.searchParams.set('token', this.#token.known);
        return address;
      },
      find: async () => {
        await this.#ask(path);
      },
      end: () => {
        // Also while the page is left.
        void this.#ask(path, { method: 'DELETE', keepalive: true }).catch(() => undefined);
      },
    });
  }

  async #ask(path: string, options: RequestInit = {}): Promise<Response> {
    const token = await this.#token.find();
    const response = await ask(path, token, options).catch(() => {
      throw new ServerAway(gone);
    });
    if (response.ok) return response;
    if (isRefusal(response)) throw new Error(refused);
    throw new Error(await reasonIn(response));
  }
}

function ask(path: string, token: string, options?: RequestInit): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', Authorization: `token ${token}` };
  return fetch(path, { ...options, headers });
}

function isRefusal({ status }: Response): boolean {
  return status === 401 || status === 403;
}

async function judge(token: string): Promise<Verdict> {
  try {
    const response = await ask('api/kernels', token);
    if (response.ok) return 'accepted';
    return isRefusal(response) ? 'refused' : 'unknown';
  } catch {
    return 'unknown';
  }
}

async function reasonIn(response: Response): Promise<string> {
  const { message } = (await response.json().catch(() => ({}))) as { message?: unknown };
  if (typeof message === 'string' && message !== '') return message;
  return `The server cannot start a kernel: it answers with status ${response.status}.`;
}
