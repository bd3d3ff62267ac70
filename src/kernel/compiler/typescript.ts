import type TypeScript from 'typescript';

/** The compiler that tslab brings along: `#typescript` is how this world loads it. */
export type TypeScriptCompiler = typeof TypeScript & Internals;

/** What it has beyond its public declarations. */
interface Internals {
  /** Whether a node stands where a value is computed. */
  isExpressionNode(node: TypeScript.Node): boolean;
  combinePaths(folder: string, name: string): string;
  /** A path relative to a folder; both with slashes. */
  getRelativePathFromDirectory(folder: string, path: string, ignoreCase: boolean): string;
}
