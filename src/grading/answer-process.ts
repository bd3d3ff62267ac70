import {
  MessageChannel,
  receiveMessageOnPort,
  Worker,
  type MessagePort,
} from 'node:worker_threads';
import type {
  NumberedAnswer,
  NumberedRequest,
  ThreadAnswer,
  ThreadData,
  ThreadRequest,
} from './answer-thread.js';
import type { CommandLine } from './confinement/confinement.js';
import type { Parcel } from './values/packed.js';

/** That the process in which an answer runs has ended, or was ended. */
export class AnswerEnded extends Error {}

/** That no such process starts: no answer's fault. */
export class CannotStart extends Error {}

/** How often a process is started that does not start; the one before it may have taken all memory. */
const attempts = 3;

/** Seconds until such a process has started on a busy machine. */
const startTimeout = 60;

/**
 * The process in which answers run, asked and waited for: checks call functions, and functions give
 * back what they return at once.
 */
export class AnswerProcess {
  readonly #thread: Worker;
  readonly #port: MessagePort;
  readonly #flag = new Int32Array(new SharedArrayBuffer(4));
  #hasEnded = true;
  /** Of the newest request. */
  #number = 0;

  constructor(command: CommandLine, { mostOutput }: Pick<ThreadData, 'mostOutput'>) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#thread = new Worker(new URL('./answer-thread.js', import.meta.url), {
      workerData: { command, port: port2, flag: this.#flag, mostOutput } satisfies ThreadData,
      transferList: [port2],
      execArgv: [],
    });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /**
   * Leaves the process there is to its end, and takes a new one.
   *
   * @throws CannotStart if it does not start, whatever is tried
   */
  startAnew(): void {
    for (let attempt = 1; ; attempt++) {
      this.#hasEnded = false;
      try {
        this.#request({ type: 'next' }, deadlineIn(startTimeout), 'did not start');
        return;
      } catch (error) {
        if (attempt < attempts) continue;
        const { message } = error as Error;
        throw new CannotStart(`Answers cannot be run: ${message}.`, { cause: error });
      }
    }
  }

  /**
   * @param timeout seconds, after which the process is ended
   * @param answer to what the process asks meanwhile; `undefined` if it is no question
   * @throws AnswerEnded if the process has ended
   */
  ask(parcel: Parcel, timeout: number, answer: (question: Parcel) => Parcel | undefined): Parcel {
    const deadline = deadlineIn(timeout);
    for (let next = parcel; ;) {
      if (this.#hasEnded) throw new AnswerEnded('its process had ended before');
      const late = `took longer than ${timeout} s`;
      const said = this.#request({ type: 'ask', parcel: next }, deadline, late);
      const told = answer(said);
      if (!told) return said;
      next = told;
    }
  }

  /** Ends the process there is, for what it did. */
  end(how: string): AnswerEnded {
    this.#thread.postMessage({ type: 'end', why: how } satisfies ThreadRequest);
    return this.#ended(how);
  }

  /** Ends the thread with all of its processes. */
  async close(): Promise<void> {
    const end = new Promise((resolve) => this.#thread.once('exit', resolve));
    this.#thread.postMessage({ type: 'close' } satisfies ThreadRequest);
    await end;
  }

  #request(request: NumberedRequest, deadline: number, late: string): Parcel {
    this.#number += 1;
    this.#thread.postMessage({ ...request, number: this.#number } satisfies ThreadRequest);
    let answer = this.#hear(deadline);
    if (!answer) {
      this.#thread.postMessage({ type: 'end', why: late } satisfies ThreadRequest);
      // Its end is told as an answer.
      answer = this.#hear(deadlineIn(startTimeout));
    }
    if (answer?.parcel) return answer.parcel;
    throw this.#ended(answer?.ended ?? 'could not be ended');
  }

  /**
   * The answer to the newest request. One to an earlier request may still come, and the thread may
   * wake us for an answer that we have had: it raises the flag first and wakes us then.
   */
  #hear(deadline: number): ThreadAnswer | undefined {
    for (;;) {
      const seen = Atomics.load(this.#flag, 0);
      const received = receiveMessageOnPort(this.#port) as { message: NumberedAnswer } | undefined;
      if (received?.message.number === this.#number) return received.message;
      const left = deadline - performance.now();
      if (left <= 0) return undefined;
      if (!received) Atomics.wait(this.#flag, 0, seen, left);
    }
  }

  #ended(how: string): AnswerEnded {
    this.#hasEnded = true;
    return new AnswerEnded(`its process ${how}`);
  }
}

/** On the clock of `performance`. */
function deadlineIn(seconds: number): number {
  return performance.now() + seconds * 1000;
}
