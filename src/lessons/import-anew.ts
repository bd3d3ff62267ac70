const imports = /^import \{([^}]*)\} from 'inception-lab';$/gm;

/**
 * The line that imports what a cell uses of the library, though earlier cells have imported it.
 *
 * @param cell the code that uses it
 * @param earlier the code of the cells that import
 * @returns one line, or none if the cell uses nothing
 */
export function importAnew(cell: string, earlier: readonly string[]): string[] {
  const imported = earlier
    .flatMap((code) => [...code.matchAll(imports)])
    .flatMap(([, names = '']) => names.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const used = [...new Set(imported)].filter((name) => uses(cell, localName(name)));
  return used.length === 0 ? [] : [`import { ${used.join(', ')} } from 'inception-lab';`];
}

/** As the cells call it: `b` of `a as b`. */
function localName(imported: string): string {
  return imported.split(/\s+/).at(-1) ?? imported;
}

/** Whether a name stands in the code: not as a part of another, nor as somebody's property. */
function uses(code: string, name: string): boolean {
  const before = '(?<![\\w$]|(?<!\\.\\.)\\.)';
  return new RegExp(`${before}${name.replaceAll('$', '\\$')}(?![\\w$])`).test(code);
}
