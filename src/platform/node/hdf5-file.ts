import { Dataset, File, Group, ready } from 'h5wasm/node';
import type { Hdf5Dataset, Hdf5Group } from '../hdf5.js';

/** A damaged file can have groups within themselves. */
const deepest = 20;

/** Keras's largest networks have some 10,000. */
const mostObjects = 200_000;

/**
 * An open file, in the thread that has the library. After an error the library is not to be used
 * again: it may have aborted, and it keeps what it had opened, so that it would answer from an old
 * file when a new one has its place.
 */
export class Hdf5File {
  private constructor(
    private readonly file: File,
    private readonly attempt: <T>(call: () => T) => T,
  ) {}

  static async open(path: string): Promise<Hdf5File> {
    const library = await ready;
    /** By itself the library prints its errors, and goes on. */
    const attempt = <T>(call: () => T): T => {
      library.activate_throwing_error_handler();
      try {
        return call();
      } catch (error) {
        throw explained(error as Error);
      } finally {
        library.deactivate_throwing_error_handler();
      }
    };
    return new Hdf5File(
      attempt(() => new File(path, 'r')),
      attempt,
    );
  }

  content(): Hdf5Group {
    let objects = 0;
    const walk = (group: Group, depth: number): Hdf5Group => {
      if (depth > deepest) throw new Error(`its groups are more than ${deepest} deep`);
      const groups = new Map<string, Hdf5Group>();
      const datasets = new Map<string, Hdf5Dataset>();
      for (const name of group.keys()) {
        if (++objects > mostObjects) {
          throw new Error(`it has more than ${mostObjects.toLocaleString('en')} objects`);
        }
        const child = group.get(name);
        if (child instanceof Group) groups.set(name, walk(child, depth + 1));
        if (child instanceof Dataset && child.shape) datasets.set(name, describe(child));
      }
      return { attributes: textAttributes(group), groups, datasets };
    };
    return this.attempt(() => walk(this.file, 0));
  }

  numbers(path: string): Float32Array {
    const value = this.attempt(() => {
      const dataset = this.file.get(path);
      return dataset instanceof Dataset ? dataset.value : undefined;
    });
    if (value instanceof Float32Array) return value;
    throw new Error(`its tensor "${path}" is not float32`);
  }

  close(): void {
    this.file.close();
  }
}

function describe({ path, dtype, shape }: Dataset): Hdf5Dataset {
  return { path, dtype: typeof dtype === 'string' ? dtype : undefined, shape: shape ?? [] };
}

function textAttributes({ attrs }: Group): Hdf5Group['attributes'] {
  const texts = new Map<string, string | readonly string[]>();
  for (const [name, attribute] of Object.entries(attrs)) {
    const { value } = attribute;
    if (typeof value === 'string') texts.set(name, value);
    // NumPy stores an empty list of texts as an empty list of numbers.
    else if (Array.isArray(value)) texts.set(name, value.map(String));
  }
  return texts;
}

/** The library lists the calls that failed, from the outermost to the one that says why. */
function explained(error: Error): Error {
  const { message } = error;
  if (/^Aborted|memory access|unreachable/.test(message)) {
    return new Error('HDF5 crashes on it', { cause: error });
  }
  const reason = message
    .match(/minor: .+/g)
    ?.at(-1)
    ?.slice('minor: '.length);
  return reason === undefined ? error : new Error(`HDF5 says "${reason}"`, { cause: error });
}
