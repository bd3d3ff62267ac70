import type { tf } from '../backends/tf.js';
import { AnswerEnded, type AnswerProcess } from './answer-process.js';
import type { AnswerReply, AnswerRequest } from './answer/messages.js';
import type { PreparedAnswer, PreparedLesson } from './compile/prepared-lesson.js';
import { rebuildLayers } from './values/layers.js';
import { limits } from './values/limits.js';
import { pack } from './values/pack.js';
import type { Parcel } from './values/packed.js';
import { text, unpack } from './values/unpack.js';

export interface AnswerNotebookOptions {
  /** Seconds. */
  readonly callTimeout: number;
  readonly forbidden: PreparedLesson['forbidden'];
  /** When the submission has had its time, in milliseconds since 1970. */
  readonly deadline: number;
  /** Whether each exercise gets a process of its own, with what it needs alone. */
  readonly apart: boolean;
}

interface Step {
  readonly part: number;
  readonly request: AnswerRequest & { type: 'cell' };
  /** Of a cell that the learner wrote, the exercises that need it. */
  readonly serves?: readonly string[];
}

/**
 * The notebook that was handed in, in a process of its own, seen from where it is checked. It runs
 * the lesson's cells that the answer needs, and the learner's; if its process ends, it begins anew
 * without the cell that ended it.
 */
export class AnswerNotebook {
  /** What went wrong in the learner's cells. */
  readonly errors: string[] = [];
  /** The one that is checked. */
  #exercise = '';
  readonly #process: AnswerProcess;
  readonly #options: AnswerNotebookOptions;
  #steps: readonly Step[];
  /** How many steps have been run in the process there is. */
  #done = 0;
  #isFresh = false;
  #isDoubtful = false;
  #end = '';

  constructor(
    lesson: PreparedLesson,
    answer: PreparedAnswer,
    process: AnswerProcess,
    options: AnswerNotebookOptions,
  ) {
    this.#process = process;
    this.#options = options;
    for (const { error, exercise } of answer.cells) {
      if (error) this.errors.push(`${cellInWords(exercise)} does not compile. ${error}`);
    }
    this.#steps = lesson.parts.flatMap((part, i) => {
      const shown = part.shown && answer.needed.includes(i) ? [part.shown] : [];
      const own = answer.cells.filter((cell) => cell.part === i);
      return [
        ...shown.map((compiled) => step(i, `Part ${i + 1}`, compiled, [])),
        ...own.flatMap(({ compiled, exercise, serves }) => {
          const names = exercise === undefined ? this.#common() : options.forbidden[exercise];
          return compiled ? [step(i, cellInWords(exercise), compiled, names ?? [], serves)] : [];
        }),
      ];
    });
  }

  /** Why the process has ended, if it has. */
  get end(): string | undefined {
    return this.#process.hasEnded ? this.#end : undefined;
  }

  /** To be told when a check has failed: what failed it is not to cost the next exercise. */
  doubt(): void {
    this.#isDoubtful = true;
  }

  /** Runs what stands before a part, for an exercise's check, or a cell of the lesson. */
  advance(part: number, exercise = ''): void {
    if (exercise !== this.#exercise && (this.#options.apart || this.#isDoubtful)) {
      this.#isFresh = false;
    }
    this.#exercise = exercise;
    for (;;) {
      this.#requireTime();
      if (!this.#isFresh || this.#process.hasEnded) {
        this.#process.startAnew();
        this.#isFresh = true;
        this.#isDoubtful = false;
        this.#done = 0;
      }
      const next = this.#steps[this.#done];
      if (!next || next.part >= part) return;
      if (this.#isNeeded(next)) this.#run(next);
      else this.#done++;
    }
  }

  /** Calls a function of the answer's, with this side's values. */
  call(name: string, args: readonly unknown[]): unknown {
    const places = new Map<number, tf.SymbolicTensor>();
    const { value, parts } = pack(args, {
      symbolic(tensor) {
        const id = places.size;
        places.set(id, tensor);
        return { $: 'symbolic', id, shape: [...tensor.shape], dtype: tensor.dtype };
      },
    });
    const forbidden = this.#options.forbidden[this.#exercise] ?? [];
    const request = { type: 'call', function: name, args: value, forbidden } as AnswerRequest;
    const { reply, parts: back } = this.#ask({ value: request, parts });
    if (!reply.ok) throw this.#error(reply);
    try {
      return unpack(
        { value: reply.value, parts: back },
        {
          layers: (packed, tensorOf) => rebuildLayers(packed, places, tensorOf),
        },
      );
    } catch (error) {
      throw new Error(`what it returns cannot be checked: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }

  #isNeeded({ serves }: Step): boolean {
    return !this.#options.apart || (serves?.includes(this.#exercise) ?? true);
  }

  #run({ request, serves }: Step): void {
    try {
      const { reply } = this.#ask({ value: request, parts: [] });
      this.#done++;
      if (!reply.ok && serves) this.#note(`${request.name}: ${reply.name}: ${reply.message}`);
    } catch (error) {
      if (!(error instanceof AnswerEnded)) throw error;
      // Without it from now on.
      this.#steps = this.#steps.filter((one) => one.request !== request);
      this.#note(`${request.name}: ${error.message}`);
    }
  }

  #ask(parcel: Parcel): { reply: AnswerReply; parts: Parcel['parts'] } {
    const left = (this.#options.deadline - Date.now()) / 1000;
    this.#requireTime();
    try {
      const { value, parts } = this.#process.ask(parcel, Math.min(this.#options.callTimeout, left));
      return { reply: replyIn(value), parts };
    } catch (error) {
      this.#end = (error as Error).message;
      throw error;
    }
  }

  #requireTime(): void {
    if (Date.now() < this.#options.deadline) return;
    throw new AnswerEnded('the whole notebook took too long');
  }

  #note(error: string): void {
    if (!this.errors.includes(error)) this.errors.push(error);
  }

  #error({ name, message }: AnswerReply & { ok: false }): Error {
    return Object.assign(new Error(message), { name });
  }

  /** What every exercise that asks to build something forbids. */
  #common(): readonly string[] {
    const [first = [], ...others] = Object.values(this.#options.forbidden);
    return first.filter((name) => others.every((names) => names.includes(name)));
  }
}

function step(
  part: number,
  name: string,
  compiled: Step['request']['compiled'],
  forbidden: readonly string[],
  serves?: readonly string[],
): Step {
  return { part, ...(serves && { serves }), request: { type: 'cell', name, compiled, forbidden } };
}

function cellInWords(exercise: string | undefined): string {
  return exercise === undefined ? 'A cell of your own' : `The cell of "${exercise}"`;
}

/** Takes nothing for granted. */
function replyIn(value: unknown): AnswerReply {
  const reply = (typeof value === 'object' ? value : null) as AnswerReply | null;
  if (reply?.ok === true) return reply;
  if (reply?.ok !== false) throw new Error('it is not what an answer sends');
  const short = (said: unknown) => text(said).slice(0, limits.message);
  return { ok: false, name: short(reply.name), message: short(reply.message) };
}
