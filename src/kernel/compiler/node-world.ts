import { dirname, join, resolve as absolute, sep } from 'node:path';
import { ts } from '#typescript';
import { joinedLibrary, type JoinedLibrary } from './joined-library.js';
import type { NodePlaces } from './node-places.js';
import type { CompilerWorld, SourceFiles } from './world.js';

/** @param cwd the notebook's folder */
export function nodeWorld(
  cwd: string,
  { ownPath, compiler, nodeTypes, builtins }: NodePlaces,
): CompilerWorld {
  const folder = slashes(absolute(cwd));
  const libraryPath = slashes(join(dirname(compiler), 'lib.es2022.d.ts'));
  const typeRoots = typeRootsFor(folder, nodeTypes);
  const declared = mainFileOf('node', typeRoots);
  const roots = declared ? [declared] : [];
  const libraries = [libraryPath, ...roots].map((main) =>
    joinedLibrary(main, (path) => ts.sys.readFile(path)),
  );
  return {
    ...{ cwd: folder, files: sourceFiles(libraries), libraryPath, ownPath },
    globals: { types: [], typeRoots },
    declared: roots,
    isBuiltin: (specifier) => specifier.startsWith('node:') || builtins.includes(specifier),
  };
}

function sourceFiles(libraries: readonly JoinedLibrary[]): SourceFiles {
  const textOf = (path: string) =>
    libraries.map((library) => library.textOf(path)).find((text) => text !== undefined);
  return {
    ...ts.sys,
    readFile(path, isDocumented) {
      const text = textOf(path) ?? ts.sys.readFile(path);
      return text && !isDocumented && isDeclaration(path) ? bare(text) : text;
    },
    /** Of a learner's file the time of its last change; packages stay as they are. */
    versionOf(path, isDocumented) {
      if (path.includes('/node_modules/')) return isDocumented ? 'documented' : 'bare';
      return String(ts.sys.getModifiedTime?.(path)?.getTime());
    },
  };
}

/** Where Node's types are: the notebook's own, or those that tslab brings along. */
function typeRootsFor(cwd: string, nodeTypes: string): string[] {
  const own = ts.getEffectiveTypeRoots({}, { ...ts.sys, getCurrentDirectory: () => cwd });
  return [...(own ?? []), dirname(dirname(nodeTypes))];
}

/** The main declaration file of a package of types. */
function mainFileOf(types: string, typeRoots: string[]): string | undefined {
  const { resolvedTypeReferenceDirective: found } = ts.resolveTypeReferenceDirective(
    types,
    undefined,
    { typeRoots, moduleResolution: ts.ModuleResolutionKind.Bundler },
    ts.sys,
  );
  return found?.resolvedFileName;
}

function isDeclaration(path: string): boolean {
  return path.endsWith('.d.ts') && path.includes('/node_modules/');
}

/** Without references to Node's types too, which are there: it follows each of them for every cell. */
function bare(declarations: string): string {
  return declarations.replace(/\/\*\*[^]*?\*\/|^\/\/\/\s*<reference types="node".*$/gm, '');
}

/** As the compiler knows its files. */
function slashes(path: string): string {
  return path.replaceAll(sep, '/');
}
