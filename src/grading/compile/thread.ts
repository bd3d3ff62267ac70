/** The thread in which a lesson, and then what is handed in, is compiled. */
import { parentPort } from 'node:worker_threads';
// Before tslab's own modules, which would load the compiler in a slower way.
import { saveCode } from '../../kernel/compiler/node-typescript.js';
import type { LessonPart } from '../../lessons/lesson.js';
import { LessonCompiler } from './lesson-compiler.js';
import type { CompileTask } from './prepared-lesson.js';

const compiler = new LessonCompiler();

parentPort?.on('message', ({ id, task }: { id: number; task: CompileTask }) => {
  try {
    const answer =
      task.about === 'lesson'
        ? compiler.prepare(task.parts as LessonPart[])
        : compiler.answer(task.cells);
    parentPort?.postMessage({ id, answer });
    saveCode();
  } catch (error) {
    parentPort?.postMessage({ id, failure: (error as Error).message });
  }
});
