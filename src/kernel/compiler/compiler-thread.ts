import { Worker } from 'node:worker_threads';
import type { CompilerHost } from './compiler-client.js';

/**
 * Node's thread for a compiler.
 *
 * @param cwd the notebook's folder, from which cells import
 */
export function compilerThread(cwd: string): CompilerHost {
  const thread = new Worker(new URL('./thread.js', import.meta.url), {
    workerData: cwd,
    execArgv: [],
  });
  return {
    send(request) {
      thread.postMessage(request);
    },
    listen(onAnswer, onEnd) {
      thread.on('message', onAnswer);
      thread.on('error', onEnd);
      thread.on('exit', () => {
        onEnd(new Error('The compiler has ended.'));
      });
    },
    close() {
      void thread.terminate();
    },
  };
}
