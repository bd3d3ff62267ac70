import { tf } from '../backends/tf.js';
import type { CompiledCell } from '../kernel/compiler/compiled.js';
import { cellNames } from '../lessons/cell-names.js';
import { giveHintsAtOnce } from '../lessons/check.js';
import type { CheckPart, Lesson } from '../lessons/lesson.js';
import { AnswerEnded, CannotStart, type AnswerProcess } from './answer-process.js';
import { AnswerNotebook } from './answer-notebook.js';
import { CellScope } from './cell-scope.js';
import { CompileClient } from './compile/compile-client.js';
import type { AnswerCell, PreparedAnswer, PreparedLesson } from './compile/prepared-lesson.js';
import { remoteName } from './compile/remote-stub.js';
import { markOf, noMarks, type CheckMark, type Marks } from './marks.js';
import { Printed } from './printed.js';

export interface ExamOptions {
  /** Seconds for one call of an answer, or one of its cells. */
  readonly callTimeout: number;
  /** Seconds for a whole submission. */
  readonly timeout: number;
  /** Whether exercises that ask to build something may be answered with the library's. */
  readonly allowLibrary: boolean;
}

type Variables = Readonly<Record<string, unknown>>;

/**
 * A lesson that is ready to mark answers: its own cells have been run once, with its own solutions.
 * Its checks then run with the same variables for each submission, and only calls of the exercises'
 * functions leave this process.
 */
export class Exam {
  readonly #lesson: Lesson;
  readonly #prepared: PreparedLesson;
  readonly #compiler: CompileClient;
  readonly #process: AnswerProcess;
  readonly #options: ExamOptions;
  readonly #scope = new CellScope();
  /** The variables before each part. */
  readonly #before: Variables[] = [];
  /** The exercises' functions, as calls to an answer. */
  #remotes: Variables = {};

  private constructor(
    lesson: Lesson,
    { client, lesson: prepared }: Awaited<ReturnType<typeof CompileClient.begin>>,
    process: AnswerProcess,
    options: ExamOptions,
  ) {
    this.#lesson = lesson;
    this.#compiler = client;
    this.#prepared = prepared;
    this.#process = process;
    this.#options = options;
  }

  /**
   * @throws Error if the lesson's own solutions do not pass its checks: beside them, or as answers of
   *   another process, to which networks and functions cannot be handed over
   */
  static async prepare(
    lesson: Lesson,
    process: AnswerProcess,
    options: ExamOptions,
  ): Promise<Exam> {
    const compiled = await CompileClient.begin(lesson.parts);
    const exam = new Exam(lesson, compiled, process, options);
    await exam.#rehearse();
    await exam.#requireOwnPoints();
    return exam;
  }

  /**
   * @param skipped checks, or cells of the lesson, that are not to be run, by their names, and why
   * @param onCheck told of each before it is run
   */
  async mark(
    cells: readonly AnswerCell[],
    skipped: Readonly<Record<string, string>> = {},
    onCheck: (check: string) => void = () => undefined,
  ): Promise<Marks> {
    let answer: PreparedAnswer;
    try {
      answer = await this.#compiler.answer(cells);
    } catch (error) {
      return noMarks(this.#lesson, `${(error as Error).message}.`);
    }
    const restore = rememberVariables();
    tf.engine().startScope();
    try {
      return await this.#mark(answer, skipped, onCheck);
    } finally {
      tf.engine().endScope();
      restore();
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#compiler.close(), this.#process.close()]);
  }

  async #rehearse(): Promise<void> {
    giveHintsAtOnce();
    const remotes: Record<string, unknown> = {};
    const printed = new Printed();
    try {
      for (const [i, { solved, remote, functions }] of this.#prepared.parts.entries()) {
        this.#before.push({ ...this.#scope.variables });
        if (remote) {
          await this.#scope.run(remote, `Part ${i + 1}`);
          for (const name of functions) remotes[name] = this.#scope.variables[name];
        }
        if (solved) await this.#scope.run(solved, `Part ${i + 1}`);
      }
    } catch (error) {
      const { slug } = this.#lesson;
      throw new Error(`${slug} fails with its own solutions: ${(error as Error).message}`, {
        cause: error,
      });
    } finally {
      printed.end();
    }
    this.#remotes = remotes;
  }

  /** A right answer must not lose points for what an answer cannot be asked. */
  async #requireOwnPoints(): Promise<void> {
    const { slug, parts } = this.#lesson;
    const solutions = parts.flatMap((part, i) =>
      part.kind === 'exercise' ? [{ part: i, exercise: part.name, code: part.solution }] : [],
    );
    const { checks } = await this.mark(solutions);
    const problems = checks.flatMap(({ exercise, points, message }) =>
      message === undefined || points === 0
        ? []
        : [`${exercise} (${message.split('\n')[0] ?? ''})`],
    );
    if (problems.length === 0) return;
    throw new Error(
      `${slug} cannot be marked: its own solutions, run apart from the checks, fail in ` +
        `${problems.join('; ')}. Nothing was marked.`,
    );
  }

  async #mark(
    answer: PreparedAnswer,
    skipped: Readonly<Record<string, string>>,
    onCheck: (check: string) => void,
  ): Promise<Marks> {
    const { callTimeout, timeout, allowLibrary } = this.#options;
    const forbidden = allowLibrary ? {} : this.#prepared.forbidden;
    const notebook = new AnswerNotebook(this.#prepared, answer, this.#process, {
      ...{ callTimeout, forbidden, deadline: performance.now() + timeout * 1000 },
      // What one cell may have changed is not to cost the others.
      apart: answer.suspicious.length > 0,
    });
    Object.assign(globalThis, {
      [remoteName]: (name: string, args: unknown[]) => notebook.call(name, args),
    });
    const names = cellNames(this.#lesson.parts);
    const checks: CheckMark[] = [];
    /** Of what an answer can decide, what this one has. */
    const own: Record<string, unknown> = { ...this.#remotes };
    for (const [i, part] of this.#lesson.parts.entries()) {
      const { solved, tainted } = this.#prepared.parts[i] ?? { tainted: [] };
      const check = names[i] ?? '';
      if (part.kind === 'code' && tainted.length > 0 && !(check in skipped)) {
        onCheck(check);
        await this.#outcome(i, '', solved, own, notebook);
      }
      if (part.kind !== 'check') continue;
      const borrowed = allowLibrary ? undefined : answer.borrowed[part.exercise];
      const why = skipped[check] ?? (borrowed && borrowedInWords(borrowed));
      if (why === undefined) onCheck(check);
      const outcome =
        why === undefined
          ? await this.#check(i, part, own, notebook)
          : { message: why, output: '' };
      checks.push(markOf(part, check, outcome));
    }
    return {
      ...{ checks, errors: notebook.errors, prints: answer.prints },
      suspicious: answer.suspicious,
    };
  }

  async #check(
    i: number,
    part: CheckPart,
    own: Record<string, unknown>,
    notebook: AnswerNotebook,
  ): Promise<Pick<CheckMark, 'message' | 'output' | 'visible'>> {
    const { solved, shown } = this.#prepared.parts[i] ?? {};
    const { exercise } = part;
    const whole = await this.#outcome(i, exercise, solved, own, notebook);
    // Not to be waited for a second time.
    const { end } = notebook;
    const hasHidden = part.visible !== part.code;
    if (hasHidden) notebook.leave();
    if (whole.message === undefined) return whole;
    notebook.doubt();
    if (!hasHidden) return whole;
    if (end !== undefined) return { ...whole, visible: { message: endInWords(end), output: '' } };
    const visible = await this.#outcome(i, exercise, shown, own, notebook);
    return { ...whole, visible };
  }

  async #outcome(
    i: number,
    exercise: string,
    cell: CompiledCell | undefined,
    own: Record<string, unknown>,
    notebook: AnswerNotebook,
  ): Promise<Pick<CheckMark, 'message' | 'output'>> {
    const printed = new Printed();
    try {
      notebook.advance(i, exercise);
      await this.#run(i, cell, own);
      return { output: printed.end() };
    } catch (error) {
      const output = printed.end();
      if (error instanceof CannotStart) throw error;
      // Whatever was thrown: a check without a message has passed.
      const message = error instanceof Error ? error.message : String(error);
      const isEnd = error instanceof AnswerEnded;
      return { message: isEnd ? endInWords(message) : message, output };
    }
  }

  /** Runs a part as if this answer's notebook had been run up to it. */
  async #run(
    i: number,
    cell: CompiledCell | undefined,
    own: Record<string, unknown>,
  ): Promise<void> {
    const { tainted = [] } = this.#prepared.parts[i] ?? {};
    const variables: Record<string, unknown> = { ...this.#before[i] };
    for (const part of this.#prepared.parts.slice(0, i + 1)) {
      for (const name of part.tainted) Reflect.deleteProperty(variables, name);
    }
    this.#scope.restore({ ...variables, ...own });
    try {
      if (cell) await this.#scope.run(cell, `Part ${i + 1}`);
    } finally {
      for (const name of tainted) {
        if (name in this.#scope.variables) own[name] = this.#scope.variables[name];
      }
    }
  }
}

/**
 * What an answer has made of the lesson's variables and networks is not to meet the next one.
 *
 * @returns gives variables the numbers that they have now, and disposes of new ones
 */
function rememberVariables(): () => void {
  const variables = () => Object.entries(tf.engine().state.registeredVariables);
  const before = new Map(variables().map(([name, variable]) => [name, variable.clone()]));
  return () => {
    for (const [name, variable] of variables()) {
      const value = before.get(name);
      if (value) variable.assign(value);
      else variable.dispose();
    }
    tf.dispose([...before.values()]);
  };
}

function endInWords(why: string): string {
  return `Your code stopped: ${why}.`;
}

function borrowedInWords(names: readonly string[]): string {
  const which =
    names.length === 1
      ? names.join()
      : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  return `Your answer uses the library's ${which}, but this exercise asks you to build that yourself.`;
}
