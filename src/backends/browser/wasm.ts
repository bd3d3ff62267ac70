import { tf } from '../tf.js';
import type { BrowserBackend } from './backends.js';
import { lookAtWasm } from './look.js';

/** WebAssembly, one thread. */
export const wasm: BrowserBackend = {
  name: 'wasm',
  look: lookAtWasm,
  async start() {
    const device = await lookAtWasm();
    const [{ setWasmPaths }, { simd }] = await Promise.all([
      import('@tensorflow/tfjs-backend-wasm'),
      import('./wasm-simd.js'),
    ]);
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    setWasmPaths(everyPath, true);
    if (!(await withBinary(simd, () => tf.setBackend('wasm')))) {
      throw new Error('WebAssembly did not start');
    }
    return device;
  },
};

/** What the backend fetches, whatever it is called, is the binary that is here. */
const everyPath = {
  'tfjs-backend-wasm.wasm': 'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm': 'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm': 'tfjs-backend-wasm-threaded-simd.wasm',
};

/** Answers what TensorFlow.js fetches in the meantime with the binary, and no request is made. */
async function withBinary<T>(base64: string, use: () => Promise<T>): Promise<T> {
  const binary = await unpacked(base64);
  const { platform } = tf.env();
  const fetch = platform.fetch.bind(platform);
  platform.fetch = () => Promise.resolve(new Response(binary));
  try {
    return await use();
  } finally {
    platform.fetch = fetch;
  }
}

async function unpacked(base64: string): Promise<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}
