import { join } from 'node:path';
import { readLessons } from '../lessons/catalogue.js';
import { toNotebook } from '../lessons/to-notebook.js';
import { writeNotebook } from '../notebook/files.js';

/** Writes every lesson's notebook as the learner gets it. */
export async function writeNotebooks(folder: string): Promise<void> {
  for (const lesson of await readLessons()) {
    const path = join(folder, `${lesson.slug}.ipynb`);
    await writeNotebook(path, toNotebook(lesson, 'learner'));
    console.log(`Wrote ${path}`);
  }
}
