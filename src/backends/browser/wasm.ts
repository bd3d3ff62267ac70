import type { Device } from '../backend.js';
import { tf } from '../tf.js';
import type { BrowserBackend } from './backends.js';

/** WebAssembly, one thread. */
export const wasm: BrowserBackend = {
  name: 'wasm',
  look,
  async start() {
    const device = await look();
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

/** A module whose one function splats a byte: `i8x16.splat`. */
const simdModule = [
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0],
  ...[253, 15, 26, 11],
];

function look(): Promise<Device> {
  if (typeof WebAssembly === 'undefined') {
    return Promise.reject(new Error('this browser has no WebAssembly'));
  }
  if (!WebAssembly.validate(Uint8Array.from(simdModule))) {
    return Promise.reject(new Error("this browser's WebAssembly has no SIMD; a newer one has"));
  }
  return Promise.resolve({ device: 'CPU, WebAssembly SIMD, 1 thread', gpu: false });
}

/** Answers what TensorFlow.js fetches in the meantime with the binary, and no request is made. */
async function withBinary<T>(base64: string, use: () => Promise<T>): Promise<T> {
  const binary = await unpacked(base64);
  const { platform } = tf.env();
  const { fetch } = platform;
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
