export { tf } from './backends/tf.js';
export { useBackend, describeBackend } from './backends/use-backend.js';
export { inceptionV4 } from './models/inception-v4.js';
export { summarize } from './models/analysis/summarize.js';
