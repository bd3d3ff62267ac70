import { realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { nodePlaces } from '../../kernel/compiler/node-places.js';
import { nodeWorld } from '../../kernel/compiler/node-world.js';
import type { CompilerWorld } from '../../kernel/compiler/world.js';
import { libraryFolder } from './library-makers.js';

/** Where no file is: a submission's cells import packages, and nothing that lies beside them. */
const notebookFolder = '/notebook';

/**
 * The files that the compiler may read for cells of somebody else: packages and the library. All
 * others it does not find; else what it says of them, or compiles along, would tell what is in them.
 */
export function answersWorld(): CompilerWorld {
  const world = nodeWorld(notebookFolder, nodePlaces());
  const library = slashes(realpathSync(libraryFolder));
  const ownPackage = slashes(realpathSync(join(libraryFolder, '../package.json')));
  const isOpen = (path: string) => {
    const real = slashes(realOf(path));
    return real.includes('/node_modules/') || real.startsWith(library) || real === ownPackage;
  };
  return {
    ...world,
    files: {
      ...world.files,
      fileExists: (path) => isOpen(path) && world.files.fileExists(path),
      readFile: (path, documented) =>
        isOpen(path) ? world.files.readFile(path, documented) : undefined,
      readDirectory: () => [],
    },
  };
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return '';
  }
}

function slashes(path: string): string {
  return path.replaceAll(sep, '/');
}
