import { fetchBlob, openInMemory } from '../bytes.js';
import type { Platform } from '../platform.js';
import { isKept, keep, keptFile, removeKeptBelow, renameKept } from './kept-files.js';

export const openBytes: Platform['openBytes'] = async (source) => {
  if (source instanceof Blob || source instanceof Uint8Array) return openInMemory(source);
  // What this browser keeps has the names that a program would give to files.
  const kept = source instanceof URL || isAbsolute(source) ? undefined : await ifKept(source);
  return openInMemory(kept ?? (await fetchBlob(source)));
};

function isAbsolute(url: string): boolean {
  return /^([a-z][a-z\d+.-]*:|\/\/)/i.test(url);
}

/** A browser that keeps nothing can still fetch. */
function ifKept(name: string): Promise<Blob | undefined> {
  return keptFile(name).catch(() => undefined);
}

export const fileExists: Platform['fileExists'] = isKept;

export const renameFile: Platform['renameFile'] = renameKept;

export const removeFolder: Platform['removeFolder'] = (path) => removeKeptBelow(`${path}/`);

export const cachePath: Platform['cachePath'] = (name) => `cache/${name}`;

export const replaceFile: Platform['replaceFile'] = async (path, chunks) => {
  const parts: BlobPart[] = [];
  for await (const chunk of chunks) parts.push(chunk as Uint8Array<ArrayBuffer>);
  await keep(path, new Blob(parts));
};
