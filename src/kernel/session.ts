import { fork, type ChildProcess } from 'node:child_process';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { CellError, OutputMessage, Question, Request, WorkerMessage } from './messages.js';

export interface SessionOptions {
  /** The folder from which cells import: the notebook's. */
  readonly cwd: string;
  /** Environment variables beside this process's own. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface ExecuteOptions {
  /** Told what the cell brings forth, and what comes of it later, until the next one. */
  readonly onOutput: (message: OutputMessage) => void;
  /** After which the process is ended, and with it the session. Default: never. */
  readonly timeoutSeconds?: number;
}

/** A notebook's running process: cells are executed one after another and see each other's variables. */
export class Session {
  readonly #worker: ChildProcess;
  #onOutput: ExecuteOptions['onOutput'] = () => undefined;
  /** What awaits an answer, by its number. */
  readonly #asked = new Map<number, (answer: unknown) => void>();
  #questions = 0;
  /** The end of what the process itself, not a cell, wrote to stderr: V8's last words. */
  #lastWords = '';
  #ended: { code: number | null; signal: NodeJS.Signals | null } | undefined;

  constructor({ cwd, env = {} }: SessionOptions) {
    this.#worker = fork(fileURLToPath(new URL('./worker.js', import.meta.url)), {
      cwd,
      env: { ...process.env, ...env },
      execArgv: [],
      // Through the last one the thread is reached that can interrupt a loop.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
    });
    this.#worker.stderr?.on('data', (chunk: Buffer) => {
      this.#lastWords = `${this.#lastWords}${chunk.toString()}`.slice(-4000);
    });
    this.#worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'answer') this.#asked.get(message.id)?.(message.answer);
      else if (message.type !== 'done') this.#onOutput(message);
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
   * @returns how it ended: `'dead'` if the process is gone, and with it all variables; no other cell
   *   can run.
   */
  async execute(
    code: string,
    { onOutput, timeoutSeconds = Infinity }: ExecuteOptions,
  ): Promise<'ok' | 'error' | 'dead'> {
    let status = 'ok' as 'ok' | 'error';
    this.#onOutput = (message) => {
      if (message.type === 'error') status = 'error';
      onOutput(message);
    };
    const ending = await this.#run({ type: 'execute', code }, timeoutSeconds);
    if (ending) onOutput({ type: 'error', ...ending });
    if (ending) return 'dead';
    return status;
  }

  /** Asks the compiler; resolves to `undefined` if the process ends first. */
  ask(question: Question): Promise<unknown> {
    const id = this.#questions++;
    return new Promise((resolve) => {
      const finish = (answer: unknown) => {
        this.#asked.delete(id);
        this.#worker.off('close', onClose);
        resolve(answer);
      };
      const onClose = () => {
        finish(undefined);
      };
      this.#asked.set(id, finish);
      this.#worker.on('close', onClose);
      if (this.#ended) onClose();
      else this.#send({ type: 'ask', id, ...question });
    });
  }

  /** Ends the running cell, whether it loops or waits; its process and its variables stay. */
  interrupt(): void {
    this.#send({ type: 'interrupt' });
    (this.#worker.stdio[4] as Writable | undefined)?.write('!');
  }

  /** Ends the process. */
  close(): void {
    this.#worker.kill('SIGKILL');
  }

  /** Resolves when the cell is done, to why the process ended if it did. */
  #run(request: Request, timeoutSeconds: number): Promise<CellError | undefined> {
    return new Promise((resolve) => {
      let timedOut = false;
      const stop = () => {
        timedOut = true;
        this.close();
      };
      const timer = Number.isFinite(timeoutSeconds)
        ? setTimeout(stop, timeoutSeconds * 1000)
        : undefined;
      const onMessage = (message: WorkerMessage) => {
        if (message.type === 'done') finish(undefined);
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
      else this.#send(request);
    });
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

function timeoutError(seconds: number): CellError {
  const evalue = `The cell did not end within ${seconds} s, and was stopped. Allow it more with --cell-timeout.`;
  return { ename: 'CellTimeout', evalue, traceback: [evalue] };
}

function deadKernel(evalue: string, lastWords: readonly string[] = []): CellError {
  return { ename: 'DeadKernel', evalue, traceback: [evalue, ...lastWords] };
}
