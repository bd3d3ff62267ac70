import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findLesson, readLessons } from '../lessons/catalogue.js';
import type { Lesson } from '../lessons/lesson.js';
import { toAssignment } from '../lessons/to-assignment.js';
import { formatNotebook, writeFileSafely } from '../notebook/files.js';

export interface AssignmentFlags {
  /** nbgrader's course folder. */
  readonly output: string;
  /** Whether files that the teacher has changed are written anew. */
  readonly force: boolean;
}

interface CourseFile {
  readonly path: string;
  readonly content: string;
}

/**
 * Writes lessons as nbgrader's source notebooks, and the settings that nbgrader needs for them.
 *
 * @param wishes numbers or names of lessons; none means all
 * @throws Error that lists the files that are there and differ, unless `force` is set; then nothing
 *   has been written.
 */
export async function writeAssignments(
  wishes: readonly string[],
  { output, force }: AssignmentFlags,
): Promise<void> {
  const all = await readLessons();
  const lessons = wishes.length === 0 ? all : wishes.map((wish) => findLesson(all, wish));
  const files = [await settings(output), ...lessons.map((lesson) => sourceOf(lesson, output))];
  const before = await Promise.all(files.map(({ path }) => textIn(path)));
  const changed = files.filter(({ content }, i) => (before[i] ?? content) !== content);
  if (changed.length > 0 && !force) {
    const names = changed.map(({ path }) => path).join(', ');
    throw new Error(
      `These files already exist, and differ from what would be written: ${names}. ` +
        'Choose another folder with --output, or give --force to overwrite them.',
    );
  }
  for (const { path, content } of files) {
    await writeFileSafely(path, content);
    console.log(`Wrote ${path}`);
  }
}

async function settings(folder: string): Promise<CourseFile> {
  const template = new URL('../../src/lessons/nbgrader_config.py', import.meta.url);
  const content = await readFile(template, 'utf8');
  return { path: join(folder, 'nbgrader_config.py'), content };
}

function sourceOf(lesson: Lesson, folder: string): CourseFile {
  const { slug } = lesson;
  const path = join(folder, 'source', slug, `${slug}.ipynb`);
  return { path, content: formatNotebook(toAssignment(lesson)) };
}

async function textIn(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    // Not there; whatever else is wrong with it, writing will say.
    return undefined;
  }
}
