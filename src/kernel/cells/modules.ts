import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import type { Code, CompiledModule } from '../compiler/compiled.js';
import { contextName } from '../compiler/names-in-cells.js';
import { rememberOrigin } from './positions.js';

/** What a cell, or a module of the learner's, finds under the name `__cell__`. */
export interface CellContext {
  /** `import.meta` */
  readonly meta: object;
  /** `import()` */
  readonly import: (specifier: string) => Promise<unknown>;
  /** What `import x from` takes of a module. */
  readonly default: (module: Exports) => unknown;
  /** What `import * as x from` takes of it. */
  readonly namespace: (module: Exports) => unknown;
  /** The cell's last expression. */
  result?: unknown;
}

type Exports = Record<string, unknown> | undefined | null;

type Imports = Pick<Code, 'required' | 'paths'>;

type Require = (specifier: string) => unknown;

/** Node's words for a package that `require` cannot take, but `import` can. */
const forImportAlone = new Set([
  'ERR_PACKAGE_PATH_NOT_EXPORTED',
  'ERR_REQUIRE_ASYNC_MODULE',
  'ERR_REQUIRE_ESM',
]);

/** Packages that every notebook can import, wherever it lies: the kernel brings them along. */
const ownPackages = ['inception-lab', 'tslab'];

const ownRequire = createRequire(import.meta.url);

/** What cells import: packages as Node finds them, and the learner's own files as they are now. */
export class Modules {
  /** As which the notebook itself imports: a file in its folder. */
  readonly notebookPath: string;
  readonly #onLoad: (specifier: string) => void;
  readonly #compiled = new Map<string, CompiledModule>();
  readonly #instances = new Map<string, { exports: unknown }>();
  /** What only `import` could load. */
  readonly #imported = new Map<string, unknown>();
  /** What failed to load before the cell began: it fails where the cell asks for it. */
  readonly #failed = new Map<string, unknown>();

  /** @param onLoad called when a module was loaded, before anything is done with it */
  constructor(cwd: string, onLoad: (specifier: string) => void) {
    // Jupyter's server says which notebook it is.
    this.notebookPath = join(cwd, basename(process.env.JPY_SESSION_NAME ?? 'notebook.ipynb'));
    this.#onLoad = onLoad;
  }

  /** Takes over files that are new or have changed. */
  update(modules: readonly CompiledModule[]): void {
    for (const module of modules) {
      this.#compiled.set(module.path, module);
      this.#instances.delete(module.path);
      rememberOrigin(module.path, module);
    }
  }

  /** Loads what code requires, since a `require` cannot wait. */
  async prepare(code: Imports, from: string): Promise<void> {
    this.#failed.clear();
    await this.#prepare(code, from, new Set());
  }

  /** The `require` of code in a file. */
  requireOf({ paths }: Pick<Code, 'paths'>, from: string): Require {
    return (specifier) => {
      const path = paths[specifier];
      return path === undefined ? this.#load(specifier, from) : this.#instanceOf(path);
    };
  }

  contextOf(code: Pick<Code, 'paths'>, path: string): CellContext {
    const url = pathToFileURL(path).href;
    const { resolve } = createRequire(path);
    return {
      meta: {
        ...{ url, filename: path, dirname: dirname(path) },
        resolve: (specifier: string) => pathToFileURL(resolve(specifier)).href,
      },
      import: async (specifier) => {
        await this.prepare({ ...code, required: [specifier] }, path);
        return namespaceOf(this.requireOf(code, path)(specifier) as Exports);
      },
      default: (module) => (module?.__esModule ? module.default : module),
      namespace: namespaceOf,
    };
  }

  async #prepare({ required, paths }: Imports, from: string, seen: Set<string>): Promise<void> {
    for (const specifier of required) {
      const path = paths[specifier];
      if (path === undefined) {
        await this.#prepareExternal(specifier, from);
      } else if (!seen.has(path)) {
        seen.add(path);
        await this.#prepare(this.#codeOf(path), path, seen);
      }
    }
  }

  async #prepareExternal(specifier: string, from: string): Promise<void> {
    try {
      this.#load(specifier, from);
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

  #load(specifier: string, from: string): unknown {
    const key = keyOf(specifier, from);
    if (this.#failed.has(key)) throw this.#failed.get(key);
    if (this.#imported.has(key)) return this.#imported.get(key);
    const exports = requireFrom(from, specifier);
    this.#onLoad(specifier);
    return exports;
  }

  #codeOf(path: string): CompiledModule {
    const code = this.#compiled.get(path);
    if (code) return code;
    throw new Error(`The module ${path} has not been compiled.`);
  }

  /** A file of the learner's, run once until it changes. */
  #instanceOf(path: string): unknown {
    const existing = this.#instances.get(path);
    if (existing) return existing.exports;
    const module: { exports: unknown } = { exports: {} };
    // Before it is run: modules may import each other.
    this.#instances.set(path, module);
    const code = this.#codeOf(path);
    const parameters = ['exports', 'require', 'module', '__filename', '__dirname', contextName];
    const run = compileFunction(code.javascript, path, parameters);
    try {
      const require = this.requireOf(code, path);
      run(module.exports, require, module, path, dirname(path), this.contextOf(code, path));
    } catch (error) {
      this.#instances.delete(path);
      throw error;
    }
    return module.exports;
  }
}

/** A function whose body is given; the lines keep their numbers. */
export function compileFunction(
  body: string,
  filename: string,
  parameters: readonly string[],
  isAsync = false,
): (...args: unknown[]) => unknown {
  const head = `(${isAsync ? 'async ' : ''}function (${parameters.join(', ')}) {`;
  const script = new vm.Script(`${head}\n${body}\n})`, { filename, lineOffset: -1 });
  return script.runInThisContext() as (...args: unknown[]) => unknown;
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

/** As Node marks it where `require` takes such a module. */
function asRequired(namespace: object): object {
  if (!('default' in namespace) || '__esModule' in namespace) return namespace;
  return Object.create(namespace, { __esModule: { value: true } }) as object;
}

function namespaceOf(module: Exports): unknown {
  if (module?.__esModule || module?.[Symbol.toStringTag as unknown as string] === 'Module') {
    return module;
  }
  return { ...module, default: module };
}

function keyOf(specifier: string, from: string): string {
  return `${dirname(from)}\n${specifier}`;
}
