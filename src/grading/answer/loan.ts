import { tf } from '../../backends/tf.js';
import { differentiable } from '../values/lent.js';
import { Packer } from '../values/pack.js';
import type { Packed, Parcel } from '../values/packed.js';
import { malformed, type Tagged, type TensorOf } from '../values/unpack.js';

/**
 * Asks the check's side about one of its functions: what it says of arguments, with these values of
 * the variables in use; with a third thing, a gradient, for the gradients by all of these.
 */
export type Ask = (id: number, given: Parcel) => unknown;

/** Copies of what a check has lent, for an answer to work with. */
export class Loan {
  readonly #ask: Ask;
  readonly #variables = new Map<number, tf.Variable>();
  readonly #models = new Map<number, tf.LayersModel>();
  #places = new Map<number, tf.SymbolicTensor>();
  #inUse = new Set<tf.Variable>();

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** To be told before each call. */
  begin(): void {
    this.#places = new Map();
    this.#inUse = new Set();
  }

  get places(): ReadonlyMap<number, tf.SymbolicTensor> {
    return this.#places;
  }

  /** What an answer has made of the variables of this call. */
  get values(): readonly tf.Tensor[] {
    return [...this.#inUse];
  }

  readonly unpack = (packed: Tagged, tensorOf: TensorOf): unknown => {
    switch (packed.$) {
      case 'symbolic': {
        const { id, shape, dtype } = packed;
        const place = tf.input({ shape: shape.slice(1), dtype: dtype as tf.DataType });
        this.#places.set(id, place);
        return place;
      }
      case 'function':
        return this.#function(packed.id);
      case 'variable':
        return this.#variable(packed, tensorOf, (value) => tf.variable(value, packed.isTrainable));
      case 'model':
        return this.#model(packed, tensorOf);
      case 'optimizer':
        return made(packed);
      default:
        return undefined;
    }
  };

  /** Works as the check's own does, in `tf.grad` and `tf.variableGrads` too. */
  #function(id: number): (...args: unknown[]) => unknown {
    return (...args) => {
      const packer = new Packer();
      // At once: they may be others when it comes to gradients.
      const given = [packer.pack(args), packer.pack(this.values)];
      const { parts } = packer;
      const result = this.#ask(id, { value: given, parts });
      const by = differentiable([...args, ...this.#inUse]);
      if (!(result instanceof tf.Tensor) || by.length === 0) return result;
      const withGradient = tf.customGrad(() => ({
        value: result as tf.Tensor,
        gradFunc: (dy: tf.Tensor) =>
          this.#ask(id, { value: [...given, packer.pack(dy)], parts }) as tf.Tensor[],
      }));
      return withGradient(...by);
    };
  }

  #variable(
    { id, value }: Tagged & { $: 'variable' },
    tensorOf: TensorOf,
    make: (value: tf.Tensor) => tf.Variable,
  ): tf.Variable {
    const known = this.#variables.get(id);
    const tensor = tensorOf(value);
    if (known) known.assign(tensor);
    const variable = known ?? make(tensor);
    this.#variables.set(id, variable);
    this.#inUse.add(variable);
    return variable;
  }

  #model(packed: Tagged & { $: 'model' }, tensorOf: TensorOf): tf.LayersModel {
    const model = this.#models.get(packed.id) ?? (made(packed) as tf.LayersModel);
    this.#models.set(packed.id, model);
    for (const [name, weights] of packed.weights) {
      const own = model.getLayer(name).getWeights();
      for (const [i, one] of weights.entries()) {
        this.#variable(asVariable(one), tensorOf, (value) => {
          const variable = own[i] as tf.Variable;
          variable.assign(value);
          return variable;
        });
      }
    }
    return model;
  }
}

function asVariable(packed: Packed): Tagged & { $: 'variable' } {
  return packed as Tagged & { $: 'variable' };
}

/** As TensorFlow.js reads what it has written. */
function made({ type, config }: { readonly type: string; readonly config: string }): unknown {
  const entry = tf.serialization.SerializationMap.getMap().classNameMap[type];
  if (!entry) throw malformed();
  const [kind, fromConfig] = entry;
  return fromConfig(kind, JSON.parse(config) as tf.serialization.ConfigDict);
}
