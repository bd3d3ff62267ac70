import type { tf } from '../../backends/tf.js';
import type { Attributes, OnnxNode, OnnxTensor, OnnxValue } from './proto.js';

/** A tensor that the file contains. */
export interface StoredTensor extends OnnxTensor {
  /** Gives the numbers, row-major; asked once, when it is this tensor's turn. */
  readonly read: () => Promise<Float32Array | BigInt64Array>;
}

/** How a weight's shape and numbers become those that ONNX wants. */
export interface Rearrangement {
  readonly shape: readonly number[];
  readonly convert: (values: Float32Array) => Float32Array;
}

/** An ONNX graph that grows node by node, each after those that it reads. */
export class OnnxGraph {
  readonly name: string;
  readonly nodes: OnnxNode[] = [];
  readonly tensors: StoredTensor[] = [];
  readonly inputs: OnnxValue[] = [];
  readonly outputs: OnnxValue[] = [];
  readonly #names = new Set<string>();
  /** The names of the weights that are stored already, by the variable's number. */
  readonly #weights = new Map<number, string>();

  constructor(name: string) {
    this.name = name;
  }

  /** @returns the input's name */
  input(name: string, shape: OnnxValue['shape']): string {
    const unique = this.#unique(name);
    this.inputs.push({ name: unique, shape });
    return unique;
  }

  /** @returns the name of the node and of its output: the given one, if it is not taken */
  node(
    operator: string,
    inputs: readonly string[],
    name: string,
    attributes: Attributes = {},
  ): string {
    const unique = this.#unique(name);
    this.nodes.push({ name: unique, operator, inputs, output: unique, attributes });
    return unique;
  }

  /**
   * Stores a weight, once however often its layer is used.
   *
   * @returns the tensor's name
   */
  weight(variable: tf.LayerVariable, name: string, rearrange?: Rearrangement): string {
    const known = this.#weights.get(variable.id);
    if (known !== undefined) return known;
    const { shape, convert } = rearrange ?? asItIs(variable);
    const read = async () => convert(await variable.read().data<'float32'>());
    const unique = this.#store({ name, type: 'float32', shape, read });
    this.#weights.set(variable.id, unique);
    return unique;
  }

  /** @returns the tensor's name */
  floats(name: string, shape: readonly number[], values: readonly number[]): string {
    const read = () => Promise.resolve(Float32Array.from(values));
    return this.#store({ name, type: 'float32', shape, read });
  }

  /** @returns the tensor's name */
  integers(name: string, values: readonly number[]): string {
    const read = () => Promise.resolve(BigInt64Array.from(values, BigInt));
    return this.#store({ name, type: 'int64', shape: [values.length], read });
  }

  #store(tensor: StoredTensor): string {
    const name = this.#unique(tensor.name);
    this.tensors.push({ ...tensor, name });
    return name;
  }

  /** Nodes, values and tensors share one room of names. */
  #unique(name: string): string {
    let unique = name;
    for (let i = 2; this.#names.has(unique); i++) unique = `${name}_${i}`;
    this.#names.add(unique);
    return unique;
  }
}

function asItIs(variable: tf.LayerVariable): Rearrangement {
  return { shape: variable.shape as number[], convert: (values) => values };
}
