import { textOf, type CellError, type CodeCell, type Notebook } from '../notebook/notebook.js';
import { version } from './jupyter/package-version.js';
import { Kernel, type Channels } from './kernel.js';
import { compose, type Message } from './message.js';
import { OutputCollector } from './output-collector.js';
import { nodeSession, type NodeSessionOptions } from './node-session.js';
import type { Session } from './session.js';

export interface RunOptions extends NodeSessionOptions {
  /** How long one cell may take, in seconds. */
  readonly cellTimeout: number;
  /** Go on after a cell that failed, as long as its process lives. Default: `false` */
  readonly allowErrors?: boolean;
  /** Called, and waited for, before each code cell: its number, from 1, and how many there are. */
  readonly onCell?: (cell: number, cells: number) => void | Promise<void>;
}

/**
 * Executes a notebook's code cells, with the kernel that Jupyter has too, but within this process.
 *
 * @returns the notebook with outputs; after an error, the cells that were not run have none.
 */
export async function runNotebook(
  notebook: Notebook,
  { cellTimeout, allowErrors = false, onCell, ...options }: RunOptions,
): Promise<Notebook> {
  const executed = structuredClone(notebook);
  const cells = executed.cells.filter((cell): cell is CodeCell => cell.cell_type === 'code');
  for (const cell of cells) Object.assign(cell, { execution_count: null, outputs: [] });

  const session = nodeSession(options);
  const runner = new HeadlessFrontEnd(session, cellTimeout);
  try {
    for (const [i, cell] of cells.entries()) {
      await onCell?.(i + 1, cells.length);
      const status = await runner.run(cell);
      if (status === 'dead' || (status === 'error' && !allowErrors)) break;
    }
  } finally {
    session.close();
  }
  return executed;
}

/** What a front end does, without showing anything. */
class HeadlessFrontEnd {
  readonly #session: Session;
  readonly #kernel: Kernel;
  readonly #cellTimeout: number;
  readonly #collector = new OutputCollector();
  /** Told what the kernel answers to the request that waits for it. */
  #onReply: (content: Message['content']) => void = () => undefined;
  #isDead = false;

  constructor(session: Session, cellTimeout: number) {
    this.#session = session;
    this.#cellTimeout = cellTimeout;
    const channels: Channels = {
      reply: (_, __, content) => {
        this.#onReply(content);
      },
      publish: (type, content, parent) => {
        if (parent) this.#collector.add(parent.header.msg_id, type, content);
      },
      ask: () => Promise.reject(new Error('There is nobody to ask.')),
    };
    const onEnd = () => {
      this.#isDead = true;
    };
    this.#kernel = new Kernel({
      ...{ session, version, onEnd },
      ...{ channels, controlChannels: channels },
    });
  }

  async run(cell: CodeCell): Promise<'ok' | 'error' | 'dead'> {
    const timer = setTimeout(() => {
      this.#session.close(timeoutError(this.#cellTimeout));
    }, this.#cellTimeout * 1000);
    const content = { code: textOf(cell.source), stop_on_error: false };
    const request = compose('execute_request', content, { session: 'run', parent: undefined });
    cell.outputs = this.#collector.outputsOf(request.header.msg_id);
    const reply = await new Promise<Message['content']>((resolve) => {
      this.#onReply = resolve;
      this.#kernel.handleShell(request);
    });
    clearTimeout(timer);
    cell.execution_count = Number(reply.execution_count);
    if (reply.status === 'ok') return 'ok';
    return this.#isDead ? 'dead' : 'error';
  }
}

function timeoutError(seconds: number): CellError {
  const evalue = `The cell did not end within ${seconds} s, and was stopped. Allow more time with --cell-timeout.`;
  return { ename: 'CellTimeout', evalue, traceback: [evalue] };
}
