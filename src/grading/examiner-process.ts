import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { AnswerCell } from './compile/prepared-lesson.js';
import type { ExaminerAnswer, ExaminerRequest } from './examiner.js';
import type { Marks } from './marks.js';

export type Preparation = Omit<ExaminerRequest & { type: 'prepare' }, 'type'>;

/** Bytes of memory after which one that checks is replaced: models leave more than they should. */
const mostMemory = 3e9;

/** Seconds beyond a submission's own that its checks may take. */
const slack = 120;

/** The process that checks, seen from outside. If a check ends it, the check is lost, not the rest. */
export class ExaminerProcess {
  readonly #preparation: Preparation;
  readonly #folder: string;
  #child: ChildProcess | undefined;
  /** Whether it was told to end: no check has ended it then. */
  #isClosed = false;

  /** @param folder empty: what the lesson's cells find beside them */
  constructor(preparation: Preparation, folder: string) {
    this.#preparation = preparation;
    this.#folder = folder;
  }

  async prepare(): Promise<void> {
    const child = fork(fileURLToPath(new URL('./examiner.js', import.meta.url)), {
      cwd: this.#folder,
      env: { ...process.env, INCEPTION_LAB_BACKEND: 'wasm' },
      execArgv: ['--experimental-import-meta-resolve', '--no-warnings'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', process.env.INCEPTION_LAB_DEBUG ? 'inherit' : 'ignore', 'ipc'],
    });
    this.#child = child;
    child.on('exit', () => {
      if (this.#child === child) this.#child = undefined;
    });
    const answer = await this.#ask({ type: 'prepare', ...this.#preparation }, 600);
    if (answer.type !== 'ready') throw new Error(problemOf(answer));
  }

  /** @throws Error if it was closed meanwhile, or cannot go on: then there are no marks */
  async mark(cells: readonly AnswerCell[]): Promise<Marks> {
    const skipped: Record<string, string> = {};
    for (;;) {
      if (!this.#child) await this.prepare();
      let at: string | undefined;
      const seconds = this.#preparation.options.timeout + slack;
      const answer = await this.#ask({ type: 'mark', cells, skipped }, seconds, (check) => {
        at = check;
      });
      if (answer.type === 'marks') {
        if (answer.memory > mostMemory) await this.#end();
        return answer.marks;
      }
      if (answer.type === 'failed') throw new Error(answer.message);
      if (this.#isClosed) throw new Error('The marking was ended.');
      // It ended. Without the check that it was at, it can be gone on with.
      if (at === undefined || at in skipped) throw new Error(problemOf(answer));
      skipped[at] =
        'What your code returned could not be checked: it took too much memory or time.';
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#end();
  }

  /** At once, with what it has started. */
  kill(): void {
    this.#isClosed = true;
    this.#child?.kill('SIGKILL');
  }

  async #end(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#child = undefined;
    const end = new Promise((resolve) => child.once('exit', resolve));
    child.send({ type: 'close' } satisfies ExaminerRequest, () => undefined);
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
    await end;
    clearTimeout(timer);
  }

  #ask(
    request: ExaminerRequest,
    seconds: number,
    onCheck: (check: string) => void = () => undefined,
  ): Promise<ExaminerAnswer | { readonly type: 'ended' }> {
    const child = this.#child;
    return new Promise((resolve) => {
      const onMessage = (answer: ExaminerAnswer) => {
        if (answer.type === 'check') onCheck(answer.check);
        else finish(answer);
      };
      const onExit = () => {
        finish({ type: 'ended' });
      };
      const timer = setTimeout(() => child?.kill('SIGKILL'), seconds * 1000);
      const finish = (answer: ExaminerAnswer | { readonly type: 'ended' }) => {
        clearTimeout(timer);
        child?.off('message', onMessage).off('exit', onExit);
        resolve(answer);
      };
      child?.on('message', onMessage).on('exit', onExit);
      child?.send(request, () => undefined);
    });
  }
}

function problemOf(answer: ExaminerAnswer | { readonly type: 'ended' }): string {
  return answer.type === 'failed' ? answer.message : 'The process that checks answers has ended.';
}
