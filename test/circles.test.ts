import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { posix, sep } from 'node:path';
import ts from 'typescript';

/** Sources by their paths from the repository, with slashes. */
type Sources = ReadonlyMap<string, string>;

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

function sourcesIn(...folders: readonly string[]): Sources {
  const names = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true }).map((name) => `${folder}/${String(name)}`),
  );
  return new Map(
    names
      .filter((name) => /\.(ts|mjs)$/.test(name))
      .map((name) => [name.replaceAll(sep, '/'), readFileSync(name, 'utf8')]),
  );
}

/** The files among these that one of them imports in whatever way, types too. */
function importsOf(file: string, sources: Sources): string[] {
  const { importedFiles } = ts.preProcessFile(sources.get(file) ?? '', true, true);
  return importedFiles
    .flatMap(({ fileName }) => aliases[fileName] ?? posix.join(posix.dirname(file), fileName))
    .map((path) => (sources.has(path) ? path : path.replace(/\.js$/, '.ts')))
    .filter((path) => sources.has(path));
}

/** Of files that import one another in a circle, the way round: of each such set at least one. */
function circlesIn(sources: Sources): string[] {
  const found: string[] = [];
  const way: string[] = [];
  const done = new Set<string>();
  const visit = (file: string) => {
    if (done.has(file)) return;
    if (way.includes(file)) {
      found.push([...way.slice(way.indexOf(file)), file].join(' → '));
      return;
    }
    way.push(file);
    importsOf(file, sources).forEach(visit);
    way.pop();
    done.add(file);
  };
  [...sources.keys()].forEach(visit);
  return found;
}

describe('Imports', () => {
  it('go round in no circle', () => {
    assert.deepEqual(circlesIn(sourcesIn('src', 'scripts', 'bench', 'test')), []);
  });

  it('would be seen to, in whatever way a file is imported', () => {
    const texts = {
      'src/a/one.ts': "import type { Two } from './two.js';",
      'src/a/two.ts': "export * from '../b/three.js';",
      'src/b/three.ts': "const { four } = await import('./four.mjs');",
      'src/b/four.mjs': "import './five.js';\nimport 'node:fs';",
      'src/b/five.ts': "let one: import('../a/one.js').One;",
      'src/platform/node/index.ts': "import { c } from '../../c.js';",
      'src/c.ts': "import { openBytes } from '#platform';",
      'src/d.ts': "import { d } from './d.js';\n// import './a/one.js'",
    };
    assert.deepEqual(circlesIn(new Map(Object.entries(texts))), [
      'src/a/one.ts → src/a/two.ts → src/b/three.ts → src/b/four.mjs → src/b/five.ts → src/a/one.ts',
      'src/platform/node/index.ts → src/c.ts → src/platform/node/index.ts',
      'src/d.ts → src/d.ts',
    ]);
  });
});
