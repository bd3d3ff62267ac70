/** This repository's sources, and who of them imports whom. */
import { readdirSync, readFileSync } from 'node:fs';
import { posix, sep } from 'node:path';
import ts from 'typescript';

/** Sources by their paths from the repository, with slashes. */
export type Sources = ReadonlyMap<string, string>;

/** What package.json's `imports` stand for, by their names. */
const aliases: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(
    (
      JSON.parse(readFileSync('package.json', 'utf8')) as {
        imports: Record<string, Record<string, string>>;
      }
    ).imports,
  ).map(([name, byCondition]) => [
    name,
    Object.values(byCondition).map((path) => path.replace('./dist/', 'src/')),
  ]),
);

export function sourcesIn(...folders: readonly string[]): Sources {
  const names = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true }).map((name) => `${folder}/${String(name)}`),
  );
  return new Map(
    names
      .filter((name) => /\.(ts|mjs)$/.test(name))
      .map((name) => [name.replaceAll(sep, '/'), readFileSync(name, 'utf8')]),
  );
}

/**
 * The files among these that one of them imports in whatever way, types too; of what is compiled, its
 * source.
 */
export function importsOf(file: string, sources: Sources): string[] {
  const { importedFiles } = ts.preProcessFile(sources.get(file) ?? '', true, true);
  return importedFiles
    .flatMap(({ fileName }) => aliases[fileName] ?? posix.join(posix.dirname(file), fileName))
    .map((path) => path.replace(/^dist\//, 'src/'))
    .map((path) => (sources.has(path) ? path : path.replace(/\.js$/, '.ts')))
    .filter((path) => sources.has(path));
}
