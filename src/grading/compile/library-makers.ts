import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type TypeScript from 'typescript';
import { ts } from '#typescript';

/** A function of the library that gives back tensors, layers or models, and where it is. */
export interface Maker {
  readonly name: string;
  /** Below `dist/`, with slashes: `models/inception-v4.js`. */
  readonly file: string;
}

/** Where the compiled library is. */
export const libraryFolder = fileURLToPath(new URL('../../', import.meta.url));

/** All functions that notebooks can import and that make what an exercise may ask for. */
export function libraryMakers(): Maker[] {
  return ['index', 'everywhere'].flatMap((module) =>
    parse(module).statements.flatMap((statement) => {
      if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier) return [];
      const { exportClause, moduleSpecifier } = statement;
      if (!exportClause || !ts.isNamedExports(exportClause)) return [];
      const file = (moduleSpecifier as TypeScript.StringLiteral).text.replace('./', '');
      const makers = makersIn(file.slice(0, -'.js'.length));
      return exportClause.elements
        .filter(({ name }) => makers.has(name.text))
        .map(({ name }) => ({ name: name.text, file }));
    }),
  );
}

function makersIn(module: string): Set<string> {
  const functions = parse(module).statements.filter((one) => ts.isFunctionDeclaration(one));
  const making = functions.filter(({ type }) => /\btf\./.test(type?.getText() ?? ''));
  return new Set(making.flatMap(({ name }) => (name ? [name.text] : [])));
}

function parse(module: string): TypeScript.SourceFile {
  const path = join(libraryFolder, `${module}.d.ts`);
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
}
