import { Worker } from 'node:worker_threads';

/** The file descriptor through which a session asks for an interrupt: a line with the cell's number. */
const descriptor = 4;

/** In milliseconds: a cell that waits for something ends by itself within that. */
const patience = 300;

/** In milliseconds: how often it is looked whether a cell has arrived. */
const pause = 10;

/**
 * In milliseconds: a cell that is on its way arrives within that, unless a loop keeps it from that.
 * Longer, since a process that does nothing but hear of the cell is not to be interrupted in that.
 */
const longest = 1000;

/**
 * What the thread runs. In `running` is the number of the cell that runs; where none does, the last
 * one's, negative. Numbers grow.
 */
const program = `
  const { workerData: { running, descriptor, patience, pause, longest } } = require('node:worker_threads');
  const { Session } = require('node:inspector');
  const { Socket } = require('node:net');
  const session = new Session();
  session.connectToMainThread();
  // The session's process has ended: a cell that loops does not notice it.
  const endProcess = () => process.kill(process.pid, 'SIGKILL');
  const endLoop = () => session.post('Runtime.terminateExecution');
  const interrupt = (cell, waited = 0) => {
    const current = Atomics.load(running, 0);
    if (Math.abs(current) < cell) {
      // It is on its way, and is not to run for ever when it arrives. What keeps it from that is a
      // loop to which an earlier cell went on after its end.
      if (waited >= longest) endLoop();
      setTimeout(interrupt, pause, cell, waited >= longest ? 0 : waited + pause);
      return;
    }
    if (current !== cell || Atomics.wait(running, 0, cell, patience) !== 'timed-out') return;
    endLoop();
  };
  new Socket({ fd: descriptor, readable: true })
    .on('data', (lines) => interrupt(Number(String(lines).trim().split('\\n').at(-1))))
    .on('close', () => setTimeout(endProcess, patience));
`;

/**
 * Ends a cell that does not give up control, and the process where nobody is left to ask for that: a
 * thread of its own sees to both.
 */
export class Interrupter {
  readonly #running = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

  constructor() {
    const workerData = { running: this.#running, descriptor, patience, pause, longest };
    const thread = new Worker(program, { eval: true, execArgv: [], env: {}, workerData });
    thread.unref();
  }

  /** To be called when a cell begins. */
  begin(cell: number): void {
    Atomics.store(this.#running, 0, cell);
  }

  /** To be called when it has ended. */
  end(): void {
    Atomics.store(this.#running, 0, -Atomics.load(this.#running, 0));
    Atomics.notify(this.#running, 0);
  }
}
