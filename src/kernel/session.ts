import type { CellError } from '../notebook/notebook.js';
import type { Compilation } from './compiler/compiled.js';
import type { CompilerClient } from './compiler/compiler-client.js';
import { interruption } from './interruption.js';
import type {
  Completeness,
  Completion,
  Diagnostic,
  Execution,
  InputQuestion,
  OutputMessage,
} from './messages.js';

export interface ExecuteOptions {
  /** What errors call the cell: `Cell [3]`. */
  readonly name: string;
  /** Told what the cell brings forth, also what comes of it after it has ended. */
  readonly onOutput: (message: OutputMessage) => void;
  /** Asks the user; it rejects where there is none. */
  readonly onInput: (question: InputQuestion) => Promise<string>;
}

export type CellStatus = 'ok' | 'error' | 'dead';

/** How a cell's run ended: with what it got to, or together with all variables. */
export type RunEnd =
  | { readonly known: readonly string[] | 'all'; readonly ending?: undefined }
  | { readonly known?: undefined; readonly ending: CellError };

/** Where cells run: in Node a process, in the browser a worker. */
export interface CellHost {
  /** Resolves when the cell is done, or the host has ended; what comes of it later is told too. */
  run(
    execution: Omit<Execution, 'type'>,
    listeners: Pick<ExecuteOptions, 'onOutput' | 'onInput'>,
  ): Promise<RunEnd>;
  /** Ends the running cell, whether it loops or waits. */
  interrupt(): void;
  /** @param reason what a cell is told that is running */
  close(reason?: CellError): void;
}

export interface SessionParts {
  readonly compiler: CompilerClient;
  readonly cells: CellHost;
}

/**
 * A running notebook: cells are executed one after another and see each other's variables. They are
 * compiled in one place and run in another, so that neither keeps this one waiting.
 */
export class Session {
  readonly #compiler: CompilerClient;
  readonly #host: CellHost;
  #cells = 0;
  /** Whether an interrupt has come while the cell was compiled. */
  #isInterrupted = false;
  /** Why this session was ended from outside. */
  #reason: CellError | undefined;

  constructor({ compiler, cells }: SessionParts) {
    this.#compiler = compiler;
    this.#host = cells;
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
    const execution = { cell: ++this.#cells, name, compiled: compilation.cell };
    const { known, ending } = await this.#host.run(execution, { onOutput: listen, onInput });
    if (ending) {
      end(this.#reason ?? ending);
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

  /** What would keep a cell from being run. */
  diagnostics(code: string): Promise<readonly Diagnostic[] | undefined> {
    return this.#ignoreFailure(this.#compiler.ask({ about: 'diagnostics', code }));
  }

  /** Ends the running cell, whether it loops or waits; in Node its variables stay. */
  interrupt(): void {
    this.#isInterrupted = true;
    this.#host.interrupt();
  }

  /**
   * Ends the compiler and the cells.
   *
   * @param reason what a cell is told that is running
   */
  close(reason?: CellError): void {
    this.#reason ??= reason;
    this.#compiler.close();
    this.#host.close(reason);
  }

  /** Whether one has come since the cell began. */
  #hasInterrupt(): boolean {
    return this.#isInterrupted;
  }

  /** The compiler gives up on some half-written cells; whoever asks is not to wait for ever. */
  #ignoreFailure<T>(answer: Promise<T>): Promise<T | undefined> {
    return answer.catch(() => undefined);
  }
}

function compilerError({ message }: Error): CellError {
  const evalue = `The cell could not be compiled: ${message}`;
  return { ename: 'CompilerError', evalue, traceback: [evalue] };
}
