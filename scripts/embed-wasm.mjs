// Makes a module of TensorFlow.js's WebAssembly binary, for browsers: see
// src/backends/browser/wasm-simd.d.ts.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** @param root the repository, compiled */
export function embedWasm(root) {
  const require = createRequire(join(root, 'package.json'));
  const folder = dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  const binary = readFileSync(join(folder, 'wasm-out', 'tfjs-backend-wasm-simd.wasm'));
  const base64 = gzipSync(binary, { level: 9 }).toString('base64');
  const place = join('backends', 'browser', 'wasm-simd');
  writeFileSync(join(root, 'dist', `${place}.js`), `export const simd =\n  '${base64}';\n`);
  copyFileSync(join(root, 'src', `${place}.d.ts`), join(root, 'dist', `${place}.d.ts`));
}
