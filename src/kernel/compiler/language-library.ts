/** Where one file of the language's library refers to another. */
const reference = /^\/\/\/\s*<reference lib="([\w.]+)"\s*\/>/gm;

export interface LanguageLibrary {
  /** Of a file that belongs to it, what the compiler is to read there; of others, nothing. */
  readonly textOf: (path: string) => string | undefined;
}

/**
 * The language's own types as one file, with nothing left in those that it refers to. The compiler
 * looks for a replacement of each of these fifty files, and puts them together for every cell.
 *
 * @param path of the file that refers to the others
 * @param read reads a file
 */
export function languageLibrary(
  path: string,
  read: (path: string) => string | undefined,
): LanguageLibrary {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  let parts: ReadonlyMap<string, string> | undefined;
  return {
    textOf(asked) {
      if (!asked.startsWith(folder)) return undefined;
      parts ??= gather(path, folder, read);
      if (asked === path) return [...parts.values()].join('\n');
      return parts.has(asked) ? '' : undefined;
    },
  };
}

/** The texts of all its files, each behind those to which it refers. */
function gather(
  path: string,
  folder: string,
  read: (path: string) => string | undefined,
): Map<string, string> {
  const parts = new Map<string, string>();
  const seen = new Set<string>();
  const add = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = read(file) ?? '';
    for (const [, name] of text.matchAll(reference)) add(`${folder}lib.${name}.d.ts`);
    parts.set(file, text.replace(reference, ''));
  };
  add(path);
  return parts;
}
