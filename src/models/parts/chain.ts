import type { tf } from '../../backends/tf.js';

/** Layers one after another: the first takes `x`, each other what the one before it gives. */
export function chain(x: tf.SymbolicTensor, ...layers: tf.layers.Layer[]): tf.SymbolicTensor {
  return layers.reduce((input, layer) => layer.apply(input) as tf.SymbolicTensor, x);
}
