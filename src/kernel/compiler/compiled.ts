import type { CellError } from '../../notebook/notebook.js';

/** JavaScript, and where it came from. */
export interface Code {
  readonly javascript: string;
  /** A source map, as JSON. */
  readonly map: string;
  readonly source: string;
  /** The modules that it requires before it does anything else. */
  readonly required: readonly string[];
  /** Which of its imports are files of the learner's own; packages are left to Node. */
  readonly paths: Readonly<Record<string, string>>;
}

/** A file of the learner's, as CommonJS. */
export interface CompiledModule extends Code {
  readonly path: string;
}

/** A cell that can be run. */
export interface CompiledCell extends Code {
  readonly isAsync: boolean;
  /** What it declares. */
  readonly names: readonly string[];
  /** Those modules, of all that it imports directly or not, that have changed since the last cell. */
  readonly modules: readonly CompiledModule[];
}

/** A cell is compiled, or there is an error in it. */
export type Compilation =
  | { readonly cell: CompiledCell; readonly error?: undefined }
  | { readonly cell?: undefined; readonly error: CellError };
