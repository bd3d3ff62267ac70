import type { CompilerAnswer, CompilerHost } from '../compiler/compiler-client.js';

/** A compiler's worker, as its client knows it. */
export function compilerHost(worker: Worker): CompilerHost {
  return {
    send(request) {
      worker.postMessage(request);
    },
    listen(onAnswer, onEnd) {
      worker.addEventListener('message', ({ data }) => {
        if (typeof data === 'object') onAnswer(data as CompilerAnswer);
      });
      worker.addEventListener('error', ({ message }) => {
        onEnd(new Error(message || 'The compiler has ended.'));
      });
    },
    close() {
      worker.terminate();
    },
  };
}
