import type { tf } from 'inception-lab';
import * as reference from '../backends/gradients/reference.js';
import type { Values } from '../backends/gradients/reference.js';

/** What the layers of `smallNetwork` give, in float64, by the reference's own operations. */
export class Forward {
  readonly #kernel: Values;
  readonly #bias: Values;
  readonly #dense: Values;
  readonly #denseBias: Values;

  constructor(model: tf.LayersModel) {
    const [kernel, bias, dense, denseBias] = model.getWeights().map(valuesIn);
    this.#kernel = kernel!;
    this.#bias = bias!;
    this.#dense = dense!;
    this.#denseBias = denseBias!;
  }

  features(image: Values): Values {
    const convolved = reference.conv2d(image, this.#kernel, [2, 2], 'same');
    const count = this.#bias.data.length;
    return reference.map(convolved, (value, i) => Math.tanh(value + this.#bias.data[i % count]!));
  }

  logitsOfFeatures(features: Values): Float64Array {
    const flat = { shape: [1, features.data.length], data: features.data };
    const { data } = reference.matMul(flat, this.#dense);
    return data.map((value, i) => value + this.#denseBias.data[i]!);
  }

  logits(image: Values): Float64Array {
    return this.logitsOfFeatures(this.features(image));
  }
}

export function valuesIn(tensor: tf.Tensor): Values {
  return { shape: tensor.shape, data: Float64Array.from(tensor.dataSync()) };
}

/** Where the greatest is. */
export function argMax(values: Float64Array): number {
  return values.indexOf(Math.max(...values));
}

/** The largest difference of two maps, of the largest number of the second. */
export function largestMiss(map: number[][], expected: number[][]): number {
  const [given, wanted] = [map.flat(), expected.flat()];
  if (given.length !== wanted.length || map.length !== expected.length) return Infinity;
  const size = Math.max(...wanted.map(Math.abs));
  return Math.max(...given.map((value, i) => Math.abs(value - wanted[i]!))) / size;
}
