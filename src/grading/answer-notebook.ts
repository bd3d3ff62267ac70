import { tf } from '../backends/tf.js';
import { AnswerEnded, type AnswerProcess } from './answer-process.js';
import { failure, type AnswerRequest, type Outcome, type Question } from './answer/messages.js';
import type { PreparedAnswer, PreparedLesson } from './compile/prepared-lesson.js';
import { Lent } from './values/lent.js';
import { limits } from './values/limits.js';
import { pack } from './values/pack.js';
import type { Parcel } from './values/packed.js';
import { list, malformed, unpack } from './values/unpack.js';

export interface AnswerNotebookOptions {
  /** Seconds. */
  readonly callTimeout: number;
  readonly forbidden: PreparedLesson['forbidden'];
  /** When the submission has had its time, on the clock of `performance`. */
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
  readonly #lent = new Lent();
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

  /** Asks this process nothing more: what hidden tests have asked it, it is not to tell. */
  leave(): void {
    this.#isFresh = false;
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
    this.#lent.begin();
    const { value, parts } = pack(args, { special: this.#lent.pack });
    const forbidden = this.#options.forbidden[this.#exercise] ?? [];
    const request = { type: 'call', function: name, args: value, forbidden } as AnswerRequest;
    const { outcome, parts: back } = this.#ask({ value: request, parts });
    if (!outcome.ok) throw this.#error(outcome);
    try {
      const whole = unpack({ value: outcome.value, parts: back }, { special: this.#lent.unpack });
      const [result, values, ...others] = list(whole);
      if (others.length > 0) throw malformed();
      this.#lent.take(values);
      return result;
    } catch (error) {
      throw new Error(`what it returns cannot be checked: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }

  /** What a function that was lent says; `undefined` if that was not asked. */
  readonly #answer = ({ value, parts }: Parcel): Parcel | undefined => {
    const question = value as Partial<Question> | null;
    if (question?.ask === undefined) return undefined;
    tf.engine().startScope();
    try {
      const given = unpack({ value: question.given, parts });
      const told = pack(this.#lent.answer(question.ask, given));
      return { value: { ok: true, value: told.value }, parts: told.parts };
    } catch (error) {
      return { value: failure(error), parts: [] };
    } finally {
      tf.engine().endScope();
    }
  };

  #isNeeded({ serves }: Step): boolean {
    return !this.#options.apart || (serves?.includes(this.#exercise) ?? true);
  }

  #run({ request, serves }: Step): void {
    try {
      const { outcome } = this.#ask({ value: request, parts: [] });
      this.#done++;
      if (!outcome.ok && serves) {
        this.#note(`${request.name}: ${outcome.name}: ${outcome.message}`);
      }
    } catch (error) {
      if (!(error instanceof AnswerEnded)) throw error;
      // Without it from now on.
      this.#steps = this.#steps.filter((one) => one.request !== request);
      this.#note(`${request.name}: ${error.message}`);
    }
  }

  #ask(parcel: Parcel): { outcome: Outcome; parts: Parcel['parts'] } {
    const left = (this.#options.deadline - performance.now()) / 1000;
    this.#requireTime();
    try {
      const timeout = Math.min(this.#options.callTimeout, left);
      const { value, parts } = this.#process.ask(parcel, timeout, this.#answer);
      const outcome = outcomeIn(value);
      if (!outcome) throw this.#process.end('sent what no answer sends');
      return { outcome, parts };
    } catch (error) {
      this.#end = (error as Error).message;
      throw error;
    }
  }

  #requireTime(): void {
    if (performance.now() < this.#options.deadline) return;
    throw new AnswerEnded('the whole notebook took too long');
  }

  #note(error: string): void {
    if (!this.errors.includes(error)) this.errors.push(error);
  }

  #error({ name, message }: Outcome & { ok: false }): Error {
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

/** Takes nothing for granted; `undefined` if it is none. */
function outcomeIn(value: unknown): Outcome | undefined {
  const outcome = (typeof value === 'object' ? value : null) as Outcome | null;
  if (outcome?.ok === true) return outcome;
  const { name, message } = (outcome ?? {}) as Partial<Outcome & { ok: false }>;
  if (outcome?.ok !== false || typeof name !== 'string' || typeof message !== 'string') return;
  const short = (said: string) => said.slice(0, limits.message);
  return { ok: false, name: short(name), message: short(message) };
}
