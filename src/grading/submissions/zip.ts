import { crc32 } from 'node:zlib';
import { fromBufferPromise, openPromise, type Entry, type ZipFile } from 'yauzl';
import { isIgnored } from './ignored.js';
import { isTooLarge, mostNotebook, type FoundNotebook } from './read-submission.js';

/** How much an archive may hold in all, in bytes, and how many files. */
interface Most {
  readonly bytes: number;
  readonly files: number;
  /** How many archives may be in one another. */
  readonly depth: number;
}

/** Of an archive that may be a whole class's. */
const most: Most = { bytes: 2e9, files: 20_000, depth: 2 };

/** Of one that lies in another: it is one learner's. */
const mostInside = { bytes: 200e6, files: 5000 } as const;

/**
 * The notebooks in an archive and in those in it, in memory: nothing is written under a name that is
 * in it. Whatever is wrong with an archive inside is the problem of whoever has handed that in.
 *
 * @param archive its path, or its bytes
 * @param name for errors
 * @throws Error in a sentence, if it is damaged, names places outside of it, or unpacks to too much
 */
export async function notebooksInZip(
  archive: string | Buffer,
  name: string,
  limits: Most = most,
): Promise<FoundNotebook[]> {
  let zip: ZipFile | undefined;
  try {
    zip = await (typeof archive === 'string'
      ? openPromise(archive, { autoClose: false })
      : fromBufferPromise(archive));
    return await read(zip, limits);
  } catch (error) {
    const why = (error as Error).message.replace(/\.$/, '');
    throw new Error(`The archive "${name}" cannot be read: ${why}.`, { cause: error });
  } finally {
    zip?.close();
  }
}

/**
 * The same for one archive among others, which are to be read whatever is wrong with this one.
 *
 * @param path with slashes, below the folder or archive
 */
export async function foundInZip(
  archive: string | Buffer,
  path: string,
  limits?: Most,
): Promise<FoundNotebook[]> {
  try {
    const inside = await notebooksInZip(archive, path.split('/').at(-1) ?? path, limits);
    return inside.map((one) => ({ ...one, path: `${path}/${one.path}` }));
  } catch (error) {
    return [{ path, problem: (error as Error).message }];
  }
}

async function read(zip: ZipFile, limits: Most): Promise<FoundNotebook[]> {
  const found: FoundNotebook[] = [];
  let [bytes, files] = [0, 0];
  for await (const entry of zip.eachEntry()) {
    if (++files > limits.files) throw new Error(`it has more than ${limits.files} files`);
    const { uncompressedSize } = entry;
    const path = pathOf(entry);
    if (isIgnored(path)) continue;
    if (/\.zip$/i.test(entry.fileName)) found.push(...(await inside(zip, entry, limits)));
    if (!/\.ipynb$/i.test(entry.fileName)) continue;
    if (uncompressedSize > mostNotebook) {
      // Its learner is told, and others are marked.
      found.push({ path, problem: isTooLarge });
      continue;
    }
    bytes += uncompressedSize;
    if (bytes > limits.bytes) throw new Error(`it unpacks to more than ${inWords(limits.bytes)}`);
    found.push({ path, bytes: await contentOf(zip, entry) });
  }
  return found;
}

async function inside(zip: ZipFile, entry: Entry, limits: Most): Promise<FoundNotebook[]> {
  const path = pathOf(entry);
  const depth = limits.depth - 1;
  const refuse = (why: string) => [
    { path, problem: `The archive "${path.split('/').at(-1)}" is not read: ${why}.` },
  ];
  if (depth < 0) return refuse('it is in an archive in an archive');
  if (entry.uncompressedSize > mostInside.bytes) {
    return refuse(`it has more than ${inWords(mostInside.bytes)}`);
  }
  return foundInZip(await contentOf(zip, entry), path, { ...mostInside, depth });
}

/** Some programs write `./ada/unit.ipynb`. */
function pathOf({ fileName }: Entry): string {
  const steps = fileName.split('/').filter((step) => step !== '.' && step !== '');
  return steps.join('/');
}

async function contentOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  if (entry.isEncrypted()) throw new Error(`its ${entry.fileName} needs a password`);
  const chunks: Buffer[] = [];
  // yauzl ends a file that is longer than it says.
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  const content = Buffer.concat(chunks);
  if (crc32(content) !== entry.crc32) throw new Error(`its ${entry.fileName} is damaged`);
  return content;
}

function inWords(bytes: number): string {
  return bytes < 1e9 ? `${bytes / 1e6} MB` : `${bytes / 1e9} GB`;
}
