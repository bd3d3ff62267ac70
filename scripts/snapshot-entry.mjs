// Bundles what a prepared compiler begins with, from dist/kernel/compiler/snapshot/, into one script
// beside it, TypeScript and all: what makes a snapshot can load no modules but Node's.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = 'dist/kernel/compiler/snapshot';
const tslab = createRequire(createRequire(join(root, 'package.json')).resolve('tslab'));

await build({
  absWorkingDir: root,
  entryPoints: [`${folder}/entry.js`],
  outfile: `${folder}/entry.bundle.cjs`,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'es2022',
  // The source is kept in each snapshot, too.
  minify: true,
  alias: {
    '#typescript': join(root, 'dist/kernel/browser/typescript.js'),
    '@tslab/typescript-for-tslab': tslab.resolve('@tslab/typescript-for-tslab'),
  },
  logLevel: 'warning',
});
