import { describeBackend } from '../backends/choice.js';
import { chooseBackend } from '../backends/node/use-backend.js';
import { findLesson, readLessons } from '../lessons/catalogue.js';
import { runCourse } from './run-course.js';
import { runFiles } from './run-files.js';
import type { RunFlags } from './run-flags.js';

/** @returns the process's exit status: 0 if every cell ran without an error, else 1 */
export async function runCommand(notebooks: readonly string[], flags: RunFlags): Promise<number> {
  if (notebooks.length > 0 && flags.lesson !== undefined) {
    throw new Error('Give either notebooks or --lesson, not both.');
  }
  const { lesson } = flags;
  const lessons = await readLessons();
  const chosen = lesson === undefined ? lessons : [findLesson(lessons, lesson)];
  const backend = await chooseBackend(flags.backend);
  console.log(`Backend: ${describeBackend(backend)}`);
  const succeeded =
    notebooks.length > 0
      ? await runFiles(notebooks, flags)
      : await runCourse(chosen, backend, flags, lessons);
  return succeeded ? 0 : 1;
}
