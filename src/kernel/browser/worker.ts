import { ready } from './messages.js';

/** Milliseconds within which a worker has to run; where a policy keeps it from that, nothing is said. */
const patience = 30_000;

export interface StartedWorker {
  readonly worker: Worker;
  /** @throws Error that says in a sentence why it does not run */
  readonly started: Promise<void>;
}

/**
 * Starts a worker of this project.
 *
 * @param url of its script, a module
 * @param what it is: `'the compiler'`
 * @throws Error that says in a sentence that it was refused
 */
export function startWorker(url: URL, what: string): StartedWorker {
  const worker = makeWorker(url, what);
  const started = new Promise<void>((resolve, reject) => {
    const refuse = (why: string) => {
      reject(notStarted(what, why));
      worker.terminate();
    };
    const timer = setTimeout(() => {
      refuse(`its worker has not answered within ${patience / 1000} seconds. Reload the page.`);
    }, patience);
    worker.addEventListener('error', ({ message }) => {
      clearTimeout(timer);
      refuse(message ? `${message}.` : `its worker (${url.pathname}) was refused. ${policy}`);
    });
    worker.addEventListener('message', ({ data }) => {
      if (data === ready) resolve();
      clearTimeout(timer);
    });
  });
  return { worker, started };
}

/** Some browsers refuse one by throwing, and their words for it are long. */
function makeWorker(url: URL, what: string): Worker {
  try {
    return new Worker(url, { type: 'module' });
  } catch (error) {
    throw notStarted(what, `${(error as Error).message} ${policy}`);
  }
}

function notStarted(what: string, why: string): Error {
  return new Error(`${sentence(what)} did not start in this browser: ${why}`);
}

const policy = "The web server's content security policy may forbid it.";

function sentence(what: string): string {
  return what.charAt(0).toUpperCase() + what.slice(1);
}
