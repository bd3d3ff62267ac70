/** The backend's own limit. */
const mostThreads = 8;

/** Milliseconds within which a worker runs; where a policy keeps it from that, nothing may be said. */
const patience = 5000;

/** A page's cells have none: what leads to the page's storage is taken from them. */
const OwnWorker = (globalThis as { Worker?: typeof Worker }).Worker;

/**
 * How many threads the wasm backend may have: one for every two cores, as TensorFlow.js has it, where
 * the page is isolated from those of other sites. Only there may threads share memory.
 */
export function possibleThreads(): number {
  if (!globalThis.crossOriginIsolated || OwnWorker === undefined) return 1;
  const cores = Math.floor(navigator.hardwareConcurrency / 2);
  return Math.min(Math.max(cores, 1), mostThreads);
}

/**
 * Runs `use`, in which the wasm backend starts its workers, with a `Worker` in the globals that can
 * only become such a one: cells run meanwhile, and may have no other.
 *
 * @param script a worker's
 */
export async function withThreadWorkers<T>(script: ArrayBuffer, use: () => Promise<T>): Promise<T> {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const own = Object.getOwnPropertyDescriptor(globalThis, 'Worker');
  try {
    await startsWorker(url);
    Object.defineProperty(globalThis, 'Worker', {
      value: function ThreadWorker() {
        return new OwnWorker!(url);
      },
      configurable: true,
    });
    return await use();
  } finally {
    Reflect.deleteProperty(globalThis, 'Worker');
    if (own) Object.defineProperty(globalThis, 'Worker', own);
    URL.revokeObjectURL(url);
  }
}

/** @throws Error if it does not run, as the backend would wait for it for ever. */
async function startsWorker(url: string): Promise<void> {
  const worker = new OwnWorker!(url);
  try {
    await new Promise<void>((resolve, reject) => {
      const refuse = () => {
        reject(new Error('workers of WebAssembly’s threads do not start here'));
      };
      setTimeout(refuse, patience);
      worker.onerror = refuse;
      worker.onmessage = () => {
        resolve();
      };
    });
  } finally {
    worker.terminate();
  }
}
