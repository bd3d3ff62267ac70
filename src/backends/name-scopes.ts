import * as tf from '@tensorflow/tfjs';

/** Found by the kernel, which is not to load TensorFlow.js before a cell does. */
const key = Symbol.for('inception-lab.leaveLayers');

/**
 * Lets whoever ends a computation in its midst make TensorFlow.js leave the layers that it was in: it
 * would put their names before those of all weights to come, and neither checkpoints nor files would
 * be found to fit.
 */
export function offerToLeaveLayers(): void {
  Object.assign(globalThis, { [key]: leaveLayers });
}

/** TensorFlow.js keeps the names to itself: they are seen when a layer of ours adds its own. */
function leaveLayers(): void {
  const name = 'inception-lab-probe';
  const { push } = Array.prototype;
  const seen: unknown[][] = [];
  Array.prototype.push = function (this: unknown[], ...items: unknown[]) {
    if (items[0] === name) seen[seen.length] = this;
    return push.apply(this, items);
  };
  try {
    tf.layers.reLU({ name }).apply(tf.input({ name: `${name}-input`, shape: [1] }));
  } finally {
    Array.prototype.push = push;
  }
  seen[0]?.splice(0);
}
