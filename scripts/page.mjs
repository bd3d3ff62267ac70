// Bundles what the course's pages run in the browser, from src/site/page/ and the compiled library
// to dist/page/, and lays what it loads beside it.
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { writeDeclarations } from './declarations.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'dist', 'page');
const require = createRequire(join(root, 'package.json'));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const options = {
  absWorkingDir: root,
  outdir: 'dist/page',
  bundle: true,
  // The editor comes when it is wanted, and so does each backend.
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  define: { INCEPTION_LAB_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
};

rmSync(folder, { recursive: true, force: true });
await build({ ...options, entryPoints: { page: 'src/site/page/main.ts' } });
await build({
  ...options,
  entryPoints: { 'compiler-worker': 'dist/kernel/browser/compiler-worker.js' },
  alias: { '@tslab/typescript-for-tslab': typescript() },
});
await build({
  ...options,
  entryPoints: { 'cell-worker': 'dist/kernel/browser/cell-worker.js' },
  // What a value's class is called is printed.
  keepNames: true,
});
writeDeclarations(root, folder);
await copyCourseFiles();

/** The compiler that tslab brings along. */
function typescript() {
  return createRequire(require.resolve('tslab')).resolve('@tslab/typescript-for-tslab');
}

/** What lessons load. */
async function copyCourseFiles() {
  const compiled = pathToFileURL(join(root, 'dist', 'lessons', 'course-files.js'));
  const { courseFiles } = await import(compiled.href);
  mkdirSync(join(folder, 'course'));
  for (const { name, path, package: owner } of Object.values(courseFiles)) {
    const from = owner === undefined ? root : dirname(require.resolve(`${owner}/package.json`));
    copyFileSync(join(from, path), join(folder, 'course', name));
  }
}
