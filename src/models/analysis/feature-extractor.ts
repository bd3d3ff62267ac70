import { tf } from '../../backends/tf.js';
import { layerOrEnd, noSuchLayer, usesIn } from './find-layer.js';

/**
 * A model that gives the outputs of the named layers or blocks, all in one pass, in the order of the
 * names. It shares the model's weights.
 *
 * The output of a block, `'inceptionA1'`, is that of its last layer, which other blocks read. In a
 * model within the model, layers and blocks are found as `'outer/inner'`.
 *
 * @throws Error if a layer is not there, with the names that look like it, or if it has several
 *   outputs to choose from.
 */
export function featureExtractor(model: tf.LayersModel, names: readonly string[]): tf.LayersModel {
  if (names.length === 0) throw new Error('featureExtractor needs the name of at least one layer.');
  const outputs = names.map((name) => {
    const output = outputOf(model, name);
    if (output) return output;
    throw noSuchLayer(model, name);
  });
  // Of a tensor that is two of its outputs, TensorFlow.js's predict loses one.
  const different = outputs.map((output, i) =>
    outputs.indexOf(output) < i ? same(output) : output,
  );
  return tf.model({ inputs: model.inputs, outputs: different, name: `${model.name}Features` });
}

/** The output of a layer, a model or a block; `undefined` if nothing is called so. */
function outputOf(model: tf.LayersModel, name: string): tf.SymbolicTensor | undefined {
  const layer = layerOrEnd(model, name);
  return layer ? onlyOutput(model, layer) : outputWithin(model, name);
}

/** Of what is called so in a model within the model. */
function outputWithin(model: tf.LayersModel, name: string): tf.SymbolicTensor | undefined {
  for (const inner of model.layers) {
    if (!(inner instanceof tf.LayersModel) || !name.startsWith(`${inner.name}/`)) continue;
    const output = outputOf(inner, name.slice(inner.name.length + 1));
    if (!output) continue;
    // Applied as a model of its own: to use the inner layers again would change them.
    const upTo = tf.model({ inputs: inner.inputs, outputs: output });
    return upTo.apply(inputsOf(model, inner)) as tf.SymbolicTensor;
  }
  return undefined;
}

function onlyOutput(model: tf.LayersModel, layer: tf.layers.Layer): tf.SymbolicTensor {
  const outputs = usesIn(model, layer).flatMap(({ outputTensors }) => outputTensors);
  const [output, ...others] = outputs;
  if (output && others.length === 0) return output;
  throw new Error(
    `The layer "${layer.name}" of the model "${model.name}" has ${outputs.length} outputs, ` +
      'and its name does not say which of them is meant.',
  );
}

/** What goes into a model that is a layer of this one, which uses it once. */
function inputsOf(model: tf.LayersModel, inner: tf.layers.Layer): tf.SymbolicTensor[] {
  onlyOutput(model, inner);
  return usesIn(model, inner).flatMap(({ inputTensors }) => inputTensors);
}

function same(tensor: tf.SymbolicTensor): tf.SymbolicTensor {
  return tf.layers.activation({ activation: 'linear' }).apply(tensor) as tf.SymbolicTensor;
}
