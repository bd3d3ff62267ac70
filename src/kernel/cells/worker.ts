/**
 * The process in which one notebook's cells run. A cell may loop, exit or exhaust memory: that is
 * why this is a process of its own.
 */
import { contextName, scopeName } from '../compiler/names-in-cells.js';
import { provideKernel } from '../current-kernel.js';
import { interruption } from '../interruption.js';
import type { InputQuestion, OutputMessage, Request, WorkerMessage } from '../messages.js';
import { loadedTslabs, type Display } from '../notebook-display.js';
import { describeValue } from '../rich-display.js';
import { Cause } from './cause.js';
import { describeError } from './cell-error.js';
import { Interrupter } from './interrupter.js';
import { compileFunction, Modules } from './modules.js';
import { limitOutput } from './output-limit.js';
import { rememberOrigin, reportOrigins } from './positions.js';
import { TensorLedger } from './tensor-ledger.js';

type Execution = Request & { type: 'execute' };

const send = limitOutput((message: WorkerMessage) => process.send?.(message));

/** The cell of which whatever happens comes: also what happens after it has ended. */
const cause = new Cause<Execution>();

/** The cell that runs, or ran last. */
let current: Execution | undefined;

/** Ends the running cell, whatever it is doing; `undefined` between cells. */
let endCell: (() => void) | undefined;

function output(message: OutputMessage, { cell }: { cell: number } = causeOf()): void {
  send({ type: 'output', cell, output: message });
}

function causeOf(): Pick<Execution, 'cell' | 'name'> {
  return cause.current ?? current ?? { cell: 0, name: 'no cell' };
}

function fail(error: unknown): void {
  output({ type: 'error', ...describeError(error) });
}

for (const name of ['stdout', 'stderr'] as const) {
  process[name].write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    output({ type: 'stream', name, text });
    const callback = rest.find((argument) => typeof argument === 'function') as
      (() => void) | undefined;
    callback?.();
    return true;
  };
}

const display: Display = (content, update = false) => {
  output({ type: 'display', content, update });
};

/** Who waits for what the user types, by the number of the question. */
const askers = new Map<
  number,
  { resolve: (value: string) => void; reject: (error: Error) => void }
>();
let questions = 0;

function input(question: InputQuestion): Promise<string> {
  const id = questions++;
  send({ type: 'input', id, question });
  return new Promise((resolve, reject) => askers.set(id, { resolve, reject }));
}

function answer({ id, value = '', failure }: Request & { type: 'input' }): void {
  if (failure === undefined) askers.get(id)?.resolve(value);
  else askers.get(id)?.reject(new Error(failure));
  askers.delete(id);
}

const ledger = new TensorLedger(() => causeOf().name);

provideKernel({
  display,
  input,
  clearOutput(wait) {
    output({ type: 'clear', wait });
  },
  tensors: () => ledger.report(),
});

const modules = new Modules(process.cwd(), (specifier) => {
  ledger.attach();
  if (specifier === 'tslab') connectTslab();
});

/** What `display` of tslab sends goes the same way as all else, whichever copy a cell has found. */
function connectTslab(): void {
  for (const tslab of loadedTslabs()) tslab.lastWriteDisplayData = display;
}

reportOrigins();

// A timer's error, or a promise that nobody awaited: of the cell that has made them.
process.on('uncaughtException', (error) => {
  fail(error);
  cause.forget();
});
process.on('unhandledRejection', (reason, promise) => {
  cause.run(cause.of(promise), () => {
    fail(reason);
  });
});

process.on('disconnect', () => process.exit());

const interrupter = new Interrupter();

process.on('message', (request: Request) => {
  if (request.type === 'execute') void execute(request);
  else if (request.type === 'input') answer(request);
  else interrupt();
});

/** The variables of all cells. */
const scope: Record<string, unknown> = {};

async function execute(execution: Execution): Promise<void> {
  const { cell, compiled } = execution;
  current = execution;
  const before = new Map(compiled.names.map((name) => [name, scope[name]]));
  let end = 'early' as 'whole' | 'early';
  interrupter.begin(cell);
  await new Promise<void>((resolve) => {
    endCell = resolve;
    const finish = () => {
      end = 'whole';
    };
    // As a microtask: an interrupted loop takes all that called it with it, and in Node's own
    // callbacks that must not be lost.
    void Promise.resolve()
      .then(() => cause.run(execution, () => run(execution).then(finish, fail)))
      .then(resolve);
  });
  endCell = undefined;
  interrupter.end();
  // A rejection is reported one turn of the event loop after it happened.
  await new Promise((resolve) => setImmediate(resolve));
  const reached = compiled.names.filter((name) => !Object.is(scope[name], before.get(name)));
  send({ type: 'done', known: end === 'whole' ? 'all' : reached });
}

async function run({ name, compiled }: Execution): Promise<void> {
  const path = modules.notebookPath;
  rememberOrigin(name, compiled);
  modules.update(compiled.modules);
  await modules.prepare(compiled, path);
  const parameters = [scopeName, 'exports', 'require', contextName];
  const body = compileFunction(compiled.javascript, name, parameters, compiled.isAsync);
  const context = modules.contextOf(compiled, path);
  await body(scope, scope, modules.requireOf(compiled, path), context);
  if (context.result === undefined) return;
  const [data, ...below] = await describeValue(context.result);
  output({ type: 'result', data });
  for (const picture of below) display({ data: picture, metadata: {}, transient: {} });
}

/** Gets its turn when the cell waits for something, or when its loop has been ended. */
function interrupt(): void {
  if (!endCell) return;
  output({ type: 'error', ...interruption }, current);
  endCell();
}
