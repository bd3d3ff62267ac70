import { courseFile, openBytes } from '#platform';
import { readAll } from '../platform/bytes.js';
import type { CourseFile } from '../platform/course-file.js';
import { nameOf } from '../platform/source.js';

/** @throws Error that names the file, and says why it cannot be read. */
export async function readCourseFile(file: CourseFile): Promise<Uint8Array<ArrayBuffer>> {
  const source = courseFile(file);
  try {
    return await readAll(source, openBytes);
  } catch (error) {
    throw new Error(`Cannot read ${nameOf(source)}: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

export async function readCourseText(file: CourseFile): Promise<string> {
  return new TextDecoder().decode(await readCourseFile(file));
}
