// What follows whenever the library has been compiled: what its pages and its kernel run as one
// script each.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { embedWasm } from './embed-wasm.mjs';
import { run } from './run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

function bundle(script, failure) {
  run(process.execPath, [join(root, 'scripts', script)], { cwd: root, failure });
}

embedWasm(root);
bundle('page.mjs', "The pages' scripts cannot be bundled: see above.");
bundle('snapshot-entry.mjs', "The kernel's compiler cannot be bundled: see above.");
