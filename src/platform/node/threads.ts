import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Platform } from '../platform.js';
import { buffersIn, type Answer, type Task } from './task.js';

/** One processor is left to the training. */
const mostThreads = Math.min(8, Math.max(1, availableParallelism() - 1));

/** How many jobs are given to the threads before the first is fetched. */
const ahead = 2 * mostThreads;

interface WaitingTask {
  readonly task: Task;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

const idle: Worker[] = [];
const waiting: WaitingTask[] = [];
let threads = 0;

/** The threads stay for the next call, and end with the process. */
export const inThreads: Platform['inThreads'] = async function* <Job extends object, Result>(
  { module, name }: { readonly module: string; readonly name: string },
  jobs: Iterable<Job>,
) {
  const url = new URL(`../../${module}`, import.meta.url).href;
  const begun: Promise<Result>[] = [];
  for (const job of jobs) {
    begun.push(begin({ module: url, name, job }) as Promise<Result>);
    if (begun.length <= ahead) continue;
    const first = begun.shift();
    if (first) yield await first;
  }
  for (const result of begun) yield await result;
};

function begin(task: Task): Promise<unknown> {
  const made = new Promise<unknown>((resolve, reject) => {
    waiting.push({ task, resolve, reject });
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
  return new Worker(new URL('./thread.js', import.meta.url), { execArgv: [] });
}

/** A thread with nothing to do does not keep the process. */
function takeNext(thread: Worker): void {
  const next = waiting.shift();
  if (!next) {
    thread.unref();
    idle.push(thread);
    return;
  }
  const { task, resolve, reject } = next;
  thread.ref();
  const onMessage = (answer: Answer) => {
    thread.off('error', onError);
    takeNext(thread);
    if ('error' in answer) reject(answer.error);
    else resolve(answer.result);
  };
  const onError = (error: Error) => {
    threads--;
    reject(error);
    // Its jobs are for the others.
    if (waiting.length > 0) takeNext(startThread());
  };
  thread.once('message', onMessage);
  thread.once('error', onError);
  thread.postMessage(task, buffersIn(Object.values(task.job)));
}
