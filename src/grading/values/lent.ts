import { tf } from '../../backends/tf.js';
import { rebuildLayers, rebuildNetwork } from './layers.js';
import type { Packer } from './pack.js';
import type { Packed } from './packed.js';
import { list, malformed, type Tagged, type TensorOf } from './unpack.js';

type Callback = (...args: unknown[]) => unknown;

/**
 * What a check lends to an answer and keeps: places in a network, functions, variables, networks,
 * optimizers. The answer has copies of them. Its calls of functions come back to here, and so do
 * their gradients; what it makes of variables is taken over when its call ends.
 */
export class Lent {
  readonly #functions = new Numbered<Callback>();
  readonly #variables = new Numbered<tf.Variable>();
  readonly #models = new Numbered<tf.LayersModel>();
  #places = new Map<number, tf.SymbolicTensor>();
  /** Those of the call that runs. */
  #inUse = new Set<tf.Variable>();

  /** To be told before each call: places and variables are lent for one. */
  begin(): void {
    this.#places = new Map();
    this.#inUse = new Set();
  }

  /** Packs what is lent. */
  readonly pack = (value: object, packer: Packer): Packed | undefined => {
    if (typeof value === 'function') {
      return { $: 'function', id: this.#functions.numberOf(value as Callback) };
    }
    if (value instanceof tf.SymbolicTensor) return this.#place(value);
    if (isVariable(value)) return this.#variable(value, packer);
    if (value instanceof tf.LayersModel) return this.#model(value, packer);
    if (value instanceof tf.Optimizer) {
      const config = JSON.stringify(value.getConfig());
      return { $: 'optimizer', type: value.getClassName(), config };
    }
    return undefined;
  };

  /** Makes what an answer has built on top of what was lent, or of nothing. */
  readonly unpack = (packed: Tagged, tensorOf: TensorOf): unknown => {
    if (packed.$ === 'layers') return rebuildLayers(packed, this.#places, tensorOf);
    return packed.$ === 'network' ? rebuildNetwork(packed, tensorOf) : undefined;
  };

  /**
   * Gives the variables in use the numbers that an answer has given them.
   *
   * @throws Error if they are no such numbers
   */
  take(values: unknown): void {
    const tensors = list(values);
    if (tensors.length !== this.#inUse.size) throw malformed();
    for (const [i, variable] of [...this.#inUse].entries()) {
      const tensor = tensors[i];
      if (!(tensor instanceof tf.Tensor)) throw malformed();
      // It throws if shape or type is another.
      variable.assign(tensor as tf.Tensor);
    }
  }

  /**
   * What a function says.
   *
   * @param given its arguments, the values of all variables in use, and for gradients that of its
   *   result: then all gradients, by its tensors and by the variables
   * @throws whatever the function throws, or an Error if it is no question
   */
  answer(id: unknown, given: unknown): unknown {
    const [args, values, dy] = list(given);
    const callback = this.#functions.withNumber(id);
    const known = list(args);
    this.take(values);
    if (dy === undefined) return callback(...known);
    if (!(dy instanceof tf.Tensor)) throw malformed();
    const by = differentiable([...known, ...this.#inUse]);
    const call = () => callback(...known) as tf.Tensor;
    const { grads } = tf.engine().gradients(call, by, dy as tf.Tensor, true);
    // What it does not depend on has none.
    return by.map((tensor, i) => (grads as (tf.Tensor | null)[])[i] ?? tf.zerosLike(tensor));
  }

  #place(place: tf.SymbolicTensor): Packed {
    const id = this.#places.size;
    this.#places.set(id, place);
    return { $: 'symbolic', id, shape: [...place.shape], dtype: place.dtype };
  }

  #variable(variable: tf.Variable, packer: Packer): Packed {
    this.#inUse.add(variable);
    return {
      $: 'variable',
      id: this.#variables.numberOf(variable),
      isTrainable: variable.trainable,
      value: packer.tensor(variable),
    };
  }

  #model(model: tf.LayersModel, packer: Packer): Packed {
    return {
      $: 'model',
      id: this.#models.numberOf(model),
      type: model.getClassName(),
      config: JSON.stringify(model.getConfig()),
      weights: model.layers.map((layer) => [
        layer.name,
        variablesOf(layer).map((variable) => this.#variable(variable, packer)),
      ]),
    };
  }
}

/** By what a function's gradient is taken. */
export function differentiable(values: readonly unknown[]): tf.Tensor[] {
  return values.filter(
    (value): value is tf.Tensor => value instanceof tf.Tensor && value.dtype === 'float32',
  );
}

/** Layers give their own variables where they seem to give tensors. */
function variablesOf(layer: tf.layers.Layer): tf.Variable[] {
  return layer.getWeights().filter(isVariable);
}

function isVariable(value: object): value is tf.Variable {
  return value instanceof tf.Variable;
}

/** Each thing gets a number, and keeps it. */
class Numbered<T extends object> {
  readonly #things: T[] = [];
  readonly #numbers = new Map<T, number>();

  numberOf(thing: T): number {
    const known = this.#numbers.get(thing);
    if (known !== undefined) return known;
    this.#numbers.set(thing, this.#things.length);
    return this.#things.push(thing) - 1;
  }

  /** @throws Error if no thing has it */
  withNumber(number: unknown): T {
    const thing = Number.isSafeInteger(number) ? this.#things[number as number] : undefined;
    if (!thing) throw malformed();
    return thing;
  }
}
