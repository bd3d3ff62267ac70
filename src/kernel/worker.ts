/**
 * The process in which one notebook's cells run, through tslab's own compiler and executor. A cell
 * may loop, exit or exhaust memory: that is why this is a process of its own.
 */
import { formatWithOptions } from 'node:util';
import converter from 'tslab/dist/converter.js';
import executor from 'tslab/dist/executor.js';
import jupyter from 'tslab/dist/jupyter.js';
import inspection from 'tslab/dist/inspect.js';
import { describeError, describeTypeErrors } from './cell-error.js';
import { completenessOf } from './completeness.js';
import { provideKernel } from './current-kernel.js';
import { Interrupter } from './interrupter.js';
import type { Completion, Question, Request, WorkerMessage } from './messages.js';
import type { Display } from './notebook-display.js';
import { limitOutput } from './output-limit.js';
import { describeValue } from './rich-display.js';

const send = limitOutput((message) => process.send?.(message));

/** The running cell's result, if it has one. */
let results: unknown[] = [];

/** Type errors of the running cell; tslab prints them one by one. */
let typeErrors: string[] = [];

/** What tslab throws into a cell that is interrupted; we have reported that by then. */
const asInterrupted = 'Interrupted asynchronously';

const cells = executor.createExecutor(
  process.cwd(),
  { node: converter.createConverter(), browser: undefined, close: () => undefined },
  // Only tslab itself writes to this console: results and errors. What cells print goes through
  // the global one.
  {
    log: (value: unknown) => {
      results.push(value);
    },
    error: (first: unknown, ...rest: unknown[]) => {
      if (first instanceof Error && first.message === asInterrupted) return;
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
provideKernel({
  clearOutput(wait) {
    send({ type: 'clear', wait });
  },
});

// Errors in timers, and promises that nobody awaited, belong to the cell that is running.
process.on('uncaughtException', (error) => {
  send({ type: 'error', ...describeError(error) });
});

process.on('disconnect', () => process.exit());

const interrupter = new Interrupter();
let cell = 0;
/** Ends the running cell, whatever it is doing; `undefined` between cells. */
let endCell: (() => void) | undefined;

process.on('message', (request: Request) => {
  if (request.type === 'execute') void execute(request.code);
  else if (request.type === 'ask') answer(request);
  else interrupt();
});

async function execute(code: string): Promise<void> {
  typeErrors = [];
  results = [];
  interrupter.begin(++cell);
  await new Promise<void>((resolve) => {
    endCell = resolve;
    // As a microtask: an interrupted loop takes all that called it with it, and in Node's own
    // callbacks that must not be lost.
    void Promise.resolve()
      .then(() => cells.execute(code))
      .then(showResults)
      .then(resolve);
  });
  endCell = undefined;
  interrupter.end();
  // A rejection is reported one turn of the event loop after it happened.
  await new Promise((resolve) => setImmediate(resolve));
  if (typeErrors.length > 0) send({ type: 'error', ...describeTypeErrors(typeErrors) });
  send({ type: 'done' } satisfies WorkerMessage);
}

/** A value's own way to show itself may fail as the cell may. */
async function showResults(): Promise<void> {
  try {
    for (const value of results) {
      const [data, ...below] = await describeValue(value);
      send({ type: 'result', data });
      for (const picture of below) display({ data: picture, metadata: {}, transient: {} });
    }
  } catch (error) {
    send({ type: 'error', ...describeError(error) });
  }
}

/** Gets its turn when the cell waits for something, or when its loop has been ended. */
function interrupt(): void {
  if (!endCell) return;
  const evalue = 'The cell was interrupted.';
  send({ type: 'error', ename: 'KeyboardInterrupt', evalue, traceback: [evalue] });
  cells.interrupt();
  endCell();
}

function answer({ id, ...question }: Request & { type: 'ask' }): void {
  let known: unknown;
  try {
    known = knowledgeOf(question);
  } catch {
    // The compiler gives up on some half-written cells; whoever asks is not to wait for ever.
  }
  send({ type: 'answer', id, answer: known });
}

function knowledgeOf(question: Question): unknown {
  switch (question.about) {
    case 'completeness':
      return completenessOf(question.code);
    case 'completion': {
      const { candidates, start, end } = cells.complete(question.code, question.place);
      return { matches: candidates, start, end } satisfies Completion;
    }
    case 'inspection': {
      const info = cells.inspect(question.code, question.place);
      return info ? inspection.printQuickInfo(info) : null;
    }
  }
}
