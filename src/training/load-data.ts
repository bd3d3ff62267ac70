import { shrink, somePictures, type Dataset } from './data/dataset.js';
import { dataset } from './data/load.js';
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
