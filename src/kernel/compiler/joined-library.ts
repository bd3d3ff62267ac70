import { ts } from '#typescript';

/** Where one file of declarations refers to another. */
const reference = /^\/\/\/\s*<reference (lib|path)="([^"]+)"\s*\/>/gm;

/** Whether declarations are a module's, not everybody's: those within a block stand further right. */
const isModule = /^(import|export)\b/m;

type Read = (path: string) => string | undefined;

export interface JoinedLibrary {
  /** Of a file that belongs to it, what the compiler is to read there; of others, nothing. */
  readonly textOf: (path: string) => string | undefined;
}

/**
 * A library of types as one file, with nothing left in those that it refers to: the compiler looks at
 * each of a hundred files for every cell, and puts together what they declare.
 *
 * @param main the file that refers to the others
 * @param read reads a file
 */
export function joinedLibrary(main: string, read: Read): JoinedLibrary {
  let files: ReadonlySet<string> | undefined;
  return {
    textOf(path) {
      // Read once or twice, and long.
      if (path === main) return join(main, read).text;
      files ??= join(main, read).files;
      return files.has(path) ? '' : undefined;
    },
  };
}

/** All its texts, each behind those to which it refers, and the files of which they are. */
function join(main: string, read: Read): { text: string; files: ReadonlySet<string> } {
  const folder = ts.resolvePath(main, '..');
  const referenceTo = (path: string) =>
    `/// <reference path="${ts.getRelativePathFromDirectory(folder, path, false)}" />`;
  const files = new Set<string>();
  const left = new Set<string>();
  const parts: string[] = [];
  const add = (file: string, text: string) => {
    files.add(file);
    const own = text.replace(reference, (line, kind: string, name: string) => {
      const path = ts.resolvePath(file, '..', kind === 'lib' ? `lib.${name}.d.ts` : name);
      if (files.has(path)) return '';
      const found = read(path);
      if (found !== undefined && !isModule.test(found)) add(path, found);
      else left.add(kind === 'lib' ? line : referenceTo(path));
      return '';
    });
    parts.push(own);
  };
  add(main, read(main) ?? '');
  return { text: [...left, ...parts].join('\n'), files };
}
