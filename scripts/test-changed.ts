/**
 * `npm run test:changed`: those test files of `npm test` that what has changed can break, seen by who
 * imports whom. Changed is what git has not committed, or what differs from a commit: `-- main`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { importsOf, sourcesIn } from './sources.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const sources = sourcesIn('src', 'test', 'scripts');

function linesOf(command: string, ...args: readonly string[]): string[] {
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return stdout.split('\n').filter((line) => line !== '');
  console.error(stderr.trim());
  process.exit(1);
}

/** The names that the library's entry gives, and the files that they come from. */
function namesOfLibrary(): Map<string, string> {
  const origins = new Map<string, string>();
  for (const entry of ['src/index.ts', 'src/everywhere.ts']) {
    const file = ts.createSourceFile(entry, sources.get(entry) ?? '', ts.ScriptTarget.Latest);
    for (const statement of file.statements) {
      if (!ts.isExportDeclaration(statement) || !statement.exportClause) continue;
      const { exportClause, moduleSpecifier } = statement;
      if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier)) continue;
      const origin = `src/${moduleSpecifier.text.slice(2).replace(/\.js$/, '.ts')}`;
      const names = ts.isNamedExports(exportClause) ? exportClause.elements : [exportClause];
      for (const { name } of names) origins.set(name.text, origin);
    }
  }
  return origins;
}

const origins = namesOfLibrary();

/** Of the whole library, only the files that a file names something of. */
function importsOfLibrary(file: string): string[] {
  const named = (sources.get(file) ?? '').matchAll(
    /import (?:type )?\{([^}]*)\} from 'inception-lab'/g,
  );
  const names = [...named].flatMap(([, list = '']) => list.split(','));
  return names.flatMap((name) => origins.get(name.trim().replace(/^type | as .*/g, '')) ?? []);
}

const importers = new Map<string, string[]>();
for (const file of sources.keys()) {
  for (const imported of [...importsOf(file, sources), ...importsOfLibrary(file)]) {
    importers.set(imported, [...(importers.get(imported) ?? []), file]);
  }
}

const [since = 'HEAD'] = process.argv.slice(2);
const changed = [
  ...linesOf('git', 'diff', '--name-only', '--relative', since),
  ...linesOf('git', 'ls-files', '--others', '--exclude-standard'),
];
const reached = new Set(changed);
for (const file of reached) for (const importer of importers.get(file) ?? []) reached.add(importer);
// No import shows who reads these.
if (changed.some((file) => file.endsWith('lesson.md'))) {
  for (const file of sources.keys()) if (file.startsWith('test/lessons/')) reached.add(file);
}
const tests = [...reached].filter(
  (file) => /^test\/(?!full\/).*\.test\.ts$/.test(file) && existsSync(file),
);
if (tests.length === 0) {
  console.log(`No test of \`npm test\` depends on what differs from ${since}.`);
} else {
  console.log(tests.sort().join('\n'));
  const { jobs, timeout } = JSON.parse(readFileSync('.mocharc.json', 'utf8')) as Record<
    string,
    number
  >;
  const options = ['--no-config', '--node-option', 'import=tsx', '--parallel'];
  const limits = ['--jobs', String(jobs), '--timeout', String(timeout)];
  const mocha = ['node_modules/mocha/bin/mocha.js', ...options, ...limits, ...tests];
  const { status } = spawnSync(process.execPath, mocha, { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
