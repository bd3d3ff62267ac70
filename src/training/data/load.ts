import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../../platform/node/cache-folder.js';
import type { Dataset, Files } from './dataset.js';
import { readExcerpt } from './excerpt.js';
import { openFolder } from './folder.js';
import { decodeKnown, readKnownFiles } from './known.js';
import { datasetNames, isKnown, type DatasetName } from './sources.js';

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
  if (!isKnown(nameOrPath)) {
    if (isFolder(nameOrPath)) return openFolder(nameOrPath, size);
    throw new Error(
      `There is no data set "${nameOrPath}", and no folder of that path. ` +
        `Choose one of: ${datasetNames.join(', ')}; or give a folder that has one for each class.`,
    );
  }
  const name = nameOrPath;
  const folder = dataFolder(name);
  if (!existsSync(folder)) {
    throw new Error(
      `${name} has not been fetched yet. Fetch it with: npx inception-lab data ${name}`,
    );
  }
  return (await readExcerpt(name, folder)) ?? decodeKnown(name, await readFiles(name, folder));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/**
 * Reads a set's files, compressed by gzip or not, and checks them.
 *
 * @throws Error that names the file that is missing, or is not the one that was published.
 */
export function readFiles(name: DatasetName, folder: string): Promise<Files> {
  const pathOf = (file: string) => join(folder, file);
  return readKnownFiles(name, {
    read: (file) => readPacked(pathOf(file)),
    nameOf: pathOf,
    advice: `Fetch it again with: npx inception-lab data ${name}`,
  });
}

async function readPacked(path: string): Promise<Uint8Array> {
  const found = [path, `${path}.gz`].find((file) => existsSync(file));
  if (found !== undefined) return readFile(found);
  throw new Error(`There is neither ${path} nor ${path}.gz.`);
}
