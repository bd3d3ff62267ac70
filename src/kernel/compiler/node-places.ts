import { builtinModules, createRequire } from 'node:module';

/** What every notebook's cells can use, and where on this machine it lies. */
export interface NodePlaces {
  /** From where the kernel's own packages are found. */
  readonly ownPath: string;
  /** The compiler that tslab brings along; the language's own types lie beside it. */
  readonly compiler: string;
  /** The package.json of those types of Node that tslab brings along. */
  readonly nodeTypes: string;
  /** The names of Node's own modules; those that begin with `node:` are Node's in any case. */
  readonly builtins: readonly string[];
}

export function nodePlaces(): NodePlaces {
  const { resolve } = createRequire(import.meta.url);
  const tslab = createRequire(resolve('tslab'));
  return {
    ownPath: resolve('../../index.js'),
    compiler: tslab.resolve('@tslab/typescript-for-tslab'),
    nodeTypes: tslab.resolve('@types/node/package.json'),
    builtins: builtinModules,
  };
}
