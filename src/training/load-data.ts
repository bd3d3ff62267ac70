import {
  shrink,
  shrunkSize,
  somePictures,
  type Dataset,
  type PictureSize,
} from './data/dataset.js';
import { dataset } from './data/load.js';
import { isKnown, sources } from './data/sources.js';
import type { DataRecipe } from './recipe.js';

/**
 * Opens the pictures that a recipe is for.
 *
 * @throws Error if there are not as many.
 */
export async function loadData({
  name,
  size,
  shrink: factor,
  ...parts
}: DataRecipe): Promise<Dataset> {
  const whole = await dataset(name, { ...(size !== undefined && { size }) });
  const part = { ...whole, ...splitsOf(whole, parts) };
  return factor === undefined ? part : shrink(part, factor);
}

/**
 * What a recipe's pictures are like; a known set need not have been fetched for it.
 *
 * @throws Error if there is no such set or folder, or its pictures cannot be shrunk so.
 */
export async function describeData({
  name,
  size,
  shrink: factor = 1,
}: DataRecipe): Promise<PictureSize & Pick<Dataset, 'classes'>> {
  const whole = isKnown(name)
    ? sources[name]
    : await dataset(name, { ...(size !== undefined && { size }) });
  const { classes, channels } = whole;
  return { classes, channels, ...shrunkSize(whole, factor) };
}

function splitsOf(
  whole: Dataset,
  { train = whole.train.count, test = whole.test.count, validation }: Omit<DataRecipe, 'name'>,
): Pick<Dataset, 'train' | 'test'> {
  return {
    train: somePictures(whole.train, train),
    test:
      validation === undefined
        ? somePictures(whole.test, test)
        : somePictures(whole.train, validation, train),
  };
}
