import { firstPictures, shrink, type Dataset } from './data/dataset.js';
import { dataset } from './data/load.js';
import type { DataRecipe } from './recipe.js';

/** Opens the pictures that a recipe is for. */
export async function loadData({ name, size, train, test, ...rest }: DataRecipe): Promise<Dataset> {
  const whole = await dataset(name, { ...(size !== undefined && { size }) });
  const part = {
    ...whole,
    train: train === undefined ? whole.train : firstPictures(whole.train, train),
    test: test === undefined ? whole.test : firstPictures(whole.test, test),
  };
  return rest.shrink === undefined ? part : shrink(part, rest.shrink);
}
