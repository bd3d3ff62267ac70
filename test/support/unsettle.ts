import { tf } from 'inception-lab';
import { hashValues } from './hash-values.js';

/** Weights and statistics as after training: nothing is the identity, and no bias is zero. */
export function unsettle(model: tf.LayersModel): void {
  for (const layer of model.layers) {
    if (layer instanceof tf.LayersModel) unsettle(layer);
    else layer.setWeights(layer.getWeights().map((weight, i) => unsettled(layer, weight, i)));
  }
}

function unsettled(layer: tf.layers.Layer, weight: tf.Tensor, i: number): tf.Tensor {
  const { originalName } = layer.weights[i]!;
  if (originalName.endsWith('/kernel')) return weight;
  const values = hashValues(originalName, weight.size);
  const isPositive = /gamma|variance/.test(originalName);
  return tf.tensor1d(isPositive ? values.map((value) => 1 + value / 2) : values);
}
