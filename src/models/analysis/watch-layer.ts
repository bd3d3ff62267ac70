import { tf } from '../../backends/tf.js';
import { outputOf } from './class-scores.js';
import { featureExtractor } from './feature-extractor.js';
import { firstOf } from './first-of.js';
import { withProperty } from './with-property.js';

type Call = tf.layers.Layer['call'];

/**
 * Runs a model while a layer of it is watched, which may be one within a nested model.
 *
 * @param see gets what the layer is given and what it gives, and answers what it shall give instead
 * @throws Error if the layer is used more than once, so that there is not one output to see.
 */
export function watchLayer<Result>(
  layer: tf.layers.Layer,
  see: (output: tf.Tensor, input: tf.Tensor) => tf.Tensor,
  run: () => Result,
): Result {
  const call = layer.call.bind(layer);
  let calls = 0;
  const watched: Call = (inputs, kwargs) => {
    if (++calls > 1) {
      throw new Error(
        `The layer "${layer.name}" is used more than once, and so has more than one output. Name another.`,
      );
    }
    return see(only(call(inputs, kwargs), layer), firstOf(inputs));
  };
  return withProperty(layer, 'call', watched, run);
}

/**
 * What a layer gives, from which gradients flow back to the batch. What comes after the layer is
 * not computed, as far as the model can be cut there.
 */
export function layerOutput(
  model: tf.LayersModel,
  layer: tf.layers.Layer,
  batch: tf.Tensor4D,
): tf.Tensor {
  const isCut = model.layers.includes(layer) && layer.inboundNodes.length === 1;
  const part = isCut ? featureExtractor(model, [layer.name]) : model;
  return caught((take) => {
    const see = (output: tf.Tensor) => {
      take(output);
      return output;
    };
    watchLayer(layer, see, () => outputOf(part, batch));
  });
}

/** What is taken while something runs that disposes of all that it has used. */
export function caught(run: (take: (tensor: tf.Tensor) => void) => void): tf.Tensor {
  const kept: tf.Tensor[] = [];
  try {
    run((tensor) => kept.push(tf.keep(tensor.clone())));
    return firstOf(kept).clone();
  } finally {
    tf.dispose(kept);
  }
}

function only(output: tf.Tensor | tf.Tensor[], { name }: tf.layers.Layer): tf.Tensor {
  if (!Array.isArray(output)) return output;
  const [first] = output;
  if (first && output.length === 1) return first;
  throw new Error(`The layer "${name}" has ${output.length} outputs. Name a layer that has one.`);
}
