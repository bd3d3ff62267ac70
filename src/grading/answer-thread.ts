/** The thread that starts and hears the processes in which answers run, while its parent waits. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { CommandLine } from './confinement/confinement.js';
import { FrameReader, toFrame } from './values/frames.js';
import type { Parcel } from './values/packed.js';

export interface ThreadData {
  readonly command: CommandLine;
  readonly port: MessagePort;
  /** Its first number is raised with every answer. */
  readonly flag: Int32Array;
  /** Bytes that a process may print before it is ended. */
  readonly mostOutput: number;
}

/** What is answered. */
export type NumberedRequest =
  { readonly type: 'next' } | { readonly type: 'ask'; readonly parcel: Parcel };

export type ThreadRequest =
  | (NumberedRequest & { readonly number: number })
  | { readonly type: 'end'; readonly why: string }
  /** The last one. */
  | { readonly type: 'close' };

export type ThreadAnswer =
  | { readonly parcel: Parcel; readonly ended?: undefined }
  | { readonly parcel?: undefined; readonly ended: string };

/** With the number of the request that it answers. */
export type NumberedAnswer = ThreadAnswer & { readonly number: number };

const { command, port, flag, mostOutput } = workerData as ThreadData;

/** Of what it prints, what is kept for the teacher. */
const keptOutput = 4000;

/** One process, from its start to its end. */
class AnswerChild {
  readonly #child: ChildProcess;
  readonly #reader = new FrameReader();
  #onAnswer: ((answer: ThreadAnswer) => void) | undefined;
  readonly #early: ThreadAnswer[] = [];
  #printed = 0;
  #lastWords = '';
  #why: string | undefined;

  constructor() {
    const files = command.files.map((path) => openSync(path, 'r'));
    this.#child = spawn(command.file, command.args, {
      // A group of its own: all that it starts ends with it.
      ...{ detached: true, cwd: command.cwd, env: command.env },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', ...files],
    });
    files.forEach(closeSync);
    for (const pipe of this.#child.stdio) pipe?.on('error', () => undefined);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#print(chunk);
      });
    }
    (this.#child.stdio[4] as Readable).on('data', (chunk: Buffer) => {
      try {
        for (const parcel of this.#reader.add(chunk)) this.#tell({ parcel });
      } catch (error) {
        this.end(`sent ${(error as Error).message}`);
      }
    });
    this.#child.on('error', ({ message }) => {
      this.#tell({ ended: `could not be started: ${message}` });
    });
    this.#child.on('close', (code, signal) => {
      this.#tell({ ended: this.#why ?? endInWords(code, signal, this.#lastWords) });
    });
  }

  ask(parcel: Parcel, onAnswer: (answer: ThreadAnswer) => void): void {
    this.hear(onAnswer);
    const pipe = this.#child.stdio[3] as Writable;
    for (const part of toFrame(parcel)) pipe.write(part);
  }

  /** Waits for what it says when it has started. */
  hear(onAnswer: (answer: ThreadAnswer) => void): void {
    this.#onAnswer = onAnswer;
    const early = this.#early.shift();
    if (early) this.#tell(early);
  }

  end(why: string): void {
    this.#why ??= why;
    try {
      if (this.#child.pid !== undefined) process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  }

  #print(chunk: Buffer): void {
    this.#printed += chunk.byteLength;
    this.#lastWords = `${this.#lastWords}${chunk.toString()}`.slice(-keptOutput);
    if (this.#printed > mostOutput) this.end(`printed more than ${mostOutput / 1e6} MB`);
  }

  #tell(answer: ThreadAnswer): void {
    const listener = this.#onAnswer;
    this.#onAnswer = undefined;
    if (listener) listener(answer);
    // Only the first word, and the end: whoever sends more than was asked for is not heard.
    else if (this.#early.length === 0 || answer.ended !== undefined) this.#early.push(answer);
  }
}

function endInWords(code: number | null, signal: NodeJS.Signals | null, words: string): string {
  if (/out of memory|allocation failed|bad_alloc/i.test(words)) return 'used up its memory';
  if (signal === 'SIGXCPU') return 'used up its processor time';
  return signal ? `was ended by ${signal}` : `ended with status ${code ?? '?'}`;
}

let current: AnswerChild | undefined;
/** Started while the one before it is still asked, so that nobody waits for its start. */
let next = new AnswerChild();

function answerTo(number: number): (reply: ThreadAnswer) => void {
  return (reply) => {
    port.postMessage({ ...reply, number } satisfies NumberedAnswer);
    Atomics.add(flag, 0, 1);
    Atomics.notify(flag, 0);
  };
}

parentPort?.on('message', (request: ThreadRequest) => {
  if (request.type === 'next') {
    current?.end('was no longer needed');
    current = next;
    next = new AnswerChild();
    current.hear(answerTo(request.number));
  } else if (request.type === 'ask') {
    current?.ask(request.parcel, answerTo(request.number));
  } else if (request.type === 'end') {
    current?.end(request.why);
  } else {
    current?.end('');
    next.end('');
    parentPort?.close();
    port.close();
  }
});
