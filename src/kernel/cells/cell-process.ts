import { fork, type ChildProcess } from 'node:child_process';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { CellError } from '../../notebook/notebook.js';
import { deadKernel } from '../dead-kernel.js';
import type { Execution, OutputMessage, Request, WorkerMessage } from '../messages.js';
import type { CellHost, ExecuteOptions, RunEnd } from '../session.js';

export interface CellProcessOptions {
  /** The folder from which cells import: the notebook's. */
  readonly cwd: string;
  /** Environment variables beside this process's own. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The process in which a notebook's cells run, seen from outside. */
export class CellProcess implements CellHost {
  readonly #worker: ChildProcess;
  /** What each cell's outputs are told to, by the cell's number. */
  readonly #listeners = new Map<number, (message: OutputMessage) => void>();
  /** The number of the one that runs, or ran last. */
  #cell = 0;
  /** The end of what the process itself, not a cell, wrote to stderr: V8's last words. */
  #lastWords = '';
  #ended: { code: number | null; signal: NodeJS.Signals | null } | undefined;
  /** Why it was ended from outside. */
  #reason: CellError | undefined;

  constructor({ cwd, env = {} }: CellProcessOptions) {
    this.#worker = fork(fileURLToPath(new URL('./worker.js', import.meta.url)), {
      cwd,
      env: { ...process.env, ...env },
      // `import.meta.resolve` with a second argument: packages are looked for from the notebook.
      execArgv: ['--experimental-import-meta-resolve'],
      // Through the last one the thread is reached that can interrupt a loop.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
    });
    this.#worker.stderr?.on('data', (chunk: Buffer) => {
      this.#lastWords = `${this.#lastWords}${chunk.toString()}`.slice(-4000);
    });
    // What was not read when the process was killed comes back as an error; its end says all there is.
    for (const pipe of this.#worker.stdio) pipe?.on('error', () => undefined);
    this.#worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'output') this.#listeners.get(message.cell)?.(message.output);
    });
    // A cell that loops does not notice that nobody listens any more.
    const close = () => {
      this.close();
    };
    process.once('exit', close);
    this.#worker.on('close', (code, signal) => {
      this.#ended = { code, signal };
      process.off('exit', close);
    });
  }

  run(
    execution: Omit<Execution, 'type'>,
    { onOutput, onInput }: Pick<ExecuteOptions, 'onOutput' | 'onInput'>,
  ): Promise<RunEnd> {
    this.#listeners.set(execution.cell, onOutput);
    this.#cell = execution.cell;
    return new Promise((resolve) => {
      const onMessage = (message: WorkerMessage) => {
        if (message.type === 'input') void this.#answer(message.id, onInput(message.question));
        else if (message.type === 'done') finish({ known: message.known });
      };
      const onClose = () => {
        finish({ ending: this.#reason ?? this.#deathError() });
      };
      const finish = (how: RunEnd) => {
        this.#worker.off('message', onMessage).off('close', onClose);
        resolve(how);
      };
      this.#worker.on('message', onMessage).on('close', onClose);
      if (this.#ended) onClose();
      else this.#send({ type: 'execute', ...execution });
    });
  }

  /** Its process and its variables stay. */
  interrupt(): void {
    this.#send({ type: 'interrupt' });
    (this.#worker.stdio[4] as Writable | undefined)?.write(`${this.#cell}\n`);
  }

  close(reason?: CellError): void {
    this.#reason ??= reason;
    this.#worker.kill('SIGKILL');
  }

  async #answer(id: number, typed: Promise<string>): Promise<void> {
    try {
      this.#send({ type: 'input', id, value: await typed });
    } catch (error) {
      this.#send({ type: 'input', id, failure: (error as Error).message });
    }
  }

  #send(request: Request): void {
    // Whether it fails does not matter: then the process has ended, and its end says so.
    if (this.#worker.connected) this.#worker.send(request, () => undefined);
  }

  #deathError(): CellError {
    const { code, signal } = this.#ended ?? { code: null, signal: null };
    if (/heap out of memory/i.test(this.#lastWords)) {
      return deadKernel('The cell used up all memory that Node may take, and its process ended.');
    }
    const how = signal ? `was ended by ${signal}` : `exited with status ${code ?? 'unknown'}`;
    const words = code === 0 || this.#lastWords === '' ? [] : this.#lastWords.trimEnd().split('\n');
    return deadKernel(`The cell's process ${how}.`, words);
  }
}
