import { Worker } from 'node:worker_threads';
import type { Completeness, Completion } from '../messages.js';
import type { Compilation } from './compiled.js';

/** What the compiler is asked for; places are counted in UTF-16 code units. */
export type Task =
  | { readonly about: 'compilation'; readonly code: string; readonly name: string }
  /** Which values of the cell compiled last there are. */
  | { readonly about: 'commit'; readonly known: readonly string[] | 'all' }
  | { readonly about: 'completeness'; readonly code: string }
  | { readonly about: 'completion' | 'inspection'; readonly code: string; readonly place: number };

interface Answers {
  compilation: Compilation;
  commit: undefined;
  completeness: Completeness;
  completion: Completion;
  inspection: string | undefined;
}

export interface CompilerRequest {
  readonly id: number;
  readonly task: Task;
}

interface CompilerAnswer {
  readonly id: number;
  readonly answer: unknown;
  readonly failure?: string;
}

interface Asker {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** A compiler in a thread of its own, so that it keeps nobody waiting. */
export class CompilerThread {
  readonly #thread: Worker;
  readonly #askers = new Map<number, Asker>();
  #requests = 0;
  #end: Error | undefined;

  /** @param cwd the notebook's folder, from which cells import */
  constructor(cwd: string) {
    this.#thread = new Worker(new URL('./thread.js', import.meta.url), {
      workerData: cwd,
      execArgv: [],
    });
    this.#thread.on('message', ({ id, answer, failure }: CompilerAnswer) => {
      const asker = this.#askers.get(id);
      this.#askers.delete(id);
      if (failure === undefined) asker?.resolve(answer as never);
      else asker?.reject(new Error(failure));
    });
    this.#thread.on('error', (error) => {
      this.#fail(error);
    });
    this.#thread.on('exit', () => {
      this.#fail(new Error('The compiler has ended.'));
    });
  }

  /** @throws Error if the compiler fails, as it does on some half-written cells, or has ended. */
  ask<T extends Task>(task: T): Promise<Answers[T['about']]> {
    const id = this.#requests++;
    return new Promise((resolve, reject) => {
      if (this.#end) {
        reject(this.#end);
        return;
      }
      this.#askers.set(id, { resolve, reject });
      this.#thread.postMessage({ id, task } satisfies CompilerRequest);
    });
  }

  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  close(): void {
    void this.#thread.terminate();
  }

  #fail(error: Error): void {
    this.#end ??= error;
    for (const { reject } of this.#askers.values()) reject(this.#end);
    this.#askers.clear();
  }
}
