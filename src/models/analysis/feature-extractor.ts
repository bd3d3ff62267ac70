import { tf } from '../../backends/tf.js';

/**
 * A model that gives the outputs of the named layers, all in one pass, in the order of the names.
 * It shares the model's weights.
 *
 * @throws Error if a layer is not there, with the names that look like it.
 */
export function featureExtractor(model: tf.LayersModel, names: readonly string[]): tf.LayersModel {
  if (names.length === 0) throw new Error('featureExtractor needs the name of at least one layer.');
  const outputs = names.map((name) => outputOf(model, name));
  return tf.model({ inputs: model.inputs, outputs, name: `${model.name}Features` });
}

function outputOf(model: tf.LayersModel, name: string): tf.SymbolicTensor {
  const layer = model.layers.find((layer) => layer.name === name);
  if (layer) return layer.output as tf.SymbolicTensor;
  throw noSuchLayer(model, name);
}

/** An error that names the layers that look like the one that is not there. */
export function noSuchLayer(model: tf.LayersModel, name: string): Error {
  const [block = name] = name.split('/');
  const alike = model.layers.map((layer) => layer.name).filter((other) => other.startsWith(block));
  const hint =
    alike.length > 0
      ? `Those that begin with "${block}" are: ${alike.slice(0, 8).join(', ')}${alike.length > 8 ? ', …' : ''}.`
      : `The first are: ${model.layers
          .slice(0, 8)
          .map((layer) => layer.name)
          .join(', ')}, ….`;
  return new Error(`The model "${model.name}" has no layer "${name}". ${hint}`);
}
