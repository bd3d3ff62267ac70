import type {
  BackendOption,
  ChannelMessage,
  Connection,
  KernelChannel,
  OpenOptions,
} from './connection.js';
import { newId } from '../../kernel/message.js';
import { takeToken } from './token.js';

const gone = 'The server does not answer. Is “npm start” still running?';
const refused =
  'The server does not know this page. Open the course at the address that “npm start” has printed.';

/** Kernels of the server that this page comes from, behind Jupyter's own interface. */
export class MachineConnection implements Connection {
  readonly place = 'this machine';
  readonly #token = takeToken() ?? '';

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
    const address = new URL(`api/kernels/${id}/channels`, document.baseURI);
    address.protocol = address.protocol.replace('http', 'ws');
    address.searchParams.set('session_id', newId());
    address.searchParams.set('token', this.#token);
    const end = () => {
      // Also while the page is left.
      void this.#ask(`api/kernels/${id}`, { method: 'DELETE', keepalive: true }).catch(
        () => undefined,
      );
    };
    return openSocket(address, end);
  }

  async #ask(path: string, options: RequestInit = {}): Promise<Response> {
    const headers = { 'Content-Type': 'application/json', Authorization: `token ${this.#token}` };
    const response = await fetch(path, { ...options, headers }).catch(() => {
      throw new Error(gone);
    });
    if (response.ok) return response;
    if (response.status === 401 || response.status === 403) throw new Error(refused);
    throw new Error(await reasonIn(response));
  }
}

async function reasonIn(response: Response): Promise<string> {
  const { message } = (await response.json().catch(() => ({}))) as { message?: unknown };
  if (typeof message === 'string' && message !== '') return message;
  return `The server cannot start a kernel: it answers with status ${response.status}.`;
}

function openSocket(address: URL, end: () => void): Promise<KernelChannel> {
  const socket = new WebSocket(address);
  const channel: KernelChannel = {
    onMessage: () => undefined,
    onClose: () => undefined,
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    close: () => {
      channel.onClose = () => undefined;
      end();
      socket.close();
    },
  };
  socket.addEventListener('message', ({ data }) => {
    channel.onMessage(JSON.parse(String(data)) as ChannelMessage);
  });
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => {
      resolve(channel);
    });
    socket.addEventListener('close', ({ reason }) => {
      reject(new Error(gone));
      channel.onClose(reason === '' ? gone : reason);
    });
  });
}
