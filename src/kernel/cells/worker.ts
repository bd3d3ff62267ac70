/**
 * The process in which one notebook's cells run. A cell may loop, exit or exhaust memory: that is
 * why this is a process of its own.
 */
import { basename, join } from 'node:path';
import type { Execution, Request } from '../messages.js';
import { loadedTslabs } from '../for-cells/notebook-display.js';
import { describeError } from './cell-error.js';
import { CellRunner } from './cell-runner.js';
import { gatherText } from './gather-text.js';
import { Interrupter } from './interrupter.js';
import { compileFunction } from './compile-function.js';
import { Modules } from './modules.js';
import { NodeCause } from './node-cause.js';
import { NodePackages } from './node-packages.js';
import { limitOutput } from './output-limit.js';
import { reportOrigins } from './positions.js';

/** In stack frames that are not the learner's: Node's and this kernel's. */
const machinery = /node:|[\\/]kernel[\\/]cells[\\/]/;

const cause = new NodeCause<Execution>();
const interrupter = new Interrupter();

const packages = new NodePackages((specifier) => {
  runner.onLoad();
  if (specifier === 'tslab') connectTslab();
});

const gatherer = gatherText((message) => process.send?.(message));
process.on('exit', gatherer.flush);

const runner = new CellRunner({
  send: limitOutput(gatherer.send),
  ...{ cause, compile: compileFunction },
  modules: new Modules(packages, compileFunction),
  // Jupyter's server says which notebook it is.
  notebookPath: join(process.cwd(), basename(process.env.JPY_SESSION_NAME ?? 'notebook.ipynb')),
  describeError: (thrown) => describeError(thrown, (frame) => machinery.test(frame)),
  onBegin: (cell) => {
    interrupter.begin(cell);
  },
  onEnd: () => {
    interrupter.end();
  },
  // A rejection is reported one turn of the event loop after it happened.
  turn: () => new Promise((resolve) => setImmediate(resolve)),
});

for (const name of ['stdout', 'stderr'] as const) {
  process[name].write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    runner.print(name, typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    const callback = rest.find((argument) => typeof argument === 'function') as
      (() => void) | undefined;
    callback?.();
    return true;
  };
}

/** What `display` of tslab sends goes the same way as all else, whichever copy a cell has found. */
function connectTslab(): void {
  for (const tslab of loadedTslabs()) tslab.lastWriteDisplayData = runner.display;
}

reportOrigins();

// A timer's error, or a promise that nobody awaited: of the cell that has made them.
process.on('uncaughtException', (error) => {
  runner.fail(error);
  cause.forget();
});
process.on('unhandledRejection', (reason, promise) => {
  cause.run(cause.of(promise), () => {
    runner.fail(reason);
  });
});

process.on('disconnect', () => process.exit());

process.on('message', (request: Request) => {
  runner.handle(request);
});
