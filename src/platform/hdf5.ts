import type { File } from 'h5wasm/node';
import type { Source } from './source.js';

/** What of the HDF5 library is used here. */
export interface Hdf5 {
  /** @throws Error with a clause that says what is wrong. */
  readonly open: (source: Source) => Promise<File>;
  /**
   * Calls the library so that its errors are thrown; by itself it prints them, and goes on.
   *
   * @throws Error with a clause that says what is wrong.
   */
  readonly attempt: <T>(call: () => T) => T;
}
