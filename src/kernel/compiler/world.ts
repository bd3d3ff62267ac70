import type TypeScript from 'typescript';

/** What a compiler needs of the world around it: the files that cells import, and their types. */
export interface CompilerWorld {
  /** The notebook's folder, from which cells import; with slashes, as all paths here. */
  readonly cwd: string;
  readonly files: SourceFiles;
  /** The library of the language: `lib.es2022.d.ts`, with those that it refers to beside it. */
  readonly libraryPath: string;
  /** From where the kernel's own packages are found. */
  readonly ownPath: string;
  /** What there is without being imported. */
  readonly globals: Pick<TypeScript.CompilerOptions, 'types' | 'typeRoots'>;
  /**
   * Files that declare more of what there is without being imported: the compiler looks for each of
   * the `types` above once a cell. Default: none
   */
  readonly declared?: readonly string[];
  /** Modules that are declared, not found. */
  readonly isBuiltin: (specifier: string) => boolean;
  /** Files that were parsed before, for another compiler. Default: none */
  readonly documents?: TypeScript.DocumentRegistry;
  /** What a cell is told that imports a package which is not there. Default: the compiler's words */
  readonly missing?: (specifier: string) => string;
}

export interface SourceFiles extends Pick<
  TypeScript.System,
  'fileExists' | 'directoryExists' | 'getDirectories' | 'readDirectory' | 'realpath'
> {
  /**
   * @param isDocumented whether the comments of packages are wanted; most of their declarations is
   *   what explains them
   */
  readonly readFile: (path: string, isDocumented: boolean) => string | undefined;
  /** Another one when what would be read is another. */
  readonly versionOf: (path: string, isDocumented: boolean) => string;
}
