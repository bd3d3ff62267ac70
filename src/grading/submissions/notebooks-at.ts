import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { isIgnored } from './ignored.js';
import { isTooLarge, mostNotebook, type FoundNotebook } from './read-submission.js';
import { withoutOwnName } from './wrapping.js';
import { foundInZip, notebooksInZip } from './zip.js';

/**
 * The notebooks in a folder or an archive, or one that is given itself.
 *
 * @throws Error in a sentence, if that is not there, or is an archive that cannot be read
 */
export async function notebooksAt(path: string): Promise<FoundNotebook[]> {
  const info = await stat(path).catch(() => {
    throw new Error(`There is no "${path}". Give the folder or zip with what learners handed in.`);
  });
  const name = basename(resolve(path));
  if (info.isDirectory()) return withoutOwnName(await notebooksIn(path), name);
  if (!/\.zip$/i.test(name)) return [await readAt(path, name)];
  return withoutOwnName(await notebooksInZip(path, path), name.replace(/\.zip$/i, ''));
}

async function notebooksIn(folder: string): Promise<FoundNotebook[]> {
  const found: FoundNotebook[] = [];
  for (const file of await filesBelow(folder)) {
    const name = relative(folder, file).split(sep).join('/');
    if (/\.zip$/i.test(file)) found.push(...(await foundInZip(file, name)));
    else found.push(await readAt(file, name));
  }
  return found;
}

async function readAt(file: string, path: string): Promise<FoundNotebook> {
  try {
    const { size } = await stat(file);
    return size > mostNotebook
      ? { path, problem: isTooLarge }
      : { path, bytes: await readFile(file) };
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    return { path, problem: `The notebook cannot be opened: ${code}.` };
  }
}

/** Links are not followed: they could lead anywhere. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      if (isIgnored(entry.name)) return [];
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return entry.isFile() && /\.(ipynb|zip)$/i.test(entry.name) ? [path] : [];
    }),
  );
  return found.flat();
}
