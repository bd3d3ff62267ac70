import type { Backend } from './backend.js';
import { tf } from './tf.js';

/** WebAssembly: no install beyond npm, tens of times faster than plain JavaScript. */
export const wasm: Backend = {
  name: 'wasm',
  async start() {
    await import('@tensorflow/tfjs-backend-wasm');
    if (!(await tf.setBackend('wasm'))) throw new Error('WebAssembly did not start');
    const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
    return { device: `CPU, WebAssembly${simd ? ' SIMD' : ''}, 1 thread`, gpu: false };
  },
};
