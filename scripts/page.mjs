// Bundles what the course's pages run in the browser, from src/site/page/ to dist/page/.
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

rmSync(`${root}/dist/page`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { page: 'src/site/page/main.ts' },
  outdir: 'dist/page',
  bundle: true,
  // The editor comes when it is wanted.
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  logLevel: 'warning',
});
