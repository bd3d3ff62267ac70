import type { CellError } from '../../notebook/notebook.js';
import { deadKernel } from '../dead-kernel.js';
import type { Execution, OutputMessage, WorkerMessage } from '../messages.js';
import type { CellHost, ExecuteOptions, RunEnd } from '../session.js';
import type { CellMessage, CellRequest } from './messages.js';

/** In milliseconds: a cell that waits for something ends by itself within that. */
const patience = 700;

const stopped = deadKernel(
  'The cell was stopped while it computed. A browser can only end its worker, so the variables of all cells are lost.',
);

const exhausted = deadKernel(
  "The cell's worker ended, as it does when it uses up all memory that a page may take. The variables of all cells are lost.",
);

const closed = deadKernel('The kernel has ended.');

/** The worker in which a notebook's cells run, seen from outside. */
export class CellWorkerHost implements CellHost {
  readonly #worker: Worker;
  /** What each cell's outputs are told to, by the cell's number. */
  readonly #listeners = new Map<number, (message: OutputMessage) => void>();
  /** What runs now, and is told how it ended. */
  #running: RunningCell | undefined;
  #ending: CellError | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.addEventListener('message', ({ data }) => {
      this.#receive(data as CellMessage);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#end(exhausted);
    });
  }

  run(
    execution: Omit<Execution, 'type'>,
    { onOutput, onInput }: Pick<ExecuteOptions, 'onOutput' | 'onInput'>,
  ): Promise<RunEnd> {
    this.#listeners.set(execution.cell, onOutput);
    return new Promise((resolve) => {
      if (this.#ending) {
        resolve({ ending: this.#ending });
        return;
      }
      this.#running = { onInput, finish: resolve };
      this.#send({ type: 'execute', ...execution });
    });
  }

  /** Its worker and its variables stay, unless it does not give up control. */
  interrupt(): void {
    const running = this.#running;
    if (!running) return;
    this.#send({ type: 'interrupt' });
    setTimeout(() => {
      if (this.#running === running) this.#end(stopped);
    }, patience);
  }

  close(reason: CellError = closed): void {
    this.#end(reason);
  }

  #receive(message: CellMessage): void {
    if (message === 'ready') return;
    const running = this.#running;
    if (message.type === 'output') {
      this.#listeners.get(message.cell)?.(message.output);
    } else if (message.type === 'input') {
      if (running) void this.#answer(message, running.onInput);
    } else {
      this.#running = undefined;
      running?.finish({ known: message.known });
    }
  }

  async #answer(
    { id, question }: WorkerMessage & { type: 'input' },
    onInput: ExecuteOptions['onInput'],
  ): Promise<void> {
    try {
      this.#send({ type: 'input', id, value: await onInput(question) });
    } catch (error) {
      this.#send({ type: 'input', id, failure: (error as Error).message });
    }
  }

  #send(request: CellRequest): void {
    this.#worker.postMessage(request);
  }

  #end(why: CellError): void {
    this.#ending ??= why;
    this.#worker.terminate();
    this.#running?.finish({ ending: this.#ending });
    this.#running = undefined;
  }
}

interface RunningCell {
  readonly onInput: ExecuteOptions['onInput'];
  readonly finish: (how: RunEnd) => void;
}
