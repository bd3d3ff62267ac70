/**
 * The process in which one notebook's cells run, through tslab's own compiler and executor. A cell
 * may loop, exit or exhaust memory: that is why this is a process of its own.
 */
import { formatWithOptions, inspect } from 'node:util';
import converter from 'tslab/dist/converter.js';
import executor from 'tslab/dist/executor.js';
import jupyter from 'tslab/dist/jupyter.js';
import { describeError, describeTypeErrors } from './cell-error.js';
import type { ExecuteRequest, WorkerMessage } from './messages.js';
import type { Display } from './notebook-display.js';
import { limitOutput } from './output-limit.js';

const send = limitOutput((message) => process.send?.(message));

/** Type errors of the running cell; tslab prints them one by one. */
let typeErrors: string[] = [];

const cells = executor.createExecutor(
  process.cwd(),
  { node: converter.createConverter(), browser: undefined, close: () => undefined },
  // Only tslab itself writes to this console: results and errors. What cells print goes through
  // the global one.
  {
    log: (value: unknown) => {
      send({ type: 'result', text: inspect(value) });
    },
    error: (first: unknown, ...rest: unknown[]) => {
      if (rest.length > 0) typeErrors.push(formatWithOptions({}, first, ...rest));
      else send({ type: 'error', ...describeError(first) });
    },
  },
);

for (const name of ['stdout', 'stderr'] as const) {
  process[name].write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    send({
      type: 'stream',
      name,
      text: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString(),
    });
    const callback = rest.find((argument) => typeof argument === 'function') as
      (() => void) | undefined;
    callback?.();
    return true;
  };
}

const display: Display = (content, update = false) => {
  send({ type: 'display', content, update });
};
jupyter.lastWriteDisplayData = display;

// Errors in timers, and promises that nobody awaited, belong to the cell that is running.
process.on('uncaughtException', (error) => {
  send({ type: 'error', ...describeError(error) });
});

process.on('disconnect', () => process.exit());

process.on('message', ({ code }: ExecuteRequest) => {
  void execute(code);
});

async function execute(code: string): Promise<void> {
  typeErrors = [];
  await cells.execute(code);
  // A rejection is reported one turn of the event loop after it happened.
  await new Promise((resolve) => setImmediate(resolve));
  if (typeErrors.length > 0) send({ type: 'error', ...describeTypeErrors(typeErrors) });
  send({ type: 'done' } satisfies WorkerMessage);
}
