import { createRequire } from 'node:module';
import os from 'node:os';
import { Worker } from 'node:worker_threads';

const require = createRequire(import.meta.url);
const files = '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd';

/** The backend's own limit. */
const mostThreads = 8;

/**
 * How many threads the wasm backend is to compute with: one, or what the environment variable
 * `INCEPTION_LAB_WASM_THREADS` says. More is not the default: see docs/backends.md, "wasm threads".
 *
 * @throws Error if the variable is not a whole number from 1 to 8.
 */
export function wantedThreads(wish = process.env.INCEPTION_LAB_WASM_THREADS): number {
  if (wish === undefined || wish === '') return 1;
  const threads = Number(wish);
  if (Number.isInteger(threads) && threads >= 1 && threads <= mostThreads) return threads;
  throw new Error(
    `INCEPTION_LAB_WASM_THREADS is '${wish}': give a whole number from 1 to ${mostThreads}`,
  );
}

/**
 * Runs `use`, in which the wasm backend starts, in surroundings in which it can start its threads in
 * Node. Two things stand in its way:
 * - It loads them by Node's `Worker`, which knows no blob URLs. It assigns that to the global `Worker`
 *   before it takes it from there, so `WasmThread` stands there and assignments are ignored.
 * - It takes at most one thread for every two cores that `os.cpus()` lists, whatever it is told
 *   (`num_cores` in its `backend.cc`), which is one on a machine of two. So it is shown more.
 */
export async function withThreadWorkers<T>(use: () => Promise<T>): Promise<T> {
  const ownWorker = Object.getOwnPropertyDescriptor(globalThis, 'Worker');
  const { cpus } = os;
  Object.defineProperty(globalThis, 'Worker', {
    get: () => WasmThread,
    set: () => undefined,
    configurable: true,
  });
  os.cpus = () => Array.from({ length: 2 * mostThreads }, () => cpus()).flat();
  try {
    return await use();
  } finally {
    os.cpus = cpus;
    Reflect.deleteProperty(globalThis, 'Worker');
    if (ownWorker) Object.defineProperty(globalThis, 'Worker', ownWorker);
  }
}

/** What Emscripten's glue code says to a worker: first `load`, then `run` once it is a thread. */
interface Message {
  readonly cmd?: string;
}

/** One thread of the wasm module, with the few methods of a `Worker` that its glue code calls. */
class WasmThread {
  /** Set by the glue code: where it hears of the worker. */
  onmessage?: (event: { data: Message }) => void;
  #worker?: Worker;
  #load?: Message;
  readonly #listeners: [event: string, listener: (value: unknown) => void][] = [];

  constructor(blobUrl: string) {
    URL.revokeObjectURL(blobUrl);
  }

  /**
   * The pool is always of 8 workers, and few are ever used, so a worker starts with its first thread.
   * The glue code waits for that without returning to the event loop: Node starts a worker and hands
   * it its messages all the same, but could not bring back a 'loaded'. So that is answered at once.
   */
  postMessage(message: Message): void {
    if (message.cmd !== 'load') {
      this.#worker ??= this.#start();
      this.#worker.postMessage(message);
      return;
    }
    this.#load = message;
    this.onmessage?.({ data: { cmd: 'loaded' } });
  }

  on(event: string, listener: (value: unknown) => void): void {
    this.#listeners.push([event, listener]);
  }

  /** A thread waits for work as long as the process lives, and must not be what keeps it alive. */
  readonly ref = (): void => undefined;

  readonly unref = (): void => undefined;

  async terminate(): Promise<void> {
    await this.#worker?.terminate();
  }

  /** No options or environment of the process: its loaders could need the main thread, which waits. */
  #start(): Worker {
    const { wasmWorkerContents } = require(`${files}.worker.js`) as { wasmWorkerContents: string };
    // The text stands in a template literal, which has turned its '\n' into line ends within strings.
    const script = wasmWorkerContents.replaceAll('\n', '\\n');
    const worker = new Worker(script, { eval: true, execArgv: [], env: {} });
    for (const [event, listener] of this.#listeners) worker.on(event, withoutLoaded(listener));
    worker.unref();
    // The backend names a blob here, made of a function that misses names of its bundle.
    worker.postMessage({ ...this.#load, urlOrBlob: require.resolve(`${files}.js`) });
    return worker;
  }
}

/** The worker's own 'loaded' comes after the answer that was given for it. */
function withoutLoaded(listener: (value: unknown) => void): (value: unknown) => void {
  return (value) => {
    if ((value as Message | undefined)?.cmd !== 'loaded') listener(value);
  };
}
