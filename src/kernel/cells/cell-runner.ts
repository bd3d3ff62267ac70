import type { CellError } from '../../notebook/notebook.js';
import { contextName, scopeName } from '../compiler/names-in-cells.js';
import { provideKernel, type Display } from '../for-cells/current-kernel.js';
import { interruption } from '../interruption.js';
import type {
  Execution,
  InputQuestion,
  OutputMessage,
  Request,
  WorkerMessage,
} from '../messages.js';
import { describeValue } from '../display/rich-display.js';
import type { Compile, Modules } from './modules.js';
import { TensorLedger } from './tensor-ledger.js';

/** What running cells needs of the world around it: Node's process, or a browser's worker. */
export interface CellWorld {
  readonly send: (message: WorkerMessage) => void;
  /** Knows of which cell whatever happens comes. */
  readonly cause: {
    readonly current: Execution | undefined;
    run<T>(cell: Execution, call: () => T): T;
  };
  readonly modules: Modules;
  readonly compile: Compile;
  /** As which the notebook itself imports: a file in its folder. */
  readonly notebookPath: string;
  readonly describeError: (thrown: unknown) => CellError;
  /** Told when a cell begins to run, and when it has ended. */
  readonly onBegin?: (cell: number) => void;
  readonly onEnd?: () => void;
  /** A turn of the event loop: after it, rejections that nobody has handled are reported. */
  readonly turn: () => Promise<void>;
}

/** With what ends that a cell has begun, when it is interrupted. */
class Interrupted extends Error {}

const evalue = 'What the cell threw cannot be put into words.';
const indescribable: CellError = { ename: 'Error', evalue, traceback: [evalue] };

interface Asker {
  readonly resolve: (value: string) => void;
  readonly reject: (error: Error) => void;
}

/** Runs cells one after another, and tells what they bring forth. */
export class CellRunner {
  readonly #world: CellWorld;
  /** The variables of all cells. */
  readonly #scope: Record<string, unknown> = {};
  readonly #ledger = new TensorLedger(() => this.#causing().name);
  /** The cell that runs, or ran last. */
  #current: Execution | undefined;
  /** Ends the running cell, whatever it is doing; `undefined` between cells. */
  #endCell: (() => void) | undefined;
  /** Tells what the running cell has begun that it is interrupted. */
  #interruption = new AbortController();
  /** Who waits for what the user types, by the number of the question. */
  readonly #askers = new Map<number, Asker>();
  #questions = 0;

  constructor(world: CellWorld) {
    this.#world = world;
    provideKernel({
      display: this.display,
      input: (question) => this.#ask(question),
      clearOutput: (wait) => {
        this.#output({ type: 'clear', wait });
      },
      tensors: () => this.#ledger.report(),
      signal: () => this.#interruption.signal,
    });
  }

  handle(request: Request): void {
    if (request.type === 'execute') void this.#execute(request);
    else if (request.type === 'input') this.#answer(request);
    else this.#interrupt();
  }

  readonly display: Display = (content, update = false) => {
    this.#output({ type: 'display', content, update });
  };

  /** To be called when a module was loaded, before anything is done with it. */
  onLoad(): void {
    this.#ledger.attach();
  }

  print(name: 'stdout' | 'stderr', text: string): void {
    this.#output({ type: 'stream', name, text });
  }

  fail(thrown: unknown): void {
    const error = this.#describe(thrown);
    if (error) this.#output({ type: 'error', ...error });
  }

  /** `undefined` of that with which an interrupted cell's work ends: it has been told. */
  #describe(thrown: unknown): CellError | undefined {
    try {
      return thrown instanceof Interrupted ? undefined : this.#world.describeError(thrown);
    } catch {
      // To look at it fails: it has a getter that throws, or is a proxy that was revoked.
      return indescribable;
    }
  }

  #output(message: OutputMessage, { cell }: { readonly cell: number } = this.#causing()): void {
    this.#world.send({ type: 'output', cell, output: message });
  }

  /** The cell of which whatever happens comes: also what happens after it has ended. */
  #causing(): Pick<Execution, 'cell' | 'name'> {
    return this.#world.cause.current ?? this.#current ?? { cell: 0, name: 'no cell' };
  }

  #ask(question: InputQuestion): Promise<string> {
    const id = this.#questions++;
    this.#world.send({ type: 'input', id, question });
    return new Promise((resolve, reject) => this.#askers.set(id, { resolve, reject }));
  }

  #answer({ id, value = '', failure }: Request & { type: 'input' }): void {
    const asker = this.#askers.get(id);
    this.#askers.delete(id);
    if (failure === undefined) asker?.resolve(value);
    else asker?.reject(new Error(failure));
  }

  async #execute(execution: Execution): Promise<void> {
    const { cell, compiled } = execution;
    const { cause, onBegin, onEnd, turn, send } = this.#world;
    this.#current = execution;
    this.#interruption = new AbortController();
    const scope = this.#scope;
    const before = new Map(compiled.names.map((name) => [name, scope[name]]));
    let end = 'early' as 'whole' | 'early';
    onBegin?.(cell);
    await new Promise<void>((resolve) => {
      this.#endCell = resolve;
      const finish = () => {
        end = 'whole';
      };
      const fail = (error: unknown) => {
        this.fail(error);
      };
      // As a microtask: an interrupted loop takes all that called it with it, and in Node's own
      // callbacks that must not be lost.
      void Promise.resolve()
        .then(() => cause.run(execution, () => this.#run(execution).then(finish, fail)))
        .then(resolve);
    });
    this.#endCell = undefined;
    onEnd?.();
    await turn();
    const reached = compiled.names.filter((name) => !Object.is(scope[name], before.get(name)));
    send({ type: 'done', known: end === 'whole' ? 'all' : reached });
  }

  async #run({ name, compiled }: Execution): Promise<void> {
    const { modules, compile, notebookPath: path } = this.#world;
    const { signal } = this.#interruption;
    modules.update(compiled.modules);
    await modules.prepare(compiled, path);
    // An interrupted cell has ended: what it would begin now, nobody could end any more.
    signal.throwIfAborted();
    const { isAsync } = compiled;
    const parameters = [scopeName, 'exports', 'require', contextName];
    const body = compile(compiled, { name, parameters, isAsync });
    const context = modules.contextOf(compiled, path);
    await body(this.#scope, this.#scope, modules.requireOf(compiled, path), context);
    if (context.result === undefined) return;
    const [data, ...below] = await describeValue(context.result);
    this.#output({ type: 'result', data });
    for (const picture of below) this.display({ data: picture, metadata: {}, transient: {} });
  }

  /** Gets its turn when the cell waits for something, or when its loop has been ended. */
  #interrupt(): void {
    if (!this.#endCell) return;
    this.#output({ type: 'error', ...interruption }, this.#current);
    this.#ledger.settle();
    this.#interruption.abort(new Interrupted(interruption.evalue));
    this.#endCell();
  }
}
