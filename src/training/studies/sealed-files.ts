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

/**
 * Reads all results of a folder, which need not be there.
 *
 * @param nameOf what the file of a result is called
 */
export async function readSealed<T extends object>(
  folder: string,
  nameOf: (result: T) => string,
): Promise<Stored<T>> {
  const names = existsSync(folder) ? await readdir(folder) : [];
  const results: T[] = [];
  const problems: string[] = [];
  for (const name of names.filter((name) => name.endsWith('.json')).sort()) {
    const path = join(folder, name);
    try {
      // Sealed, it is what we have written.
      const result = unseal(await readFile(path, 'utf8')) as T;
      if (nameOf(result) !== basename(name)) throw new Error('is the result of another run');
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
