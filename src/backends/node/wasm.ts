import type { Backend } from '../backend.js';
import { tf } from '../tf.js';
import { guardWasmMemory } from '../wasm-memory.js';
import { wantedThreads, withThreadWorkers } from './wasm-threads.js';

/** WebAssembly: no install beyond npm, tens of times faster than plain JavaScript. */
export const wasm: Backend = {
  name: 'wasm',
  async start() {
    const { setThreadsCount, getThreadsCount } = await import('@tensorflow/tfjs-backend-wasm');
    const wanted = wantedThreads();
    const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
    // Left to itself the backend has no threads in Node, and in browsers one for every two cores.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', wanted > 1);
    if (wanted > 1) setThreadsCount(wanted);
    const start = () => withOwnListeners(() => tf.setBackend('wasm'));
    const started = await (wanted > 1 ? withThreadWorkers(start) : start());
    if (!started) throw new Error('WebAssembly did not start');
    guardWasmMemory();
    const threads = wanted > 1 && simd ? getThreadsCount() : 1;
    const words = `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
    return { device: `CPU, WebAssembly${simd ? ' SIMD' : ''}, ${words}`, gpu: false };
  },
};

/**
 * Takes back the listeners that the module puts on the process: they throw an uncaught error once
 * more, so that Node prints the module's source in front of it, a line of 80,000 characters.
 */
async function withOwnListeners<T>(use: () => Promise<T>): Promise<T> {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const own = events.map((event) => process.rawListeners(event));
  const result = await use();
  for (const [i, event] of events.entries()) {
    for (const listener of process.rawListeners(event)) {
      if (!own[i]?.includes(listener)) process.off(event, listener as () => void);
    }
  }
  return result;
}
