// Bundles what the course's pages run in the browser, from src/site/page/ and the compiled library
// to dist/page/.
import { readFileSync, rmSync } from 'node:fs';
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

/** The compiler that tslab brings along. */
function typescript() {
  return createRequire(require.resolve('tslab')).resolve('@tslab/typescript-for-tslab');
}
