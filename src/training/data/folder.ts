import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { requireSize } from '../../models/pictures/resize.js';
import { fnv1a32 } from '../../models/parts/hash.js';
import type { Dataset, Split } from './dataset.js';

/** What sharp decodes. */
const pictureExtensions = new Set([
  '.jpg',
  '.jpeg',
  '.png',
  '.webp',
  '.gif',
  '.tif',
  '.tiff',
  '.avif',
]);

/** What sets call their pictures to test with. */
const testFolders = ['val', 'validation', 'test'];

/** Where there is no such folder, one of so many pictures of a class is to test with. */
const testShare = 10;

/** A picture's path, and its class's number. */
type Labelled = readonly [path: string, label: number];

/**
 * Finds the pictures of a folder that has a folder for each class, as Imagenette, Tiny ImageNet and
 * ImageNet have; they are read when their turn comes. The classes are in `train`, and those to test
 * with in `val`, `validation` or `test`; or else right in the folder, where a tenth is to test with.
 * Tiny ImageNet's `val`, whose classes are in a text beside, is understood too.
 *
 * @param side pixels a side of what the network takes: of each picture the centre, scaled, as `crops`
 *   takes it
 * @throws Error if a folder is not there, or a class has no picture.
 */
export async function openFolder(path: string, side: number): Promise<Dataset> {
  requireSize([side, side]);
  // Pictures are ordered by what their paths have after it, however it is written: `./pics/`, `pics`.
  const folder = resolve(path);
  const { classes, train, test } = existsSync(join(folder, 'train'))
    ? await sorted(folder)
    : await unsorted(folder);
  return {
    name: basename(folder),
    classes,
    ...{ height: side, width: side, channels: 3 },
    train: toSplit(folder, train),
    test: toSplit(folder, test),
  };
}

interface Found {
  readonly classes: readonly string[];
  readonly train: readonly Labelled[];
  readonly test: readonly Labelled[];
}

/** A folder that has pictures to train with and others to test with. */
async function sorted(folder: string): Promise<Found> {
  const trainFolder = join(folder, 'train');
  const testFolder = testFolders.map((name) => join(folder, name)).find(existsSync);
  if (testFolder === undefined) {
    throw new Error(
      `${folder} has a folder "train", but none to test with. Name it one of: ${testFolders.join(', ')}.`,
    );
  }
  const classes = await foldersIn(trainFolder);
  const train = (await picturesByClass(trainFolder, classes)).flat();
  const annotations = join(testFolder, 'val_annotations.txt');
  const test = existsSync(annotations)
    ? await annotated(annotations, classes)
    : (await picturesByClass(testFolder, classes)).flat();
  return { classes, train, test };
}

/** A folder of classes alone. */
async function unsorted(folder: string): Promise<Found> {
  const classes = await foldersIn(folder);
  const all = await picturesByClass(folder, classes);
  const isTest = (i: number) => i % testShare === testShare - 1;
  return {
    classes,
    train: all.flatMap((ones) => ones.filter((_, i) => !isTest(i))),
    test: all.flatMap((ones) => ones.filter((_, i) => isTest(i))),
  };
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  if (names.length >= 2) return names.map(({ name }) => name).sort();
  throw new Error(
    `${folder} has ${names.length} folders, but needs one per class, and at least two.`,
  );
}

/** Each class's pictures, in an order that has nothing to do with what they show. */
async function picturesByClass(folder: string, classes: readonly string[]): Promise<Labelled[][]> {
  return Promise.all(
    classes.map(async (name, label) => {
      const own = join(folder, name);
      if (!existsSync(own)) throw new Error(`There is no folder ${own} for the class "${name}".`);
      const files = await readdir(own, { recursive: true });
      const pictures = files.filter((file) => pictureExtensions.has(extname(file).toLowerCase()));
      if (pictures.length === 0) {
        throw new Error(
          `The folder ${own} has no picture. Put pictures of "${name}" there, or remove it. ` +
            `Supported extensions: ${[...pictureExtensions].join(', ')}.`,
        );
      }
      return mixed(
        own,
        pictures.map((file) => [join(own, file), label] as const),
      );
    }),
  );
}

/** Tiny ImageNet's: a line has a file's name and its class, between tabs. */
async function annotated(path: string, classes: readonly string[]): Promise<Labelled[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [file = '', name = ''] = line.split('\t');
    const label = classes.indexOf(name);
    if (label >= 0) return [join(path, '..', 'images', file), label];
    throw new Error(`${path} names the class "${name}", which is not among those to train with.`);
  });
}

/** All classes mixed, so that the first pictures are a sample. */
function toSplit(folder: string, pictures: readonly Labelled[]): Split {
  if (pictures.length === 0) {
    throw new Error(
      `${folder} has no pictures to test with: one in ${testShare} of each class is set aside. Add some, or sort them into train and val.`,
    );
  }
  const order = mixed(folder, pictures);
  return {
    images: order.map(([path]) => path),
    labels: Uint16Array.from(order, ([, label]) => label),
    count: order.length,
  };
}

/** In the order of their paths' hashes: the same on every machine, wherever the folder is. */
function mixed(folder: string, pictures: readonly Labelled[]): Labelled[] {
  const keyed = pictures.map((picture) => {
    const path = picture[0].slice(folder.length).replaceAll('\\', '/');
    return { picture, path, hash: fnv1a32(path) };
  });
  keyed.sort((a, b) => a.hash - b.hash || (a.path < b.path ? -1 : 1));
  return keyed.map(({ picture }) => picture);
}
