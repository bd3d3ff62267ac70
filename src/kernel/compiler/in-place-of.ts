import type TypeScript from 'typescript';
import { ts } from '#typescript';

/**
 * A file that a program takes for one of its own: it has the other's path. The program knows of no
 * files that it refers to, and its checker has put together already what everybody can see.
 *
 * @returns `undefined` for a file that refers to others, or declares something for everybody
 */
export function inPlaceOf(
  other: TypeScript.SourceFile,
  text: string,
  options: TypeScript.CompilerOptions,
): TypeScript.SourceFile | undefined {
  if (refersToFiles(text)) return undefined;
  const file = ts.createSourceFile(other.fileName, text, {
    languageVersion: ts.ScriptTarget.ES2022,
    setExternalModuleIndicator: ts.getSetExternalModuleIndicator(options),
  });
  if (file.statements.some(ts.isModuleDeclaration)) return undefined;
  const { path, resolvedPath, originalFileName } = other as Placed;
  const references = { imports: [], moduleAugmentations: [], ambientModuleNames: [] };
  Object.assign(file, { path, resolvedPath, originalFileName, ...references });
  ts.bindSourceFile(file, options);
  return file;
}

/** What a program writes into its files. */
interface Placed extends TypeScript.SourceFile {
  readonly path: string;
  readonly resolvedPath: string;
  readonly originalFileName: string;
}

function refersToFiles(text: string): boolean {
  const found = ts.preProcessFile(text, true, true);
  return [
    found.importedFiles,
    found.referencedFiles,
    found.typeReferenceDirectives,
    found.libReferenceDirectives,
  ].some((references) => references.length > 0);
}
