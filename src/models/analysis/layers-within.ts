import { tf } from '../../backends/tf.js';
import { layerOrEnd, noSuchLayer } from './find-layer.js';
import { firstOf } from './first-of.js';

/**
 * The layer of this name, or the last one of the block of this name; within a nested model, as
 * `outer/inner`. Of a nested model, the layer that makes its output.
 *
 * @throws Error if there is no such layer, or if what it gives does not lead to the model's output.
 */
export function layerNamed(model: tf.LayersModel, name: string): tf.layers.Layer {
  const found = find(model, name);
  if (!found) throw noSuchLayer(model, name);
  const layer = found instanceof tf.LayersModel ? sourceOf(firstOf(found.outputs)) : found;
  for (const tensor of tensorsBefore(model)) if (tensor.sourceLayer === layer) return layer;
  throw new Error(
    `The output of the layer "${name}" does not lead to the output of the model "${model.name}". ` +
      'Name a layer that does.',
  );
}

function find(model: tf.LayersModel, name: string): tf.layers.Layer | undefined {
  const own = layerOrEnd(model, name);
  if (own) return own;
  for (const layer of model.layers) {
    const isWithin = layer instanceof tf.LayersModel && name.startsWith(`${layer.name}/`);
    const inner = isWithin ? find(layer, name.slice(layer.name.length + 1)) : undefined;
    if (inner) return inner;
  }
  return undefined;
}

/**
 * The layer that makes the last feature map with height and width on the way to the model's output.
 *
 * @throws Error if there is none.
 */
export function lastSpatialLayer(model: tf.LayersModel): tf.layers.Layer {
  for (const { shape, sourceLayer } of tensorsBefore(model)) {
    if (sourceLayer.getClassName() === 'InputLayer') continue;
    if (shape.length === 4 && (shape[1] !== 1 || shape[2] !== 1)) return sourceLayer;
  }
  throw new Error(
    `The model "${model.name}" has no feature map with height and width. ` +
      'Give a model with convolutions.',
  );
}

/** The layer that makes a tensor, also within nested models. */
function sourceOf(tensor: tf.SymbolicTensor): tf.layers.Layer {
  return innermost(tensor).sourceLayer;
}

/** What a nested model gives is what a layer within it gives. */
export function innermost(tensor: tf.SymbolicTensor): tf.SymbolicTensor {
  const { sourceLayer, outputTensorIndex = 0 } = tensor;
  const inner = sourceLayer instanceof tf.LayersModel && sourceLayer.outputs[outputTensorIndex];
  return inner ? innermost(inner) : tensor;
}

/**
 * All tensors that the model's first output is made from, itself included, the nearest first; those
 * within a nested model before what the nested model is given.
 */
function tensorsBefore(model: tf.LayersModel): tf.SymbolicTensor[] {
  const found: tf.SymbolicTensor[] = [];
  const seen = new Set<number>();
  const walk = (output: tf.SymbolicTensor) => {
    const waiting = [output];
    for (const tensor of waiting) {
      if (seen.has(tensor.id)) continue;
      seen.add(tensor.id);
      const { sourceLayer, outputTensorIndex = 0, inputs } = tensor;
      const inner = sourceLayer instanceof tf.LayersModel && sourceLayer.outputs[outputTensorIndex];
      if (inner) walk(inner);
      else found.push(tensor);
      waiting.push(...inputs);
    }
  };
  walk(firstOf(model.outputs));
  return found;
}
