import type TypeScript from 'typescript';

/** The compiler that tslab brings along: `#typescript` is how this world loads it. */
export type TypeScriptCompiler = typeof TypeScript & Internals;

/** What it has beyond its public declarations. */
interface Internals {
  /** Whether a node stands where a value is computed. */
  isExpressionNode(node: TypeScript.Node): boolean;
  /** Gives each name of a file what it stands for. */
  bindSourceFile(file: TypeScript.SourceFile, options: TypeScript.CompilerOptions): void;
  /** What decides whether a file is a module. */
  getSetExternalModuleIndicator(
    options: TypeScript.CompilerOptions,
  ): (file: TypeScript.SourceFile) => void;
  combinePaths(folder: string, name: string): string;
  /** Without `.` and `..`. */
  resolvePath(folder: string, ...names: string[]): string;
  /** A path relative to a folder; both with slashes. */
  getRelativePathFromDirectory(folder: string, path: string, ignoreCase: boolean): string;
}
