import { join } from 'node:path';
import type { CompiledCell } from '../kernel/compiler/compiled.js';
import { contextName, scopeName } from '../kernel/compiler/names-in-cells.js';
import { compileFunction } from '../kernel/cells/compile-function.js';
import { Modules } from '../kernel/cells/modules.js';
import { NodePackages } from '../kernel/cells/node-packages.js';

/** The variables of a notebook whose cells are run in this process. */
export class CellScope {
  /** By their names. */
  readonly variables: Record<string, unknown> = {};
  readonly #modules = new Modules(new NodePackages(() => undefined), compileFunction);
  readonly #path = join(process.cwd(), 'notebook.ipynb');

  /** Makes the variables what they were, in the place where cells look for them. */
  restore(variables: Readonly<Record<string, unknown>>): void {
    for (const name of Object.keys(this.variables)) Reflect.deleteProperty(this.variables, name);
    Object.assign(this.variables, variables);
  }

  async run(cell: CompiledCell, name: string): Promise<void> {
    await this.#modules.prepare(cell, this.#path);
    const { isAsync } = cell;
    const parameters = [scopeName, 'exports', 'require', contextName];
    const body = compileFunction(cell, { name, parameters, isAsync });
    const context = this.#modules.contextOf(cell, this.#path);
    await body(this.variables, this.variables, this.#modules.requireOf(cell, this.#path), context);
  }
}
