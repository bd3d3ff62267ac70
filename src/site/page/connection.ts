import type { Header } from '../../kernel/message.js';

/** A message of Jupyter's protocol, as its WebSocket carries it in JSON. */
export interface ChannelMessage {
  readonly channel: 'shell' | 'control' | 'stdin' | 'iopub';
  readonly header: Header;
  /** Of the request that it belongs to; empty where there is none. */
  readonly parent_header: Header | Record<string, never>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly content: Readonly<Record<string, unknown>>;
  readonly buffers?: readonly [];
}

/** A kernel that runs: what is sent to it, and what it says. */
export interface KernelChannel {
  send(message: ChannelMessage): void;
  /** Called with each message; the page sets it. */
  onMessage: (message: ChannelMessage) => void;
  /** Called once, when the kernel is gone without having been closed; the page sets it. */
  onClose: (why?: string) => void;
  /** Ends the kernel. */
  close(): void;
}

/** What can compute, or why it cannot. */
export interface BackendOption {
  readonly name: string;
  /** `'native, CPU, 2 threads'`. */
  readonly description: string;
  readonly why?: string;
}

export interface OpenOptions {
  /** The name of the one that shall compute. Default: the best there is */
  readonly backend?: string | undefined;
  /** The lesson's slug. */
  readonly lesson: string;
}

/** Where kernels run. The page knows no more of it. */
export interface Connection {
  /** `'this machine'`. */
  readonly place: string;
  /** Whether a kernel may start before it is wanted: it takes nothing from other pages. */
  readonly startsEarly: boolean;
  /** Best first. */
  backends(): Promise<readonly BackendOption[]>;
  /**
   * Starts a kernel.
   *
   * @throws Error that says in a sentence why there is none
   */
  open(options: OpenOptions): Promise<KernelChannel>;
}
