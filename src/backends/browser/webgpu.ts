import { tf } from '../tf.js';
import type { BrowserBackend } from './backend.js';
import { lookAtWebgpu } from './look.js';

/** The browser's own WebGPU. */
export const webgpu: BrowserBackend = {
  name: 'webgpu',
  look: lookAtWebgpu,
  async start() {
    const device = await lookAtWebgpu();
    // Registers itself, and takes its device from the adapter that was looked at.
    await import('@tensorflow/tfjs-backend-webgpu');
    if (!(await tf.setBackend('webgpu'))) throw new Error('WebGPU gave no device');
    // Else it writes to the console, below a cell, that `dataSync` is slow.
    Object.assign(tf.backend(), { hasReadSyncWarned: true });
    return device;
  },
};
