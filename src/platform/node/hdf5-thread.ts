/** What the thread of `hdf5.ts` does: opens one file after another, and reads from it. */
import { parentPort } from 'node:worker_threads';
import type { Hdf5Group } from '../hdf5.js';
import { Hdf5File } from './hdf5-file.js';

export type Hdf5Request =
  { readonly open: string } | { readonly read: string } | { readonly close: true };

export type Hdf5Answer =
  { readonly result: Hdf5Group | Float32Array | undefined } | { readonly error: string };

let file: Hdf5File | undefined;

parentPort?.on('message', (request: Hdf5Request) => {
  perform(request).then(
    (result) => {
      const given = result instanceof Float32Array ? [result.buffer as ArrayBuffer] : [];
      parentPort?.postMessage({ result } satisfies Hdf5Answer, given);
    },
    (error: unknown) => {
      parentPort?.postMessage({ error: (error as Error).message } satisfies Hdf5Answer);
    },
  );
});

async function perform(request: Hdf5Request): Promise<Hdf5Group | Float32Array | undefined> {
  if ('open' in request) {
    file = await Hdf5File.open(request.open);
    return file.content();
  }
  // A copy of its own, to be handed over: the library's lies in its memory.
  if ('read' in request) return file?.numbers(request.read).slice();
  file?.close();
  file = undefined;
  return undefined;
}
