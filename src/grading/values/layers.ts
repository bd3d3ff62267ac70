import { tf } from '../../backends/tf.js';
import { limits } from './limits.js';
import type { Packed } from './packed.js';
import type { Packer } from './pack.js';
import { list, malformed, text, type PackedLayers } from './unpack.js';

/** What TensorFlow.js writes of a model: layers, and which outputs each takes. */
interface Spec {
  readonly name: string;
  readonly className: string;
  readonly config: Record<string, unknown>;
  readonly inboundNodes: readonly unknown[];
}

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
    weights: model.layers
      .filter((layer) => setByHand.has(layer))
      .map((layer) => [layer.name, layer.getWeights().map((weights) => packer.tensor(weights))]),
  };
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
  { config, inputs, weights }: PackedLayers,
  places: ReadonlyMap<number, tf.SymbolicTensor>,
  tensorOf: (packed: Packed) => tf.Tensor,
): tf.SymbolicTensor {
  const { layers, outputLayers } = JSON.parse(text(config)) as Record<string, unknown>;
  const specs = new Map(list(layers).map((spec) => [text((spec as Spec).name), spec as Spec]));
  const builder = new Builder(specs);
  for (const input of list(inputs)) {
    const [name, id] = list(input);
    const place = places.get(id as number);
    if (!place) throw malformed();
    builder.begin(text(name), place);
  }
  const [[name, node, tensor] = []] = list(outputLayers) as [string, number, number][];
  const output = builder.outputsOf(text(name), node ?? 0)[tensor ?? 0];
  if (!output) throw malformed();
  for (const entry of list(weights)) {
    const [layer, values] = list(entry);
    builder.layer(text(layer)).setWeights(list(values).map((one) => tensorOf(one as Packed)));
  }
  return output;
}

class Builder {
  readonly #specs: ReadonlyMap<string, Spec>;
  readonly #layers = new Map<string, tf.layers.Layer>();
  readonly #outputs = new Map<string, tf.SymbolicTensor[] | 'begun'>();
  #weights = 0;

  constructor(specs: ReadonlyMap<string, Spec>) {
    this.#specs = specs;
  }

  begin(name: string, place: tf.SymbolicTensor): void {
    this.#outputs.set(`${name}/0`, [place]);
  }

  outputsOf(name: string, node: number): tf.SymbolicTensor[] {
    const key = `${name}/${node}`;
    const known = this.#outputs.get(key);
    if (known === 'begun') throw malformed();
    if (known) return known;
    this.#outputs.set(key, 'begun');
    const inbound = list(this.#specs.get(name)?.inboundNodes[node]);
    // A layer's uses are counted in the order in which they were made.
    if (node > 0) this.outputsOf(name, node - 1);
    let kwargs = {};
    const inputs = inbound.map((one) => {
      const [from, index, tensor, more] = list(one) as [string, number, number, object?];
      kwargs = more ?? {};
      const found = this.outputsOf(text(from), index)[tensor];
      if (!found) throw malformed();
      return found;
    });
    const layer = this.layer(name);
    this.#weigh(layer, inputs);
    const applied = layer.apply(inputs.length === 1 ? (inputs[0] ?? []) : inputs, kwargs);
    const outputs = [applied].flat() as tf.SymbolicTensor[];
    this.#outputs.set(key, outputs);
    return outputs;
  }

  layer(name: string): tf.layers.Layer {
    const known = this.#layers.get(name);
    if (known) return known;
    const spec = this.#specs.get(name);
    if (!spec) throw malformed();
    const { classNameMap } = tf.serialization.SerializationMap.getMap();
    const kind = text(spec.className);
    const entry = Object.hasOwn(classNameMap, kind) ? classNameMap[kind] : undefined;
    if (!entry) {
      throw new Error(
        `it has a layer of the kind "${kind}", which neither TensorFlow.js nor the library has`,
      );
    }
    const [type, fromConfig] = entry;
    const layer = fromConfig(type, spec.config as never) as unknown as tf.layers.Layer;
    if (!(layer instanceof tf.layers.Layer) || layer.name !== name) throw malformed();
    this.#layers.set(name, layer);
    return layer;
  }

  /** Counts weights before they are made: numbers in a few letters could take all memory. */
  #weigh(layer: tf.layers.Layer, inputs: readonly tf.SymbolicTensor[]): void {
    const { kernelSize, filters, units } = layer.getConfig() as Record<string, unknown>;
    const window = ([kernelSize ?? 1].flat() as unknown[]).reduce<number>(
      (size, side) => size * Number(side),
      1,
    );
    const channels = inputs[0]?.shape.at(-1) ?? 1;
    this.#weights += window * channels * Number(filters ?? units ?? 1);
    if (!(this.#weights <= limits.weights)) {
      throw new Error(`it has more than ${limits.weights} weights`);
    }
  }
}
