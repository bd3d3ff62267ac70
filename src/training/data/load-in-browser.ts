import { openBytes } from '#platform';
import { readAll } from '../../platform/bytes.js';
import type { Source } from '../../platform/source.js';
import type { Dataset } from './dataset.js';
import { decodeKnown, readKnownFiles } from './known.js';
import { datasetNames, isKnown, sources, type DatasetName } from './sources.js';

/** A folder on a web server; or the files themselves, by their names. */
export type DatasetFiles = string | URL | Readonly<Record<string, Source>>;

/**
 * Opens a known set of pictures from its files, as they were published, compressed by gzip or not.
 * Any other set is an object of that type.
 *
 *     await dataset('mnist', 'https://example.org/mnist/');
 *     await dataset('mnist', { 'train-images-idx3-ubyte': file, … });
 *
 * @throws Error if there is no such set, or if a file is missing or damaged.
 */
export async function dataset(name: DatasetName, from: DatasetFiles): Promise<Dataset>;
/**
 * So that what is written for Node compiles here, too.
 *
 * @throws Error that says what a browser needs instead.
 */
export async function dataset(
  folder: string & {},
  options?: { readonly size?: number },
): Promise<Dataset>;
export async function dataset(
  name: string,
  from: DatasetFiles | { readonly size?: number } = {},
): Promise<Dataset> {
  if (!isKnown(name)) {
    throw new Error(
      `There is no data set "${name}". Choose one of: ${datasetNames.join(', ')}; ` +
        'a folder of pictures can be opened only in Node.',
    );
  }
  if (!isFolder(from) && !hasAny(from, Object.keys(sources[name].files))) {
    throw new Error(
      `In a browser, dataset('${name}') needs the set's files, or the address of their folder: ` +
        `dataset('${name}', 'https://…/${name}/').`,
    );
  }
  const files = await readKnownFiles(name, {
    read: (file) => readEither(from, file),
    nameOf: (file) => file,
    advice: `It is in the package ${sources[name].package.name}.`,
  });
  return decodeKnown(name, files);
}

function hasAny(from: object, files: readonly string[]): from is Readonly<Record<string, Source>> {
  return files.some((file) => file in from || `${file}.gz` in from);
}

async function readEither(from: DatasetFiles, file: string): Promise<Uint8Array> {
  try {
    return await read(from, file);
  } catch {
    return read(from, `${file}.gz`).catch((error: unknown) => {
      throw new Error(`There is neither ${file} nor ${file}.gz: ${(error as Error).message}.`, {
        cause: error,
      });
    });
  }
}

async function read(from: DatasetFiles, file: string): Promise<Uint8Array> {
  const source = isFolder(from) ? `${String(from).replace(/\/*$/, '/')}${file}` : from[file];
  if (source === undefined) throw new Error('it was not given');
  return readAll(source, openBytes);
}

function isFolder(from: unknown): from is string | URL {
  return typeof from === 'string' || from instanceof URL;
}
