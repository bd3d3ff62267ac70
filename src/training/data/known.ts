import { countClasses, type Dataset, type Files, type Split } from './dataset.js';
import { sources, type DatasetName } from './sources.js';

/** Where the files of a known set of pictures are read from. */
export interface Place {
  /** @throws Error if there is no such file. */
  readonly read: (file: string) => Promise<Uint8Array>;
  /** What errors call a file. */
  readonly nameOf: (file: string) => string;
  /** What to do about a damaged one. */
  readonly advice: string;
}

/**
 * Reads a set's files, compressed by gzip or not, and checks them; a browser that is not told to
 * whom it speaks (`http:`) cannot hash, and counts only.
 *
 * @throws Error that names the file that is missing, or is not the one that was published.
 */
export async function readKnownFiles(name: DatasetName, place: Place): Promise<Files> {
  const expected = Object.entries(sources[name].files);
  const read = await Promise.all(
    expected.map(async ([file, hash]) => {
      const bytes = await uncompressed(await place.read(file));
      const found = await sha256(bytes);
      if (found === undefined || found === hash) return [file, bytes] as const;
      throw new Error(
        `${place.nameOf(file)} is not the published file: its SHA-256 is ${found}, not ${hash}. ` +
          place.advice,
      );
    }),
  );
  return Object.fromEntries(read);
}

async function uncompressed(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([new Uint8Array(bytes)]).stream();
  const whole = stream.pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(whole).arrayBuffer());
}

async function sha256(bytes: Uint8Array): Promise<string | undefined> {
  const { subtle } = crypto as Partial<Crypto>;
  if (!subtle) return undefined;
  const hash = new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @throws Error if there are not as many pictures and labels as were published. */
export async function decodeKnown(name: DatasetName, files: Files): Promise<Dataset> {
  const { classes, perClass, height, width, channels, decode } = sources[name];
  const decoded = await decode(files);
  for (const [i, split] of [decoded.train, decoded.test].entries()) {
    requireCounts(name, split, classes.length, perClass?.[i]);
  }
  return { name, classes, height, width, channels, ...decoded };
}

function requireCounts(
  name: string,
  split: Split,
  classes: number,
  perClass: number | undefined,
): void {
  const counts = countClasses(split, classes);
  const isWrong = perClass !== undefined && counts.some((count) => count !== perClass);
  if (split.labels.length === split.count && counts.length === classes && !isWrong) return;
  throw new Error(
    `${name} has ${split.count} pictures and ${split.labels.length} labels, by class ${counts.join(', ')}.`,
  );
}
