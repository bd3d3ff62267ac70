import { crc32 } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { mostNotebook, type FoundNotebook } from './read-submission.js';

/** How much an archive may hold in all, in bytes, and how many files. */
const most = { bytes: 2e9, files: 20_000 } as const;

/**
 * The notebooks in an archive, in memory: nothing is written under a name that is in it.
 *
 * @throws Error in a sentence, if it is damaged, names places outside of it, or unpacks to too much
 */
export async function notebooksInZip(path: string): Promise<FoundNotebook[]> {
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(path, { autoClose: false });
    return await read(zip);
  } catch (error) {
    throw new Error(`The archive "${path}" cannot be read: ${(error as Error).message}.`, {
      cause: error,
    });
  } finally {
    zip?.close();
  }
}

async function read(zip: ZipFile): Promise<FoundNotebook[]> {
  const found: FoundNotebook[] = [];
  let [bytes, files] = [0, 0];
  for await (const entry of zip.eachEntry()) {
    if (++files > most.files) throw new Error(`it has more than ${most.files} files`);
    if (!/\.ipynb$/i.test(entry.fileName) || isIgnored(entry.fileName)) continue;
    bytes += entry.uncompressedSize;
    if (bytes > most.bytes) throw new Error(`it unpacks to more than ${most.bytes / 1e9} GB`);
    found.push({ path: entry.fileName, bytes: await contentOf(zip, entry) });
  }
  return found;
}

async function contentOf(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  // Read as one that is too large: its learner is told, and others are marked.
  if (entry.uncompressedSize > mostNotebook) return new Uint8Array(mostNotebook + 1);
  const chunks: Buffer[] = [];
  // yauzl ends a file that is longer than it says.
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  const content = Buffer.concat(chunks);
  if (crc32(content) !== entry.crc32) throw new Error(`its ${entry.fileName} is damaged`);
  return content;
}

function isIgnored(name: string): boolean {
  return /(^|\/)(__MACOSX|\.ipynb_checkpoints)\//.test(name);
}
