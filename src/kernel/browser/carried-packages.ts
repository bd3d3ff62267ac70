import { asRequired } from '../cells/cell-context.js';
import type { Packages } from '../cells/modules.js';
import { isCarried, notCarried, type CarriedName } from './carried-names.js';

/** What a page carries, by the names with which cells import it. */
const carried: Readonly<Record<CarriedName, () => Promise<object>>> = {
  'inception-lab': () => import('inception-lab'),
  '@tensorflow/tfjs': () => import('@tensorflow/tfjs'),
};

/** The packages that came with the page: there are no others. */
export class CarriedPackages implements Packages {
  readonly #onLoad: () => void;
  readonly #loaded = new Map<string, object>();
  /** What failed to load before the cell began: it fails where the cell asks for it. */
  readonly #failed = new Map<string, Error>();

  /** @param onLoad called when a package was loaded, before anything is done with it */
  constructor(onLoad: () => void) {
    this.#onLoad = onLoad;
  }

  begin(): void {
    this.#failed.clear();
  }

  async prepare(specifier: string): Promise<void> {
    if (!isCarried(specifier) || this.#loaded.has(specifier)) return;
    try {
      this.#loaded.set(specifier, asRequired(await carried[specifier]()));
      this.#onLoad();
    } catch (error) {
      this.#failed.set(specifier, error as Error);
    }
  }

  /** @throws Error that names the packages that there are. */
  load(specifier: string): unknown {
    const loaded = this.#loaded.get(specifier);
    if (loaded) return loaded;
    const failure = this.#failed.get(specifier);
    if (failure) {
      throw new Error(`"${specifier}" could not be loaded: ${failure.message}`, { cause: failure });
    }
    throw new Error(notCarried(specifier));
  }

  metaOf(path: string): object {
    return { url: new URL(path, import.meta.url).href };
  }
}
