import type { Completeness, Completion, Diagnostic } from '../messages.js';
import type { Compilation } from './compiled.js';

/** What the compiler is asked for; places are counted in UTF-16 code units. */
export type Task =
  | { readonly about: 'compilation'; readonly code: string; readonly name: string }
  /** Which values of the cell compiled last there are. */
  | { readonly about: 'commit'; readonly known: readonly string[] | 'all' }
  | { readonly about: 'completeness' | 'diagnostics'; readonly code: string }
  | { readonly about: 'completion' | 'inspection'; readonly code: string; readonly place: number };

interface Answers {
  compilation: Compilation;
  commit: undefined;
  completeness: Completeness;
  completion: Completion;
  inspection: string | undefined;
  diagnostics: readonly Diagnostic[];
}

export interface CompilerRequest {
  readonly id: number;
  readonly task: Task;
}

export interface CompilerAnswer {
  readonly id: number;
  readonly answer: unknown;
  readonly failure?: string;
}

interface Asker {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** The thread or worker in which a compiler runs, seen from outside. */
export interface CompilerHost {
  send(request: CompilerRequest): void;
  listen(onAnswer: (answer: CompilerAnswer) => void, onEnd: (why: Error) => void): void;
  close(): void;
}

/** A compiler in a thread of its own, so that it keeps nobody waiting. */
export class CompilerClient {
  readonly #host: CompilerHost;
  readonly #askers = new Map<number, Asker>();
  #requests = 0;
  #end: Error | undefined;

  constructor(host: CompilerHost) {
    this.#host = host;
    host.listen(
      ({ id, answer, failure }) => {
        const asker = this.#askers.get(id);
        this.#askers.delete(id);
        if (failure === undefined) asker?.resolve(answer as never);
        else asker?.reject(new Error(failure));
      },
      (why) => {
        this.#fail(why);
      },
    );
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
      this.#host.send({ id, task });
    });
  }

  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  close(): void {
    this.#host.close();
  }

  #fail(error: Error): void {
    this.#end ??= error;
    for (const { reject } of this.#askers.values()) reject(this.#end);
    this.#askers.clear();
  }
}
