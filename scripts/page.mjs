// Bundles what the course's pages run in the browser, from src/site/page/ and the compiled library
// to dist/page/.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
  metafile: true,
};

rmSync(folder, { recursive: true, force: true });
const page = await build({ ...options, entryPoints: { page: 'src/site/page/main.ts' } });
const compiler = await build({
  ...options,
  entryPoints: { 'compiler-worker': 'dist/kernel/browser/compiler-worker.js' },
  alias: { '@tslab/typescript-for-tslab': typescript() },
});
const cells = await build({
  ...options,
  entryPoints: { 'cell-worker': 'dist/kernel/browser/cell-worker.js' },
  // What a value's class is called is printed.
  keepNames: true,
});
writeDeclarations(root, folder);
writePackages([page, compiler, cells]);

/** Whose code is in it: `npm run licences` reads that. */
function writePackages(results) {
  const files = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  // What is left out is an input too, `(disabled):node_modules/…`.
  const packages = files.flatMap(
    (file) => /^node_modules\/(.*\/node_modules\/)?(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
  );
  writeFileSync(join(folder, 'packages.json'), JSON.stringify([...new Set(packages)].sort()));
}

/** The compiler that tslab brings along. */
function typescript() {
  return createRequire(require.resolve('tslab')).resolve('@tslab/typescript-for-tslab');
}
