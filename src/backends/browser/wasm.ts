import type { Device } from '../backend.js';
import { tf } from '../tf.js';
import { guardWasmMemory } from '../wasm-memory.js';
import type { BrowserBackend } from './backend.js';
import { lookAtWasm, wasmDevice } from './look.js';
import { unpack } from './unpack.js';
import { possibleThreads, withThreadWorkers } from './wasm-threads.js';

/** WebAssembly, with threads where the page may have them. */
export const wasm: BrowserBackend = {
  name: 'wasm',
  look: lookAtWasm,
  async start() {
    await lookAtWasm();
    const threads = possibleThreads();
    return threads > 1 ? startWithThreads(threads).catch(startWithoutThem) : startWithOne();
  },
};

async function startWithThreads(threads: number): Promise<Device> {
  const { threadedSimd, threadScript } = await import('./wasm-threaded-simd.js');
  await withThreadWorkers(await unpack(threadScript), () => startBinary(threadedSimd, threads));
  return wasmDevice(threads);
}

/** @param error why */
async function startWithoutThem(error: Error): Promise<Device> {
  const { device, gpu } = await startWithOne();
  return { device: `${device} (${error.message})`, gpu };
}

async function startWithOne(): Promise<Device> {
  const { simd } = await import('./wasm-simd.js');
  await startBinary(simd, 1);
  return wasmDevice(1);
}

/** What the backend fetches, whatever it is called, is the binary that is here. */
const everyPath = {
  'tfjs-backend-wasm.wasm': 'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm': 'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm': 'tfjs-backend-wasm-threaded-simd.wasm',
};

/** Answers what TensorFlow.js fetches in the meantime with the binary, and no request is made. */
async function startBinary(base64: string, threads: number): Promise<void> {
  const { setThreadsCount, setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads > 1);
  setThreadsCount(threads);
  setWasmPaths(everyPath, true);
  const binary = await unpack(base64);
  const { platform } = tf.env();
  const fetch = platform.fetch.bind(platform);
  platform.fetch = () => Promise.resolve(new Response(binary));
  try {
    if (!(await tf.setBackend('wasm'))) throw new Error('WebAssembly did not start');
    guardWasmMemory();
  } finally {
    platform.fetch = fetch;
  }
}
