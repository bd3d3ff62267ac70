import type { Code, CompiledModule } from '../compiler/compiled.js';
import { contextName } from '../compiler/names-in-cells.js';
import {
  defaultOf,
  namespaceOf,
  type CellContext,
  type Exports,
  type Require,
} from './cell-context.js';

/** Code that other code can load: what it requires, and which of that is the learner's own. */
export type Imports = Pick<Code, 'required' | 'paths'>;

/** Where cells' imports come from that are not the learner's own files. */
export interface Packages {
  /** To be called before each cell. */
  begin(): void;
  /** Loads one, if a `require` alone could not; if it fails, it fails where a cell asks for it. */
  prepare(specifier: string, from: string): Promise<void>;
  load(specifier: string, from: string): unknown;
  /** `import.meta` of a file. */
  metaOf(path: string): object;
}

/** Makes a function of code, whose places are remembered. */
export type Compile = (
  code: Code,
  options: {
    /** By its path, or a cell's name. */
    readonly name: string;
    readonly parameters: readonly string[];
    readonly isAsync?: boolean;
  },
) => (...args: unknown[]) => unknown;

/** What cells import: packages as this world finds them, and the learner's own files as they are now. */
export class Modules {
  readonly #packages: Packages;
  readonly #compile: Compile;
  readonly #compiled = new Map<string, CompiledModule>();
  readonly #instances = new Map<string, { exports: unknown }>();

  constructor(packages: Packages, compile: Compile) {
    this.#packages = packages;
    this.#compile = compile;
  }

  /** Takes over files that are new or have changed. */
  update(modules: readonly CompiledModule[]): void {
    for (const module of modules) {
      this.#compiled.set(module.path, module);
      this.#instances.delete(module.path);
    }
  }

  /** Loads what code requires, since a `require` cannot wait. */
  async prepare(code: Imports, from: string): Promise<void> {
    this.#packages.begin();
    await this.#prepare(code, from, new Set());
  }

  /** The `require` of code in a file. */
  requireOf({ paths }: Pick<Code, 'paths'>, from: string): Require {
    return (specifier) => {
      const path = paths[specifier];
      return path === undefined ? this.#packages.load(specifier, from) : this.#instanceOf(path);
    };
  }

  contextOf(code: Pick<Code, 'paths'>, path: string): CellContext {
    return {
      meta: this.#packages.metaOf(path),
      import: async (specifier) => {
        await this.prepare({ ...code, required: [specifier] }, path);
        return namespaceOf(this.requireOf(code, path)(specifier) as Exports);
      },
      default: defaultOf,
      namespace: namespaceOf,
    };
  }

  async #prepare({ required, paths }: Imports, from: string, seen: Set<string>): Promise<void> {
    for (const specifier of required) {
      const path = paths[specifier];
      if (path === undefined) {
        await this.#packages.prepare(specifier, from);
      } else if (!seen.has(path)) {
        seen.add(path);
        await this.#prepare(this.#codeOf(path), path, seen);
      }
    }
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
    const run = this.#compile(code, { name: path, parameters });
    try {
      const folder = path.slice(0, path.lastIndexOf('/')) || '/';
      const require = this.requireOf(code, path);
      run(module.exports, require, module, path, folder, this.contextOf(code, path));
    } catch (error) {
      this.#instances.delete(path);
      throw error;
    }
    return module.exports;
  }
}
