import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchBlob, openInMemory, type OpenBytes } from '../bytes.js';
import type { Platform } from '../platform.js';
import type { Source } from '../source.js';
import { cacheFolder } from './cache-folder.js';

export const openBytes: Platform['openBytes'] = async (source) => {
  const local = localPath(source);
  if (local !== undefined) return openFile(local);
  if (source instanceof Blob || source instanceof Uint8Array) return openInMemory(source);
  return openInMemory(await fetchBlob(source));
};

/** The path of what is on the disk. */
export function localPath(source: Source): string | undefined {
  if (source instanceof URL) return source.protocol === 'file:' ? fileURLToPath(source) : undefined;
  return typeof source === 'string' && !/^https?:\/\//.test(source) ? source : undefined;
}

async function openFile(path: string): Promise<OpenBytes> {
  await requireFile(path);
  const file = await open(path);
  const { size } = await file.stat();
  return {
    size,
    read: (position, length) => readBytes(file, position, length),
    close: () => file.close(),
  };
}

/** Before opening: to open a named pipe would wait for its writer. */
export async function requireFile(path: string): Promise<void> {
  if (!(await stat(path)).isFile()) throw new Error('it is not a file');
}

async function readBytes(
  file: FileHandle,
  position: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    // A single read takes less than 2 GiB.
    const part = Math.min(length - done, 2 ** 30);
    const { bytesRead } = await file.read(bytes, done, part, position + done);
    if (bytesRead === 0) throw new Error('it became shorter while it was being read');
    done += bytesRead;
  }
  return bytes;
}

export const fileExists: Platform['fileExists'] = (path) => Promise.resolve(existsSync(path));

export const renameFile: Platform['renameFile'] = rename;

export const removeFolder: Platform['removeFolder'] = (path) =>
  rm(path, { recursive: true, force: true });

export const cachePath: Platform['cachePath'] = (name) => join(cacheFolder(), name);

/** Writes beside the old file, in the same folder so that the new one can take its name. */
export const replaceFile: Platform['replaceFile'] = async (path, chunks) => {
  await mkdir(dirname(path), { recursive: true });
  const draft = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    await writeNew(draft, chunks);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
};

/** Writes a file that did not exist, down to the disk. */
async function writeNew(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx');
  try {
    for await (const chunk of chunks) await file.writeFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}
