import { readFile } from 'node:fs/promises';
import { parseRecipe, type Recipe } from '../training/recipe.js';

/** @throws Error that names the file, and what is missing or unknown in it. */
export async function readRecipe(path: string): Promise<Recipe> {
  try {
    return parseRecipe(await readFile(path, 'utf8'));
  } catch (error) {
    throw cannotUse(path, error as Error);
  }
}

/**
 * Of a file that may as well be a model as TensorFlow.js saves it.
 *
 * @returns `undefined` if it is no recipe; what cannot be read is left to those who load a model
 * @throws Error that names the file, and what is missing or unknown in the recipe.
 */
export async function readIfRecipe(path: string): Promise<Recipe | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (!isRecipe(text)) return undefined;
  try {
    return parseRecipe(text);
  } catch (error) {
    throw cannotUse(path, error as Error);
  }
}

function isRecipe(text: string): boolean {
  try {
    const content: unknown = JSON.parse(text);
    return content instanceof Object && ('network' in content || 'data' in content);
  } catch {
    return false;
  }
}

function cannotUse(path: string, error: Error): Error {
  return new Error(`Cannot use ${path}: ${error.message}`, { cause: error });
}
