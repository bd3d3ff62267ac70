import type { Source } from './source.js';

/** What is in an HDF5 file, without its numbers. */
export interface Hdf5Group {
  /** Those that are a text, or a list of texts. */
  readonly attributes: ReadonlyMap<string, string | readonly string[]>;
  readonly groups: ReadonlyMap<string, Hdf5Group>;
  readonly datasets: ReadonlyMap<string, Hdf5Dataset>;
}

export interface Hdf5Dataset {
  /** From the root. */
  readonly path: string;
  /** As Python's `struct` writes it: `'<f'`; `undefined` if it is a compound. */
  readonly dtype: string | undefined;
  readonly shape: readonly number[];
}

export interface OpenHdf5 {
  readonly root: Hdf5Group;
  /**
   * The numbers of a data set of float32, row-major.
   *
   * @throws Error with a clause that says what is wrong.
   */
  readonly read: (dataset: Hdf5Dataset) => Promise<Float32Array>;
  readonly close: () => Promise<void>;
}

/**
 * Opens a file of HDF5, or the one of this name in a zip archive.
 *
 * @throws Error with a clause that says what is wrong.
 */
export type OpenHdf5File = (source: Source, zipped: string) => Promise<OpenHdf5>;
