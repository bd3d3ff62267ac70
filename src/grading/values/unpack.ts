import { tf } from '../../backends/tf.js';
import { limits } from './limits.js';
import { tensorTypes, typedArrays, type Packed, type Parcel } from './packed.js';

export type Tagged = Exclude<Packed, null | boolean | string | number | readonly Packed[]>;

/** Tensors that are within something else. */
export type TensorOf = (packed: Packed) => tf.Tensor;

export interface UnpackOptions {
  /** Makes what differs by direction; `undefined` if it does not know it. */
  readonly special?: (packed: Tagged, tensorOf: TensorOf) => unknown;
}

/**
 * Makes values of data that may come from anybody: nothing in it is taken for granted, and nothing
 * of it is run.
 *
 * @throws Error if it is not what {@link pack} makes
 */
export function unpack({ value, parts }: Parcel, options: UnpackOptions = {}): unknown {
  return new Unpacker(parts, options).unpack(value);
}

class Unpacker {
  readonly #parts: readonly Uint8Array[];
  readonly #options: UnpackOptions;
  /** Each part is the numbers of one thing: of many, they would take more than was sent. */
  readonly #taken = new Set<unknown>();
  #values = 0;

  constructor(parts: readonly Uint8Array[], options: UnpackOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  unpack(packed: unknown, depth = 0): unknown {
    if (++this.#values > limits.values) throw new Error(`it has more than ${limits.values} values`);
    if (depth > limits.depth) throw new Error(`it is nested deeper than ${limits.depth} times`);
    if (packed === null || ['boolean', 'string', 'number'].includes(typeof packed)) return packed;
    if (Array.isArray(packed)) return packed.map((one) => this.unpack(one, depth + 1));
    if (typeof packed !== 'object') throw malformed();
    const tagged = packed as Tagged;
    switch (tagged.$) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(text(tagged.text));
      case 'object':
        return Object.fromEntries(
          list(tagged.entries).map((entry) => {
            const [key, value] = list(entry);
            return [text(key), this.unpack(value, depth + 1)];
          }),
        );
      case 'typed': {
        const type = text(tagged.type);
        if (!Object.hasOwn(typedArrays, type)) throw malformed();
        return this.#numbers<ArrayLike<number>>(
          typedArrays[type as keyof typeof typedArrays],
          tagged.part,
        );
      }
      case 'tensor':
        return this.#tensor(tagged);
      default: {
        const tensorOf = (one: Packed) => {
          const tensor = this.unpack(one, depth + 1);
          if (!(tensor instanceof tf.Tensor)) throw malformed();
          return tensor as tf.Tensor;
        };
        const special = this.#options.special?.(tagged, tensorOf);
        if (special === undefined) throw malformed();
        return special;
      }
    }
  }

  #tensor({ dtype, shape, part }: Tagged & { $: 'tensor' }): tf.Tensor {
    const type = text(dtype);
    if (!Object.hasOwn(tensorTypes, type)) throw malformed();
    const known = type as keyof typeof tensorTypes;
    const numbers = this.#numbers(tensorTypes[known] as NumbersOf<Float32Array>, part);
    const sides = list(shape).map((side) => {
      if (!Number.isSafeInteger(side) || (side as number) < 0) throw malformed();
      return side as number;
    });
    const size = sides.reduce((product, side) => product * side, 1);
    if (sides.length > 6 || size !== numbers.length) throw malformed();
    return tf.tensor(numbers, sides, known);
  }

  #numbers<T>(type: NumbersOf<T>, part: unknown): T {
    const bytes = Number.isSafeInteger(part) ? this.#parts[part as number] : undefined;
    if (this.#taken.has(part)) throw malformed();
    this.#taken.add(part);
    if (!bytes || bytes.byteLength % type.BYTES_PER_ELEMENT !== 0) throw malformed();
    return new type(bytes.buffer as ArrayBuffer);
  }
}

interface NumbersOf<T> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer): T;
}

export function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed();
  return value as readonly unknown[];
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw malformed();
  return value;
}

export function malformed(): Error {
  return new Error('it is not what an answer sends');
}
