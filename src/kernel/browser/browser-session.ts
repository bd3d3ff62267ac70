import { CompilerClient } from '../compiler/compiler-client.js';
import { Session } from '../session.js';
import { CellWorkerHost } from './cell-worker-host.js';
import { compilerHost } from './compiler-host.js';
import type { StartRequest } from './messages.js';
import { startWorker } from './worker.js';

export interface BrowserSessionOptions {
  /** Where the workers' scripts lie, the declarations, and the course's files: a folder. */
  readonly base: URL;
  /** Which backend `useBackend()` takes. Default: the best there is */
  readonly backend?: string | undefined;
}

/**
 * A notebook in the browser: its cells are compiled in one worker and run in another.
 *
 * @throws Error that says in a sentence why it does not start
 */
export async function browserSession({ base, backend }: BrowserSessionOptions): Promise<Session> {
  const compiler = startWorker(new URL('compiler-worker.js', base), 'the compiler');
  const cells = startWorker(new URL('cell-worker.js', base), 'what runs cells');
  const session = new Session({
    compiler: new CompilerClient(compilerHost(compiler.worker)),
    cells: new CellWorkerHost(cells.worker),
  });
  try {
    await Promise.all([compiler.started, cells.started]);
  } catch (error) {
    session.close();
    throw error;
  }
  const courseFiles = new URL('course/', base).href;
  const request: StartRequest = { type: 'start', backend, courseFiles };
  cells.worker.postMessage(request);
  return session;
}
