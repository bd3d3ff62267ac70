import { createRequire, isBuiltin } from 'node:module';
import { dirname, resolve as absolute, sep } from 'node:path';
import { ts } from '#typescript';
import type { CompilerWorld, SourceFiles } from './world.js';

const { resolve } = createRequire(import.meta.url);

/** @param cwd the notebook's folder */
export function nodeWorld(cwd: string): CompilerWorld {
  // The compiler knows its files by whole paths, with slashes everywhere.
  const folder = absolute(cwd).replaceAll(sep, '/');
  return {
    cwd: folder,
    files,
    libraryPath: ts.getDefaultLibFilePath({}),
    ownPath: resolve('../../index.js'),
    globals: { types: ['node'], typeRoots: typeRoots(folder) },
    isBuiltin,
  };
}

const files: SourceFiles = {
  ...ts.sys,
  readFile(path, isDocumented) {
    const text = ts.sys.readFile(path);
    return text && !isDocumented && isDeclaration(path) ? withoutComments(text) : text;
  },
  /** Of a learner's file the time of its last change; packages stay as they are. */
  versionOf(path, isDocumented) {
    if (path.includes('/node_modules/')) return isDocumented ? 'documented' : 'bare';
    return String(ts.sys.getModifiedTime?.(path)?.getTime());
  },
};

/** Where Node's types are: the notebook's own, or those that tslab brings along. */
function typeRoots(cwd: string): string[] {
  const own = ts.getEffectiveTypeRoots({}, { ...ts.sys, getCurrentDirectory: () => cwd });
  const nodeTypes = createRequire(resolve('tslab')).resolve('@types/node/package.json');
  return [...(own ?? []), dirname(dirname(nodeTypes))];
}

function isDeclaration(path: string): boolean {
  return path.endsWith('.d.ts') && path.includes('/node_modules/');
}

function withoutComments(declarations: string): string {
  return declarations.replace(/\/\*\*[^]*?\*\//g, '');
}
