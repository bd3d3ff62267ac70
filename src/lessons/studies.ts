import type { StudiesDigest } from '../training/studies/digest.js';
import { courseFiles } from './course-files.js';
import { readCourseText } from './read-course-file.js';

/**
 * The results of the course's own studies (docs/ablations.md has them as a page): curves, errors and
 * verdicts, by study and comparison. Written anew by `npx inception-lab study report`.
 *
 * @throws Error if the file is not there.
 */
export async function loadStudies(): Promise<StudiesDigest> {
  return JSON.parse(await readCourseText(courseFiles['ablations.json'])) as StudiesDigest;
}
