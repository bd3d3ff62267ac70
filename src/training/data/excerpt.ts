import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { somePictures, type Dataset, type PictureSize, type Split } from './dataset.js';

/**
 * The first pictures of a set, for a machine that nothing can be fetched to: they stand in the set's
 * folder in place of the published files, and are checked against the hash that was taken of them.
 */
interface Excerpt extends PictureSize {
  readonly classes: readonly string[];
  readonly train: number;
  readonly test: number;
  /** SHA-256 of `excerpt.bin`: pictures to train with, to test with, and their labels. */
  readonly hash: string;
}

/** @throws Error if the set has not as many pictures. */
export async function writeExcerpt(
  data: Dataset,
  counts: { readonly train: number; readonly test: number },
  folder: string,
): Promise<void> {
  const [train, test] = [
    somePictures(data.train, counts.train),
    somePictures(data.test, counts.test),
  ];
  const bytes = Buffer.concat([train, test].flatMap(partsOf));
  const { height, width, channels, classes } = data;
  const excerpt: Excerpt = { height, width, channels, classes, ...counts, hash: hashOf(bytes) };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'excerpt.bin'), bytes);
  await writeFile(join(folder, 'excerpt.json'), JSON.stringify(excerpt));
}

/** @returns `undefined` if the folder has no excerpt */
export async function readExcerpt(name: string, folder: string): Promise<Dataset | undefined> {
  const description = join(folder, 'excerpt.json');
  if (!existsSync(description)) return undefined;
  const excerpt = JSON.parse(await readFile(description, 'utf8')) as Excerpt;
  const bytes = await readFile(join(folder, 'excerpt.bin'));
  if (hashOf(bytes) !== excerpt.hash) {
    throw new Error(`${folder} has an excerpt of ${name} that is damaged: make it again.`);
  }
  const { height, width, channels, classes } = excerpt;
  const size = height * width * channels;
  let start = 0;
  const take = (length: number) => new Uint8Array(bytes.subarray(start, (start += length)));
  const split = (count: number): Split => ({
    count,
    images: take(count * size),
    labels: take(count),
  });
  const train = split(excerpt.train);
  return { name, height, width, channels, classes, train, test: split(excerpt.test) };
}

function partsOf({ images, labels }: Split): Uint8Array[] {
  if (images instanceof Uint8Array && labels instanceof Uint8Array) return [images, labels];
  throw new Error('An excerpt is of pictures in memory, with at most 256 classes.');
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
