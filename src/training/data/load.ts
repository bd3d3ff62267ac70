import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { cacheFolder } from '../../platform/node/cache-folder.js';
import { countClasses, type Dataset, type Split } from './dataset.js';
import { openFolder } from './folder.js';
import { datasetNames, sources, type DatasetName, type Files } from './sources.js';

/** Where the files of a set are kept. */
export function dataFolder(name: DatasetName): string {
  return join(cacheFolder(), 'data', name);
}

export interface DatasetOptions {
  /** Pixels a side of what the network takes, for a folder of pictures. Default: 299. */
  readonly size?: number;
}

/**
 * Opens a set of pictures: one that `npx inception-lab data NAME` has fetched, or a folder with a
 * folder of pictures for each class, which are in `train` and `val`, or right in it.
 *
 * @throws Error if there is no such set, if it has not been fetched, is damaged, or if a class has
 *   no picture.
 */
export async function dataset(
  nameOrPath: DatasetName | (string & {}),
  { size = 299 }: DatasetOptions = {},
): Promise<Dataset> {
  const name = datasetNames.find((known) => known === nameOrPath);
  if (name === undefined) {
    if (isFolder(nameOrPath)) return openFolder(nameOrPath, size);
    throw new Error(
      `There is no data set "${nameOrPath}", and no folder of that path. ` +
        `Choose one of: ${datasetNames.join(', ')}; or give a folder that has one for each class.`,
    );
  }
  const folder = dataFolder(name);
  if (!existsSync(folder)) {
    throw new Error(`${name} is not there yet. Fetch it with: npx inception-lab data ${name}`);
  }
  return decode(name, await readFiles(name, folder));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/**
 * Reads a set's files, compressed by gzip or not, and checks them.
 *
 * @throws Error that names the file that is missing, or is not the one that was published.
 */
export async function readFiles(name: DatasetName, folder: string): Promise<Files> {
  const expected = Object.entries(sources[name].files);
  const read = await Promise.all(
    expected.map(async ([file, hash]) => {
      const bytes = await readUncompressed(join(folder, file));
      const found = createHash('sha256').update(bytes).digest('hex');
      if (found === hash) return [file, bytes] as const;
      throw new Error(
        `${join(folder, file)} is not the published file: its SHA-256 is ${found}, not ${hash}. ` +
          `Fetch it anew with: npx inception-lab data ${name}`,
      );
    }),
  );
  return Object.fromEntries(read);
}

async function readUncompressed(path: string): Promise<Buffer> {
  if (existsSync(path)) return readFile(path);
  if (existsSync(`${path}.gz`)) return gunzipSync(await readFile(`${path}.gz`));
  throw new Error(`There is neither ${path} nor ${path}.gz.`);
}

/** @throws Error if there are not as many pictures and labels as were published. */
async function decode(name: DatasetName, files: Files): Promise<Dataset> {
  const { classes, perClass } = sources[name];
  const decoded = await sources[name].decode(files);
  for (const [i, split] of [decoded.train, decoded.test].entries()) {
    requireCounts(name, split, classes.length, perClass?.[i]);
  }
  return { name, classes, ...decoded };
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
