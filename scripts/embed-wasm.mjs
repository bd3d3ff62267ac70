// Makes modules of TensorFlow.js's WebAssembly binaries, for browsers: see
// src/backends/browser/wasm-simd.d.ts and wasm-threaded-simd.d.ts.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** @param root the repository, compiled */
export function embedWasm(root) {
  const require = createRequire(join(root, 'package.json'));
  const folder = join(
    dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')),
    'wasm-out',
  );
  const threaded = join(folder, 'tfjs-backend-wasm-threaded-simd');
  writeModule(root, 'wasm-simd', {
    simd: readFileSync(join(folder, 'tfjs-backend-wasm-simd.wasm')),
  });
  writeModule(root, 'wasm-threaded-simd', {
    threadedSimd: readFileSync(`${threaded}.wasm`),
    threadScript: threadScript(threaded, require),
  });
}

/** A worker's whole script; the package's own would import the glue code from a blob. */
function threadScript(threaded, require) {
  const { wasmWorkerContents } = require(`${threaded}.worker.js`);
  return [
    readFileSync(`${threaded}.js`, 'utf8'),
    'self.importScripts = () => undefined;',
    // The text stands in a template literal, which has turned its '\n' into line ends within strings.
    wasmWorkerContents.replaceAll('\n', '\\n'),
    "postMessage('runs');",
  ].join('\n');
}

function writeModule(root, name, contents) {
  const place = join('backends', 'browser', name);
  const lines = Object.entries(contents).map(
    ([constant, content]) =>
      `export const ${constant} =\n  '${gzipSync(content, { level: 9 }).toString('base64')}';\n`,
  );
  writeFileSync(join(root, 'dist', `${place}.js`), lines.join(''));
  copyFileSync(join(root, 'src', `${place}.d.ts`), join(root, 'dist', `${place}.d.ts`));
}
