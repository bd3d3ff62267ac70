/** The thread in which a notebook's cells are compiled. */
import { parentPort, workerData } from 'node:worker_threads';
// Before tslab's own modules, which would load the compiler in a slower way.
import { saveCode } from './node-typescript.js';
import { Compiler } from './compiler.js';
import type { CompilerRequest } from './compiler-client.js';
import { nodePlaces } from './node-places.js';
import { nodeWorld } from './node-world.js';
import { serve } from './perform.js';

const compiler = new Compiler(nodeWorld(workerData as string, nodePlaces()));
// The first cell takes the longest: Node's types are read for it.
compiler.compile('', '');
saveCode();

parentPort?.on('message', (request: CompilerRequest) => {
  serve(compiler, request, (answer) => parentPort?.postMessage(answer));
});
