import { tf } from '../../backends/tf.js';
import { layersOf } from './graph.js';

/** So many names an error lists. */
const listed = 8;

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
  const outputs = names.map((name) => outputOf(model, name) ?? fail(model, name));
  // Of a tensor that is two of its outputs, TensorFlow.js's predict loses one.
  const different = outputs.map((output, i) =>
    outputs.indexOf(output) < i ? same(output) : output,
  );
  return tf.model({ inputs: model.inputs, outputs: different, name: `${model.name}Features` });
}

/** The output of a layer, a model or a block; `undefined` if nothing is called so. */
export function outputOf(model: tf.LayersModel, name: string): tf.SymbolicTensor | undefined {
  if (!model.built) model.build([]);
  const layer = model.layers.find((candidate) => candidate.name === name);
  if (layer) return onlyOutput(model, layer);
  return outputWithin(model, name) ?? outputOfBlock(model, name);
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

/** Of the layer of a block that is read outside of it. */
function outputOfBlock(model: tf.LayersModel, block: string): tf.SymbolicTensor | undefined {
  const isWithin = ({ name }: tf.layers.Layer) => name.startsWith(`${block}/`);
  const members = model.layers.filter(isWithin);
  const readOutside = new Set(
    model.layers
      .filter((layer) => !isWithin(layer))
      .flatMap((layer) => usesIn(model, layer))
      .flatMap(({ inboundLayers }) => inboundLayers),
  );
  const ends = members.filter(
    (layer) =>
      readOutside.has(layer) || model.outputs.some(({ sourceLayer }) => sourceLayer === layer),
  );
  const [end = members.at(-1), ...others] = ends;
  if (others.length > 0) {
    const several = ends.map((layer) => `"${layer.name}"`).join(', ');
    throw new Error(`The block "${block}" has several outputs: name one of ${several}.`);
  }
  return end && onlyOutput(model, end);
}

function onlyOutput(model: tf.LayersModel, layer: tf.layers.Layer): tf.SymbolicTensor {
  const outputs = usesIn(model, layer).flatMap(({ outputTensors }) => outputTensors);
  const [output, ...others] = outputs;
  if (output && others.length === 0) return output;
  throw new Error(
    `The layer "${layer.name}" of the model "${model.name}" has ${outputs.length} outputs: ` +
      'which of them is meant cannot be said by its name.',
  );
}

/** What goes into a model that is a layer of this one, which uses it once. */
function inputsOf(model: tf.LayersModel, inner: tf.layers.Layer): tf.SymbolicTensor[] {
  onlyOutput(model, inner);
  return usesIn(model, inner).flatMap(({ inputTensors }) => inputTensors);
}

/** Uses of a layer in this model; other models may use it too. */
function usesIn(model: tf.LayersModel, layer: tf.layers.Layer) {
  const isIn = (index: number) => model.containerNodes.has(`${layer.name}_ib-${index}`);
  const uses = layer.inboundNodes.filter((_, index) => isIn(index));
  // A sequential model begins with the graph of its first model itself, not with a use of that.
  return uses.length === 0 && layer instanceof tf.LayersModel
    ? layer.inboundNodes.slice(0, 1)
    : uses;
}

function same(tensor: tf.SymbolicTensor): tf.SymbolicTensor {
  return tf.layers.activation({ activation: 'linear' }).apply(tensor) as tf.SymbolicTensor;
}

function fail(model: tf.LayersModel, name: string): never {
  const [block = name] = name.split('/');
  const all = layersOf(model).map((layer) => layer.name);
  const alike = all.filter((other) => other.startsWith(block));
  const shown = (names: readonly string[]) =>
    names.slice(0, listed).join(', ') + (names.length > listed ? ', …' : '');
  const hint =
    alike.length > 0
      ? `Those that begin with "${block}" are: ${shown(alike)}.`
      : `The first are: ${shown(all)}.`;
  throw new Error(`The model "${model.name}" has no layer "${name}". ${hint}`);
}
