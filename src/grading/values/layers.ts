import { tf } from '../../backends/tf.js';
import { LayerBuilder } from './layer-builder.js';
import type { Packer } from './pack.js';
import type { Packed } from './packed.js';
import { list, malformed, text, type Tagged, type TensorOf } from './unpack.js';

/** Layers whose weights somebody has set: all others get theirs from what they are configured with. */
const setByHand = new WeakSet<tf.layers.Layer>();

/** To be called once, where answers run. */
export function noteWeightsSetByHand(): void {
  const { prototype } = tf.layers.Layer;
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { setWeights } = prototype;
  prototype.setWeights = function (this: tf.layers.Layer, weights) {
    setByHand.add(this);
    setWeights.call(this, weights);
  };
}

/** What an answer has put on top of the places that it was given. */
export function packLayers(
  output: tf.SymbolicTensor,
  places: ReadonlyMap<number, tf.SymbolicTensor>,
  packer: Packer,
): Packed {
  const inputs = [...places].filter(([, place]) => place === output || isBelow(place, output));
  const model = tf.model({ inputs: inputs.map(([, place]) => place), outputs: output });
  return {
    $: 'layers',
    config: JSON.stringify(model.getConfig()),
    inputs: inputs.map(([id, { sourceLayer }]) => [sourceLayer.name, id]),
    weights: weightsOf(
      model.layers.filter((layer) => setByHand.has(layer)),
      packer,
    ),
  };
}

/** A whole network that an answer gives back. */
export function packNetwork({ inputs, outputs, layers }: tf.LayersModel, packer: Packer): Packed {
  // A tf.sequential is written down otherwise.
  const config = JSON.stringify(tf.model({ inputs, outputs }).getConfig());
  return { $: 'network', config, weights: weightsOf(layers, packer) };
}

function weightsOf(layers: readonly tf.layers.Layer[], packer: Packer): [string, Packed[]][] {
  return layers.map((layer) => [
    layer.name,
    layer.getWeights().map((weights) => packer.tensor(weights)),
  ]);
}

/** Whether one place is reached from another, downwards. */
function isBelow(place: tf.SymbolicTensor, output: tf.SymbolicTensor): boolean {
  const seen = new Set<tf.SymbolicTensor>([output]);
  for (const { inputs } of seen) for (const input of inputs) seen.add(input);
  return seen.has(place);
}

/**
 * Puts the same layers on top of this side's own places, so that they stand where the answer's would.
 *
 * @throws Error if they are not what TensorFlow.js or the library has
 */
export function rebuildLayers(
  { config, inputs, weights }: Tagged & { $: 'layers' },
  places: ReadonlyMap<number, tf.SymbolicTensor>,
  tensorOf: TensorOf,
): tf.SymbolicTensor {
  const { layers, outputLayers } = JSON.parse(text(config)) as Record<string, unknown>;
  const builder = new LayerBuilder(layers);
  for (const input of list(inputs)) {
    const [name, id] = list(input);
    const place = places.get(id as number);
    if (!place) throw malformed();
    builder.begin(text(name), place);
  }
  const [output] = outputsOf(builder, outputLayers);
  if (!output) throw malformed();
  setWeights(builder, weights, tensorOf);
  return output;
}

/** @throws Error as {@link rebuildLayers} does */
export function rebuildNetwork(
  { config, weights }: Tagged & { $: 'network' },
  tensorOf: TensorOf,
): tf.LayersModel {
  const { layers, inputLayers, outputLayers } = JSON.parse(text(config)) as Record<string, unknown>;
  const builder = new LayerBuilder(layers);
  const inputs = list(inputLayers).map((input) => builder.beginAnew(text(list(input)[0])));
  const network = tf.model({ inputs, outputs: outputsOf(builder, outputLayers) });
  setWeights(builder, weights, tensorOf);
  return network;
}

function outputsOf(builder: LayerBuilder, outputLayers: unknown): tf.SymbolicTensor[] {
  return list(outputLayers).map((place) => {
    const [name, node, tensor] = list(place) as [string, number?, number?];
    const output = builder.outputsOf(text(name), node ?? 0)[tensor ?? 0];
    if (!output) throw malformed();
    return output;
  });
}

function setWeights(builder: LayerBuilder, weights: unknown, tensorOf: TensorOf): void {
  for (const entry of list(weights)) {
    const [layer, values] = list(entry);
    const tensors = list(values).map((one) => tensorOf(one as Packed));
    if (tensors.length > 0) builder.layer(text(layer)).setWeights(tensors);
  }
}
