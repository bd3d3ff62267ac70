import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { seal, unseal } from './seal.js';

/** What a folder holds of a study. */
export interface Stored<T> {
  readonly results: readonly T[];
  /** Of each file that cannot be taken for a result, a sentence that says why, and what to do. */
  readonly problems: readonly string[];
}

/** What a result has to have, to be taken for one. */
export interface Form<T> {
  readonly keys: readonly (keyof T & string)[];
  /** What the file of a result is called. */
  readonly nameOf: (result: T) => string;
}

/** Reads all results of a folder, which need not be there. */
export async function readSealed<T extends object>(
  folder: string,
  form: Form<T>,
): Promise<Stored<T>> {
  const names = existsSync(folder) ? await readdir(folder) : [];
  const results: T[] = [];
  const problems: string[] = [];
  for (const name of names.filter((name) => name.endsWith('.json')).sort()) {
    const path = join(folder, name);
    try {
      const result = unseal(await readFile(path, 'utf8'));
      requireForm(result, form, basename(name));
      results.push(result);
    } catch (error) {
      const { message } = error as Error;
      problems.push(
        `The result ${path} ${message}. It is ignored: remove it, and run the study again.`,
      );
    }
  }
  return { results, problems };
}

/**
 * Sealed, it is what we have written, but maybe in another version.
 *
 * @throws Error with the end of a sentence that begins with the file.
 */
function requireForm<T extends object>(
  result: object,
  { keys, nameOf }: Form<T>,
  name: string,
): asserts result is T {
  const missing = keys.find((key) => !(key in result));
  if (missing !== undefined) throw new Error(`has no "${missing}": another version wrote it`);
  if (nameOf(result as T) !== name) throw new Error('is the result of another run');
}

/** @throws Error that names the file and says why it cannot be written. */
export async function writeSealed(path: string, result: object): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomic(path, seal(result));
  } catch (error) {
    throw new Error(
      `The result cannot be written: ${(error as Error).message}. ` +
        'Make room or give another --results folder, and run the study again: it will resume.',
      { cause: error },
    );
  }
}
