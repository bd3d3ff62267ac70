import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Notebook } from './notebook.js';

/**
 * Reads a notebook of format 4; cells that lack an id (required from 4.5 on) get one.
 *
 * @throws Error if the file cannot be read, or is no notebook.
 */
export async function readNotebook(path: string): Promise<Notebook> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`Cannot read the notebook "${path}": ${reason(error)}.`, { cause: error });
  }
  const notebook = parse(text);
  if (!isNotebook(notebook)) {
    throw new Error(
      `"${path}" is not a Jupyter notebook of format 4. Give the path of an .ipynb file.`,
    );
  }
  return {
    ...notebook,
    nbformat_minor: Math.max(5, notebook.nbformat_minor),
    cells: notebook.cells.map((cell, i) => ({ ...cell, id: cell.id || `cell-${i}` })),
  };
}

/** Writes a notebook so that at every moment the file is the old one or the new one, whole. */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  await writeFileSafely(path, formatNotebook(notebook));
}

/** A notebook as Jupyter itself lays it out: one space of indent, a newline at the end. */
export function formatNotebook(notebook: Notebook): string {
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

/**
 * Writes a file atomically, with the folders that it needs.
 *
 * @throws Error that names the file and says why it cannot be written.
 */
export async function writeFileSafely(path: string, content: string | Buffer): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomic(path, content);
  } catch (error) {
    throw new Error(
      `Cannot write "${path}": ${reason(error)}. Free the folder for writing, or choose another with --output.`,
      { cause: error },
    );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isNotebook(value: unknown): value is Notebook {
  if (typeof value !== 'object' || value === null) return false;
  const { nbformat, nbformat_minor, cells } = value as Partial<Notebook>;
  return nbformat === 4 && typeof nbformat_minor === 'number' && Array.isArray(cells);
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const known: Record<string, string> = {
    ENOENT: 'there is no such file',
    EACCES: 'permission is denied',
    EROFS: 'the file system is read-only',
    ENOTDIR: 'a part of its path is a file, not a folder',
    EEXIST: 'a part of its path is a file, not a folder',
    ENOSPC: 'the disk is full',
    EISDIR: 'it is a folder',
  };
  return known[code ?? ''] ?? message;
}
