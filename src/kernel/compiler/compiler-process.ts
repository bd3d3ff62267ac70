import type { CompilerAnswer, CompilerHost, CompilerRequest } from './compiler-client.js';
import { startSnapshot } from './snapshot/start-snapshot.js';

type Listeners = Parameters<CompilerHost['listen']>;

/**
 * A process for a compiler that begins where a snapshot ends.
 *
 * @param otherwise what to take if it does not start: V8 refuses what other options have made
 */
export function compilerProcess(
  snapshot: string,
  argument: string,
  otherwise: () => CompilerHost,
): CompilerHost {
  const compiler = startSnapshot(snapshot, argument);
  const asked: CompilerRequest[] = [];
  let isReady = false;
  let isClosed = false;
  let other: CompilerHost | undefined;
  const replace = (...listeners: Listeners) => {
    other = otherwise();
    other.listen(...listeners);
    for (const request of asked) other.send(request);
  };
  return {
    send(request) {
      if (other) other.send(request);
      else {
        if (!isReady) asked.push(request);
        // Whether it fails does not matter: then the process has ended, and its end says so.
        if (compiler.connected) compiler.send(request, () => undefined);
      }
    },
    listen(onAnswer, onEnd) {
      let hasFailed = false;
      const onExit = () => {
        if (hasFailed) return;
        hasFailed = true;
        if (isReady || isClosed) onEnd(new Error('The compiler has ended.'));
        else replace(onAnswer, onEnd);
      };
      compiler.on('message', (message: CompilerAnswer | 'ready') => {
        if (message !== 'ready') onAnswer(message);
        else {
          isReady = true;
          asked.length = 0;
        }
      });
      compiler.on('error', onExit).on('exit', onExit);
    },
    close() {
      isClosed = true;
      if (other) other.close();
      else compiler.kill('SIGKILL');
    },
  };
}
