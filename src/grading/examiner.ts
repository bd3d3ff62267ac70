/** The process that checks answers, one submission after another; answers run elsewhere. */
import type { Lesson } from '../lessons/lesson.js';
import { AnswerProcess } from './answer-process.js';
import type { AnswerCell } from './compile/prepared-lesson.js';
import type { CommandLine } from './confinement/confinement.js';
import { Exam, type ExamOptions } from './exam.js';
import type { Marks } from './marks.js';
import { keepDebuggerShut } from './no-debugger.js';

export type ExaminerRequest =
  | {
      readonly type: 'prepare';
      readonly lesson: Lesson;
      readonly command: CommandLine;
      readonly options: ExamOptions;
      readonly mostOutput: number;
    }
  | {
      readonly type: 'mark';
      readonly cells: readonly AnswerCell[];
      /** Checks that are not to be run, and why. */
      readonly skipped: Readonly<Record<string, string>>;
    }
  | { readonly type: 'close' };

export type ExaminerAnswer =
  | { readonly type: 'ready' }
  /** Which check it is at. */
  | { readonly type: 'check'; readonly check: string }
  | { readonly type: 'marks'; readonly marks: Marks; readonly memory: number }
  | { readonly type: 'failed'; readonly message: string };

let exam: Exam | undefined;

const tell = (answer: ExaminerAnswer) => {
  process.send?.(answer);
};

async function handle(request: ExaminerRequest): Promise<void> {
  switch (request.type) {
    case 'prepare': {
      const { useBackend } = await import('../backends/node/use-backend.js');
      await useBackend();
      const { lesson, command, options, mostOutput } = request;
      exam = await Exam.prepare(lesson, new AnswerProcess(command, { mostOutput }), options);
      tell({ type: 'ready' });
      break;
    }
    case 'mark': {
      if (!exam) throw new Error('There is no lesson yet.');
      const marks = await exam.mark(request.cells, request.skipped, (check) => {
        tell({ type: 'check', check });
      });
      tell({ type: 'marks', marks, memory: process.memoryUsage().rss });
      break;
    }
    case 'close':
      await exam?.close();
      process.disconnect();
  }
}

keepDebuggerShut();
process.on('message', (request: ExaminerRequest) => {
  handle(request).catch((error: unknown) => {
    tell({ type: 'failed', message: (error as Error).message });
  });
});
// Who gave the order is gone.
process.on('disconnect', () => process.exit());
