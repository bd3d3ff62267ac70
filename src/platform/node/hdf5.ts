import type { Platform } from '../platform.js';
import { localPath, requireFile } from './files.js';

/** 4 MB. */
export const loadHdf5: Platform['loadHdf5'] = async () => {
  const { File, ready } = await import('h5wasm/node');
  const library = await ready;
  const attempt = <T>(call: () => T): T => {
    library.activate_throwing_error_handler();
    try {
      return call();
    } catch (error) {
      throw new Error(reasonOf(error as Error), { cause: error });
    } finally {
      library.deactivate_throwing_error_handler();
    }
  };
  return {
    attempt,
    open: async (source) => {
      const path = localPath(source);
      if (path === undefined) throw new Error('HDF5 is read from files alone');
      await requireFile(path);
      return attempt(() => new File(path, 'r'));
    },
  };
};

/** The library prints the calls that failed, from the outermost to the one that says why. */
function reasonOf({ message }: Error): string {
  const reason = message
    .match(/minor: .+/g)
    ?.at(-1)
    ?.slice('minor: '.length);
  return reason === undefined ? message : `HDF5 says "${reason}"`;
}
