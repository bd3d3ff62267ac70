import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Output } from '../notebook/notebook.js';
import type { CellError, ExecuteRequest, WorkerMessage } from './messages.js';
import { OutputCollector } from './output-collector.js';

export interface SessionOptions {
  /** The folder from which cells import: the notebook's. */
  readonly cwd: string;
  /** Environment variables beside this process's own. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface CellResult {
  /** `'dead'`: the process is gone, and with it all variables; no other cell can run. */
  readonly status: 'ok' | 'error' | 'dead';
  readonly outputs: Output[];
}

/** A notebook's running process: cells are executed one after another and see each other's variables. */
export class Session {
  readonly #worker: ChildProcess;
  readonly #collector = new OutputCollector();
  /** The end of what the process itself, not a cell, wrote to stderr: V8's last words. */
  #lastWords = '';
  #ended: { code: number | null; signal: NodeJS.Signals | null } | undefined;

  constructor({ cwd, env = {} }: SessionOptions) {
    this.#worker = fork(fileURLToPath(new URL('./worker.js', import.meta.url)), {
      cwd,
      env: { ...process.env, ...env },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#worker.stderr?.on('data', (chunk: Buffer) => {
      this.#lastWords = `${this.#lastWords}${chunk.toString()}`.slice(-4000);
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

  /**
   * Runs one cell.
   *
   * @param timeoutSeconds after which the process is ended, and with it the session.
   */
  async execute(code: string, timeoutSeconds: number): Promise<CellResult> {
    this.#collector.startCell();
    const ending = await this.#run({ code }, timeoutSeconds);
    if (ending) this.#collector.add({ type: 'error', ...ending });
    const outputs = this.#collector.outputs;
    if (ending) return { status: 'dead', outputs };
    const failed = outputs.some(({ output_type }) => output_type === 'error');
    return { status: failed ? 'error' : 'ok', outputs };
  }

  /** Ends the process. */
  close(): void {
    this.#worker.kill('SIGKILL');
  }

  /** Resolves when the cell is done, to why the process ended if it did. */
  #run(request: ExecuteRequest, timeoutSeconds: number): Promise<CellError | undefined> {
    return new Promise((resolve) => {
      let timedOut = false;
      const timer = setTimeout(() => {
        timedOut = true;
        this.close();
      }, timeoutSeconds * 1000);
      const onMessage = (message: WorkerMessage) => {
        if (message.type === 'done') finish(undefined);
        else this.#collector.add(message);
      };
      const onClose = () => {
        finish(timedOut ? timeoutError(timeoutSeconds) : this.#deathError());
      };
      const finish = (ending: CellError | undefined) => {
        clearTimeout(timer);
        this.#worker.off('message', onMessage).off('close', onClose);
        resolve(ending);
      };
      this.#worker.on('message', onMessage).on('close', onClose);
      if (this.#ended) onClose();
      // Whether it fails does not matter: then the process has ended, and onClose says so.
      else this.#worker.send(request, () => undefined);
    });
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

function timeoutError(seconds: number): CellError {
  const evalue = `The cell did not end within ${seconds} s, and was stopped. Allow it more with --cell-timeout.`;
  return { ename: 'CellTimeout', evalue, traceback: [evalue] };
}

function deadKernel(evalue: string, lastWords: readonly string[] = []): CellError {
  return { ename: 'DeadKernel', evalue, traceback: [evalue, ...lastWords] };
}
