/** Run as a process of its own: `gpu-lesson.ts NUMBER BACKEND`: runs the solved lesson, says how it went. */
import { fileURLToPath } from 'node:url';
import { runNotebook } from '../dist/kernel/run-notebook.js';
import { findLesson, readLessons } from '../dist/lessons/catalogue.js';
import { toNotebook } from '../dist/lessons/to-notebook.js';
import { firstError } from '../dist/notebook/notebook.js';

const [number, backend] = process.argv.slice(2) as [string, string];
const lesson = findLesson(await readLessons(), number);
const begun = performance.now();
let cells = 0;
const notebook = await runNotebook(toNotebook(lesson, 'solved'), {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env: { INCEPTION_LAB_BACKEND: backend },
  cellTimeout: 120,
  onCell: (cell) => void (cells = cell),
});
const problem = firstError(notebook);
console.log(
  JSON.stringify({
    lesson: lesson.slug,
    cells,
    seconds: (performance.now() - begun) / 1000,
    problem,
  }),
);
process.exit(0);
