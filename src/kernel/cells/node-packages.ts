import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { asRequired } from './cell-context.js';
import type { Packages } from './modules.js';

/** Node's words for a package that `require` cannot take, but `import` can. */
const forImportAlone = new Set([
  'ERR_PACKAGE_PATH_NOT_EXPORTED',
  'ERR_REQUIRE_ASYNC_MODULE',
  'ERR_REQUIRE_ESM',
]);

/** Packages that every notebook can import, wherever it lies: the kernel brings them along. */
const ownPackages = ['inception-lab', 'tslab'];

const ownRequire = createRequire(import.meta.url);

/** Packages as Node finds them from the file that asks. */
export class NodePackages implements Packages {
  readonly #onLoad: (specifier: string) => void;
  /** What only `import` could load. */
  readonly #imported = new Map<string, unknown>();
  /** What failed to load before the cell began: it fails where the cell asks for it. */
  readonly #failed = new Map<string, unknown>();

  /** @param onLoad called when a module was loaded, before anything is done with it */
  constructor(onLoad: (specifier: string) => void) {
    this.#onLoad = onLoad;
  }

  begin(): void {
    this.#failed.clear();
  }

  async prepare(specifier: string, from: string): Promise<void> {
    try {
      this.load(specifier, from);
    } catch (error) {
      const { code = '' } = error as { code?: string };
      const key = keyOf(specifier, from);
      try {
        if (!forImportAlone.has(code)) throw error;
        this.#imported.set(key, asRequired(await importFrom(from, specifier)));
      } catch (failure) {
        this.#failed.set(key, failure);
      }
    }
  }

  load(specifier: string, from: string): unknown {
    const key = keyOf(specifier, from);
    if (this.#failed.has(key)) throw this.#failed.get(key);
    if (this.#imported.has(key)) return this.#imported.get(key);
    const exports = requireFrom(from, specifier);
    this.#onLoad(specifier);
    return exports;
  }

  metaOf(path: string): object {
    const url = pathToFileURL(path).href;
    const { resolve } = createRequire(path);
    return {
      ...{ url, filename: path, dirname: dirname(path) },
      resolve: (specifier: string) => pathToFileURL(resolve(specifier)).href,
    };
  }
}

function requireFrom(from: string, specifier: string): unknown {
  const require = createRequire(from);
  let path: string;
  try {
    path = require.resolve(specifier);
  } catch (error) {
    if (ownPackages.includes(specifier.split('/', 1).join())) return ownRequire(specifier);
    throw error;
  }
  // Data may have changed since it was read.
  if (path.endsWith('.json')) Reflect.deleteProperty(require.cache, path);
  return require(specifier);
}

/** The `import()` of a file. */
function importFrom(path: string, specifier: string): Promise<object> {
  const url = import.meta.resolve(specifier, pathToFileURL(path));
  return import(url) as Promise<object>;
}

function keyOf(specifier: string, from: string): string {
  return `${dirname(from)}\n${specifier}`;
}
