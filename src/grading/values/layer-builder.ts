import { tf } from '../../backends/tf.js';
import { limits } from './limits.js';
import { list, malformed, text } from './unpack.js';

/** What TensorFlow.js writes of a model: layers, and which outputs each takes. */
interface Spec {
  readonly name: string;
  readonly className: string;
  readonly config: Record<string, unknown>;
  readonly inboundNodes: readonly unknown[];
}

/**
 * Makes layers anew of what TensorFlow.js has written of them, one by one, from the kinds of layers
 * that it and the library have.
 *
 * @throws Error from any of its functions, if it is not such
 */
export class LayerBuilder {
  readonly #specs: ReadonlyMap<string, Spec>;
  readonly #layers = new Map<string, tf.layers.Layer>();
  readonly #outputs = new Map<string, tf.SymbolicTensor[] | 'begun'>();
  #weights = 0;

  constructor(layers: unknown) {
    this.#specs = new Map(list(layers).map((spec) => [text((spec as Spec).name), spec as Spec]));
  }

  /** A new place, like the one with which a network began. */
  beginAnew(name: string): tf.SymbolicTensor {
    const { batchInputShape, dtype } = this.#specs.get(name)?.config ?? {};
    const shape = list(batchInputShape).slice(1) as (number | null)[];
    const place = tf.input({ shape, dtype: text(dtype ?? 'float32') as tf.DataType, name });
    this.begin(name, place);
    return place;
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
