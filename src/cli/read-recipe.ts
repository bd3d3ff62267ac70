import { readFile } from 'node:fs/promises';
import { parseRecipe, type Recipe } from '../training/recipe.js';

/** @throws Error that names the file, and what is missing or unknown in it. */
export async function readRecipe(path: string): Promise<Recipe> {
  try {
    return parseRecipe(await readFile(path, 'utf8'));
  } catch (error) {
    throw new Error(`Cannot use ${path}: ${(error as Error).message}`, { cause: error });
  }
}
