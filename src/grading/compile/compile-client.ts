import { Worker } from 'node:worker_threads';
import type { LessonPart } from '../../lessons/lesson.js';
import type { AnswerCell, CompileTask, PreparedAnswer, PreparedLesson } from './prepared-lesson.js';

/** Seconds for the cells of one submission; types can be written that take for ever to check. */
const answerTimeout = 30;

/** The compiler's thread. One that loops is ended, and the next one learns the lesson anew. */
export class CompileClient {
  readonly #parts: readonly LessonPart[];
  #thread: Worker | undefined;
  #tasks = 0;

  private constructor(parts: readonly LessonPart[]) {
    this.#parts = parts;
  }

  static async begin(
    parts: readonly LessonPart[],
  ): Promise<{ client: CompileClient; lesson: PreparedLesson }> {
    const client = new CompileClient(parts);
    return { client, lesson: await client.#prepare() };
  }

  /** @throws Error if the cells take too long, or the compiler fails over them */
  async answer(cells: readonly AnswerCell[]): Promise<PreparedAnswer> {
    if (!this.#thread) await this.#prepare();
    return this.#ask<PreparedAnswer>({ about: 'answer', cells }, answerTimeout);
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  #prepare(): Promise<PreparedLesson> {
    this.#thread = new Worker(new URL('./thread.js', import.meta.url), {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 2048 },
    });
    return this.#ask<PreparedLesson>({ about: 'lesson', parts: this.#parts }, 300);
  }

  #ask<T>(task: CompileTask, seconds: number): Promise<T> {
    const thread = this.#thread;
    const id = this.#tasks++;
    return new Promise((resolve, reject) => {
      const fail = (message: string) => {
        finish();
        this.#thread = undefined;
        void thread?.terminate();
        reject(new Error(message));
      };
      const onMessage = (message: { id: number; answer: T; failure?: string }) => {
        if (message.id !== id) return;
        finish();
        if (message.failure === undefined) resolve(message.answer);
        else reject(new Error(message.failure));
      };
      const onError = (error: Error) => {
        fail(`The compiler failed: ${error.message}`);
      };
      const timer = setTimeout(() => {
        fail(`It took longer than ${seconds} s to compile`);
      }, seconds * 1000);
      const finish = () => {
        clearTimeout(timer);
        thread?.off('message', onMessage).off('error', onError);
      };
      thread?.on('message', onMessage).on('error', onError);
      thread?.postMessage({ id, task });
    });
  }
}
