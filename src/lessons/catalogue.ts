import { readdirSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lesson } from './lesson.js';
import { parseLesson } from './parse.js';

const inRepository = fileURLToPath(new URL('../../src/lessons/', import.meta.url));
const inPackage = fileURLToPath(new URL('without-hidden-tests/', import.meta.url));

/** Whether the lessons have their hidden tests: the installed package leaves them out. */
export function haveHiddenTests(): boolean {
  return readdirSync(inRepository).some(isLesson);
}

/**
 * Reads all lessons of a folder, in the order of their numbers.
 *
 * @param folder holds one folder a lesson, `01-its-title/lesson.md`
 * @throws Error if a lesson's source breaks a rule; see {@link parseLesson}.
 */
export async function readLessons(
  folder: string = haveHiddenTests() ? inRepository : inPackage,
): Promise<Lesson[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const slugs = entries
    .filter((entry) => entry.isDirectory() && isLesson(entry.name))
    .map((entry) => entry.name)
    .sort();
  return Promise.all(
    slugs.map(async (slug) =>
      parseLesson(slug, await readFile(join(folder, slug, 'lesson.md'), 'utf8')),
    ),
  );
}

/** By a folder's name. */
export function isLesson(folder: string): boolean {
  return /^\d\d-/.test(folder);
}

/**
 * Finds a lesson by its number (`'1'`, `'01'`) or its whole name.
 *
 * @throws Error that lists the lessons there are, if none fits.
 */
export function findLesson(lessons: readonly Lesson[], wish: string): Lesson {
  const found = lessons.find(({ slug }) => slug === wish || sameNumber(slug, wish));
  if (found) return found;
  const known = lessons.map(({ slug }) => slug).join(', ');
  throw new Error(`There is no lesson "${wish}". Give a number or a name of: ${known}.`);
}

function sameNumber(slug: string, wish: string): boolean {
  return /^\d+$/.test(wish) && Number(wish) === Number(slug.slice(0, 2));
}
