// `npm run test:changed`: those test files of `npm test` that what has changed can break, seen by who
// imports whom. Changed is what git has not committed, or what differs from a commit: `-- main`.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

function linesOf(command, ...args) {
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return stdout.split('\n').filter((line) => line !== '');
  console.error(stderr.trim());
  process.exit(1);
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => posix.join(folder, String(name).replaceAll(sep, '/')))
    .filter((name) => name.endsWith('.ts'));
}

/** The file of this repository that a module's name stands for. */
function resolve(name, from) {
  const path = name.startsWith('#') ? name : posix.join(posix.dirname(from), name);
  return path.replace(/^dist\//, 'src/').replace(/\.js$/, '.ts');
}

/** The names that the library's entry gives, and the files that they come from. */
const origins = new Map();
for (const entry of ['src/index.ts', 'src/everywhere.ts']) {
  const source = ts.createSourceFile(entry, readFileSync(entry, 'utf8'), ts.ScriptTarget.Latest);
  for (const { exportClause, moduleSpecifier } of source.statements) {
    if (!exportClause || !moduleSpecifier) continue;
    const file = resolve(moduleSpecifier.text, entry);
    const names = ts.isNamedExports(exportClause) ? exportClause.elements : [exportClause];
    for (const { name } of names) origins.set(name.text, file);
  }
}

/** What a file imports; of the whole library, only the files that it names something of. */
function importsOf(file) {
  const text = readFileSync(file, 'utf8');
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles.flatMap(({ fileName }) => {
    if (fileName !== 'inception-lab') return [resolve(fileName, file)];
    const named = [...text.matchAll(/import (?:type )?\{([^}]*)\} from 'inception-lab'/g)];
    const names = named.flatMap(([, list]) => list.split(','));
    return names.flatMap((name) => origins.get(name.trim().replace(/^type | as .*/g, '')) ?? []);
  });
}

const importers = new Map();
for (const file of [...filesIn('src'), ...filesIn('test')]) {
  for (const imported of importsOf(file)) {
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
  for (const file of filesIn('test/lessons')) reached.add(file);
}
const tests = [...reached].filter(
  (file) => /^test\/(?!full\/).*\.test\.ts$/.test(file) && existsSync(file),
);
if (tests.length === 0) {
  console.log(`No test of \`npm test\` depends on what differs from ${since}.`);
} else {
  console.log(tests.sort().join('\n'));
  const { jobs, timeout } = JSON.parse(readFileSync('.mocharc.json', 'utf8'));
  const options = ['--no-config', '--node-option', 'import=tsx', '--parallel'];
  const limits = ['--jobs', String(jobs), '--timeout', String(timeout)];
  const mocha = ['node_modules/mocha/bin/mocha.js', ...options, ...limits, ...tests];
  const { status } = spawnSync(process.execPath, mocha, { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
