import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { PictureAnswer } from './picture-thread.js';
import type { PictureJob } from './pictures.js';

/** One processor is left to the training. */
const mostThreads = Math.min(8, Math.max(1, availableParallelism() - 1));

/** How many jobs are given to the threads before the first is fetched. */
const ahead = 2 * mostThreads;

interface WaitingJob {
  readonly job: PictureJob;
  readonly resolve: (pictures: Float32Array) => void;
  readonly reject: (error: Error) => void;
}

const idle: Worker[] = [];
const waiting: WaitingJob[] = [];
let threads = 0;

/**
 * Lets threads make pictures, some jobs ahead of the one that is fetched, so that a training step
 * finds its pictures there. The threads stay for the next call, and end with the process.
 *
 * @returns what each job makes, in the jobs' order
 */
export async function* madeInThreads(jobs: Iterable<PictureJob>): AsyncGenerator<Float32Array> {
  const begun: Promise<Float32Array>[] = [];
  for (const job of jobs) {
    begun.push(begin(job));
    if (begun.length <= ahead) continue;
    const pictures = await begun.shift();
    if (pictures) yield pictures;
  }
  for (const pictures of begun) yield await pictures;
}

function begin(job: PictureJob): Promise<Float32Array> {
  const made = new Promise<Float32Array>((resolve, reject) => {
    waiting.push({ job, resolve, reject });
  });
  // Who fetches it hears of a failure; nobody may.
  made.catch(() => undefined);
  const thread = idle.pop() ?? (threads < mostThreads ? startThread() : undefined);
  if (thread) takeNext(thread);
  return made;
}

function startThread(): Worker {
  threads++;
  // Without the flags of this process: what it was started with may be for its main script alone.
  return new Worker(new URL('./picture-thread.js', import.meta.url), { execArgv: [] });
}

/** A thread with nothing to do does not keep the process. */
function takeNext(thread: Worker): void {
  const next = waiting.shift();
  if (!next) {
    thread.unref();
    idle.push(thread);
    return;
  }
  const { job, resolve, reject } = next;
  thread.ref();
  const onMessage = (answer: PictureAnswer) => {
    thread.off('error', onError);
    takeNext(thread);
    if ('error' in answer) reject(answer.error);
    else resolve(answer.pictures);
  };
  const onError = (error: Error) => {
    threads--;
    reject(error);
    // Its jobs are for the others.
    if (waiting.length > 0) takeNext(startThread());
  };
  thread.once('message', onMessage);
  thread.once('error', onError);
  thread.postMessage(
    job,
    job.images instanceof Uint8Array ? [job.images.buffer as ArrayBuffer] : [],
  );
}
