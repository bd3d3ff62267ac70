import type { Backend } from './backend.js';
import { tf } from './tf.js';

/** Plain JavaScript: runs everywhere, for reference and last resort (about 0.6 GFLOP/s). */
export const cpu: Backend = {
  name: 'cpu',
  async start() {
    await tf.setBackend('cpu');
    return { device: 'CPU, plain JavaScript', gpu: false };
  },
};
