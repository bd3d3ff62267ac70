/** What a thread of `picture-threads.ts` does: jobs that come as messages, one after another. */
import { parentPort } from 'node:worker_threads';
import { makePictures, type PictureJob } from './pictures.js';

/** What comes back: numbers, or why there are none. */
export type PictureAnswer = { readonly pictures: Float32Array } | { readonly error: Error };

parentPort?.on('message', (job: PictureJob) => {
  makePictures(job).then(
    (pictures) => parentPort?.postMessage({ pictures }, [pictures.buffer as ArrayBuffer]),
    (error: unknown) => parentPort?.postMessage({ error }),
  );
});
