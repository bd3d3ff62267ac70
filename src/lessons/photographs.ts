import { courseFile } from '#platform';
import { readImage, type Image } from '../models/pictures/read-image.js';
import type { ResizeOptions } from '../models/pictures/resize.js';
import type { CourseFile } from '../platform/course-file.js';
import { courseFiles } from './course-files.js';

/** A photograph that comes with the course. */
interface Source {
  readonly file: CourseFile;
  /** What it shows, who took it, when; from the package's description. */
  readonly credit: string;
}

/** The course's photographs, all in the public domain (the Getty's Open Content Program). */
export const photographs = {
  'airplane-from-above': {
    file: courseFiles['airplane-from-above.jpg'],
    credit: 'Fedele Azari, "Airplane, Viewed from Above Looking Down", 1914–1929',
  },
} as const satisfies Record<string, Source>;

export type PhotographName = keyof typeof photographs;

/**
 * Loads one of the course's photographs.
 *
 * @throws Error that lists the names there are, if this is none of them.
 */
export async function loadPhotograph(
  name: PhotographName,
  options: ResizeOptions = {},
): Promise<Image & { readonly credit: string }> {
  const source = (photographs as Partial<Record<string, Source>>)[name];
  if (!source) {
    const names = Object.keys(photographs).join(', ');
    throw new Error(`There is no photograph "${name}". Choose one of: ${names}.`);
  }
  const image = await readImage(courseFile(source.file), options);
  return { ...image, credit: source.credit };
}
