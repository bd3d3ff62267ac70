import { somePictures, type Dataset } from '../training/data/dataset.js';
import { decodeStrips } from '../training/data/png-strips.js';
import { sources } from '../training/data/sources.js';
import { courseFiles } from './course-files.js';
import { readCourseFile, readCourseText } from './read-course-file.js';

/** The sets of pictures that come with the course: clothes, and photographs in colour. */
export type CoursePicturesName = 'fashion-mnist' | 'cifar10';

/** What is beside the pictures. */
interface Description {
  readonly train: number;
  readonly test: number;
  /** The classes of all pictures, a digit each. */
  readonly labels: string;
}

/**
 * Opens a set of pictures that comes with the course, a small part of a published one:
 * `'fashion-mnist'` has 2,400 to train with and 600 to test with, `'cifar10'` 50 and 400, in colour.
 *
 * @throws Error if there is no such set, or its file is not there.
 */
export async function loadCoursePictures(name: CoursePicturesName): Promise<Dataset> {
  if (!Object.hasOwn(files, name)) {
    throw new Error(
      `No pictures "${name}" come with the course. Choose one of: ${Object.keys(files).join(', ')}.`,
    );
  }
  const { strip, description } = files[name];
  const { train, test, labels } = JSON.parse(await readCourseText(description)) as Description;
  const { height, width, channels, classes } = sources[name];
  const data = await decodeStrips([await readCourseFile(strip)]);
  const all = {
    count: train + test,
    // What is decoded has three channels, which are alike where the picture is grey.
    images: channels === 1 ? data.filter((_, i) => i % 3 === 0) : data,
    labels: Uint8Array.from(labels, Number),
  };
  return {
    ...{ name, classes, height, width, channels },
    train: somePictures(all, train),
    test: somePictures(all, test, train),
  };
}

const files = {
  'fashion-mnist': {
    strip: courseFiles['fashion-mnist.png'],
    description: courseFiles['fashion-mnist-pictures.json'],
  },
  cifar10: {
    strip: courseFiles['cifar10.png'],
    description: courseFiles['cifar10-pictures.json'],
  },
} as const;
