/** What a thread of `threads.ts` does: jobs that come as messages, one after another. */
import { parentPort } from 'node:worker_threads';
import { buffersIn, type Answer, type Task } from './task.js';

parentPort?.on('message', (task: Task) => {
  perform(task).then(
    (result) => parentPort?.postMessage({ result } satisfies Answer, buffersIn([result])),
    (error: unknown) => parentPort?.postMessage({ error }),
  );
});

async function perform({ module, name, job }: Task): Promise<unknown> {
  const functions = (await import(module)) as Record<string, (job: object) => Promise<unknown>>;
  return functions[name]?.(job);
}
