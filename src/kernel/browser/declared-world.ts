import { notCarried } from './carried-names.js';
import type { CompilerWorld, SourceFiles } from '../compiler/world.js';

/** Files' texts by their paths, as `scripts/declarations.mjs` has gathered them. */
export type Declarations = Readonly<Record<string, string>>;

const libraryPath = '/lib/lib.es2022.d.ts';

/**
 * The world of a compiler that has no disk: declarations alone.
 *
 * @param documented the same declarations with their comments, where they have come by now
 */
export function declaredWorld(
  declarations: Declarations,
  documented: () => Declarations | undefined,
): CompilerWorld {
  const folders = foldersOf(Object.keys(declarations));
  const files: SourceFiles = {
    fileExists: (path) => path in declarations,
    readFile: (path, isDocumented) =>
      (isDocumented ? documented()?.[path] : undefined) ?? declarations[path],
    versionOf: (_, isDocumented) => (isDocumented ? 'documented' : 'bare'),
    directoryExists: (path) => folders.has(path),
    getDirectories: (path) => [...(folders.get(path) ?? [])],
    readDirectory: () => [],
    realpath: (path) => path,
  };
  return {
    ...{ cwd: '/', files, libraryPath, ownPath: '/' },
    globals: { types: ['worker'], typeRoots: ['/node_modules/@types'] },
    isBuiltin: () => false,
    missing: notCarried,
  };
}

/** Each folder, with the names of those in it. */
function foldersOf(paths: readonly string[]): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>();
  for (const path of paths) {
    let folder = '';
    for (const name of path.split('/').slice(1, -1)) {
      const inner = folders.get(folder || '/') ?? new Set();
      folders.set(folder || '/', inner.add(name));
      folder += `/${name}`;
    }
    if (!folders.has(folder)) folders.set(folder, new Set());
  }
  return folders;
}
