import { fork, type ChildProcess } from 'node:child_process';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Compilation } from './compiler/compiled.js';
import { CompilerThread } from './compiler/compiler-thread.js';
import { interruption } from './interruption.js';
import type {
  CellError,
  Completeness,
  Completion,
  InputQuestion,
  OutputMessage,
  Request,
  WorkerMessage,
} from './messages.js';

export interface SessionOptions {
  /** The folder from which cells import: the notebook's. */
  readonly cwd: string;
  /** Environment variables beside this process's own. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface ExecuteOptions {
  /** What errors call the cell: `Cell [3]`. */
  readonly name: string;
  /** Told what the cell brings forth, also what comes of it after it has ended. */
  readonly onOutput: (message: OutputMessage) => void;
  /** Asks the user; it rejects where there is none. */
  readonly onInput: (question: InputQuestion) => Promise<string>;
}

export type CellStatus = 'ok' | 'error' | 'dead';

/**
 * A running notebook: cells are executed one after another and see each other's variables. They are
 * compiled in a thread and run in a process, so that neither keeps this one waiting.
 */
export class Session {
  readonly #compiler: CompilerThread;
  readonly #worker: ChildProcess;
  /** What each cell's outputs are told to, by the cell's number. */
  readonly #listeners = new Map<number, ExecuteOptions['onOutput']>();
  #cells = 0;
  /** Whether an interrupt has come while the cell was compiled. */
  #isInterrupted = false;
  /** The end of what the process itself, not a cell, wrote to stderr: V8's last words. */
  #lastWords = '';
  #ended: { code: number | null; signal: NodeJS.Signals | null } | undefined;
  /** Why this session was ended from outside. */
  #reason: CellError | undefined;

  constructor({ cwd, env = {} }: SessionOptions) {
    this.#compiler = new CompilerThread(cwd);
    this.#worker = fork(fileURLToPath(new URL('./cells/worker.js', import.meta.url)), {
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

  /**
   * Runs one cell.
   *
   * @returns how it ended: `'dead'` if the process is gone, and with it all variables; no other cell
   *   can run.
   */
  async execute(code: string, { name, onOutput, onInput }: ExecuteOptions): Promise<CellStatus> {
    let status = 'ok' as CellStatus;
    const listen = (message: OutputMessage) => {
      if (message.type === 'error') status = 'error';
      onOutput(message);
    };
    const end = (error: CellError) => {
      listen({ type: 'error', ...error });
      return status;
    };
    this.#isInterrupted = false;
    let compilation: Compilation;
    try {
      compilation = await this.#compiler.ask({ about: 'compilation', code, name });
    } catch (failure) {
      end(this.#reason ?? compilerError(failure as Error));
      return this.#compiler.hasEnded ? 'dead' : status;
    }
    if (compilation.error) return end(compilation.error);
    if (this.#hasInterrupt()) return end(interruption);
    const cell = ++this.#cells;
    this.#listeners.set(cell, listen);
    const { known, ending } = await this.#run({ cell, name, compiled: compilation.cell }, onInput);
    if (ending) {
      end(ending);
      return 'dead';
    }
    void this.#ignoreFailure(this.#compiler.ask({ about: 'commit', known }));
    return status;
  }

  /** Whether a cell can be run as it is; `undefined` where the compiler gives up. */
  completeness(code: string): Promise<Completeness | undefined> {
    return this.#ignoreFailure(this.#compiler.ask({ about: 'completeness', code }));
  }

  /** What could stand at a place of a cell: its offset in UTF-16 code units. */
  completion(code: string, place: number): Promise<Completion | undefined> {
    return this.#ignoreFailure(this.#compiler.ask({ about: 'completion', code, place }));
  }

  /** What is known of what stands there. */
  inspection(code: string, place: number): Promise<string | undefined> {
    return this.#ignoreFailure(this.#compiler.ask({ about: 'inspection', code, place }));
  }

  /** Ends the running cell, whether it loops or waits; its process and its variables stay. */
  interrupt(): void {
    this.#isInterrupted = true;
    this.#send({ type: 'interrupt' });
    (this.#worker.stdio[4] as Writable | undefined)?.write('!');
  }

  /**
   * Ends the processes.
   *
   * @param reason what a cell is told that is running
   */
  close(reason?: CellError): void {
    this.#reason ??= reason;
    this.#compiler.close();
    this.#worker.kill('SIGKILL');
  }

  /** Resolves when the cell is done, or the process has ended. */
  #run(
    execution: Omit<Execution, 'type'>,
    onInput: ExecuteOptions['onInput'],
  ): Promise<Done | Ended> {
    return new Promise((resolve) => {
      const onMessage = (message: WorkerMessage) => {
        if (message.type === 'input') void this.#answer(message.id, onInput(message.question));
        else if (message.type === 'done') finish({ known: message.known });
      };
      const onClose = () => {
        finish({ ending: this.#reason ?? this.#deathError() });
      };
      const finish = (how: Done | Ended) => {
        this.#worker.off('message', onMessage).off('close', onClose);
        resolve(how);
      };
      this.#worker.on('message', onMessage).on('close', onClose);
      if (this.#ended) onClose();
      else this.#send({ type: 'execute', ...execution });
    });
  }

  async #answer(id: number, typed: Promise<string>): Promise<void> {
    try {
      this.#send({ type: 'input', id, value: await typed });
    } catch (error) {
      this.#send({ type: 'input', id, failure: (error as Error).message });
    }
  }

  /** Whether one has come since the cell began. */
  #hasInterrupt(): boolean {
    return this.#isInterrupted;
  }

  #send(request: Request): void {
    // Whether it fails does not matter: then the process has ended, and its end says so.
    if (this.#worker.connected) this.#worker.send(request, () => undefined);
  }

  /** The compiler gives up on some half-written cells; whoever asks is not to wait for ever. */
  #ignoreFailure<T>(answer: Promise<T>): Promise<T | undefined> {
    return answer.catch(() => undefined);
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

type Execution = Request & { type: 'execute' };

interface Done {
  readonly known: readonly string[] | 'all';
  readonly ending?: undefined;
}

interface Ended {
  readonly known?: undefined;
  readonly ending: CellError;
}

function deadKernel(evalue: string, lastWords: readonly string[] = []): CellError {
  return { ename: 'DeadKernel', evalue, traceback: [evalue, ...lastWords] };
}

function compilerError({ message }: Error): CellError {
  const evalue = `The cell could not be compiled: ${message}`;
  return { ename: 'CompilerError', evalue, traceback: [evalue] };
}
