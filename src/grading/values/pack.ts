import { tf } from '../../backends/tf.js';
import { limits } from './limits.js';
import { tensorTypes, typedArrays, type Packed, type Parcel } from './packed.js';

export interface PackOptions {
  /** Packs what differs by direction: a place in a network, a function, … */
  readonly special?: (value: object, packer: Packer) => Packed | undefined;
}

/**
 * A value as data. Whatever it computes when it is looked at (getters, proxies) is computed here,
 * and once.
 *
 * @throws Error in a sentence if it is something that does not cross
 */
export function pack(value: unknown, options: PackOptions = {}): Parcel {
  const packer = new Packer(options);
  return { value: packer.pack(value), parts: packer.parts };
}

export class Packer {
  readonly parts: Uint8Array[] = [];
  readonly #options: PackOptions;
  #values = 0;

  constructor(options: PackOptions = {}) {
    this.#options = options;
  }

  pack(value: unknown, depth = 0): Packed {
    if (++this.#values > limits.values) throw new Error(`it has more than ${limits.values} values`);
    if (depth > limits.depth) throw new Error(`it is nested deeper than ${limits.depth} times`);
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : { $: 'number', text: Object.is(value, -0) ? '-0' : String(value) };
      case 'undefined':
        return { $: 'undefined' };
      case 'object':
        return value === null ? null : this.#object(value, depth);
      case 'function':
        return this.#special(value) ?? refuse('a function');
      default:
        return refuse(`a ${typeof value}`);
    }
  }

  tensor(tensor: tf.Tensor): Packed {
    const { dtype, shape } = tensor;
    if (!(dtype in tensorTypes)) throw new Error(`it holds a tensor of type ${dtype}`);
    return { $: 'tensor', dtype, shape: [...shape], part: this.#part(tensor.dataSync()) };
  }

  #object(value: object, depth: number): Packed {
    const special = this.#special(value);
    if (special !== undefined) return special;
    if (value instanceof tf.Tensor) return this.tensor(value as tf.Tensor);
    if (Array.isArray(value)) {
      return Array.from({ length: value.length }, (_, i) => this.pack(value[i], depth + 1));
    }
    if (ArrayBuffer.isView(value)) {
      const type = Object.prototype.toString.call(value).slice(8, -1);
      if (!(type in typedArrays)) throw new Error(`it holds a ${type}`);
      return { $: 'typed', type, part: this.#part(value) };
    }
    const kind = Object.prototype.toString.call(value).slice(8, -1);
    if (kind !== 'Object') return refuse(`a ${kind}`);
    const entries = Object.keys(value).map((key): [string, Packed] => [
      key,
      this.pack((value as Record<string, unknown>)[key], depth + 1),
    ]);
    return { $: 'object', entries };
  }

  #special(value: object): Packed | undefined {
    return this.#options.special?.(value, this);
  }

  #part({ buffer, byteOffset, byteLength }: ArrayBufferView): number {
    // A copy: what stands there may change before it is sent.
    return this.parts.push(new Uint8Array(buffer, byteOffset, byteLength).slice()) - 1;
  }
}

function refuse(what: string): never {
  throw new Error(
    `it holds ${what}, but only numbers, texts, arrays, plain objects, tensors, layers and networks ` +
      'can be checked',
  );
}
