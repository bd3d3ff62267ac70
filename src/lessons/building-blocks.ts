import { tf } from '../backends/tf.js';
import { convolutionUnit, type ConvolutionUnitOptions } from '../models/parts/convolution-unit.js';

/**
 * A convolution unit with the lessons' seed, so that all learners see the same numbers. Lesson 2
 * writes it by hand.
 *
 * @param x `[batch, height, width, channels]`
 * @param kernelSize a side, or rows and columns
 */
export function conv(
  x: tf.SymbolicTensor,
  name: string,
  filters: number,
  kernelSize: number | [height: number, width: number],
  more: Pick<ConvolutionUnitOptions, 'strides' | 'padding'> = {},
): tf.SymbolicTensor {
  return convolutionUnit(x, { name, filters, kernelSize, seed: 1, ...more });
}

/** The greatest of each 3×3 window, with stride 2 and without padding: `[17, 17]` of `[35, 35]`. */
export function maxPool(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  const layer = tf.layers.maxPooling2d({ name, poolSize: 3, strides: 2, padding: 'valid' });
  return layer.apply(x) as tf.SymbolicTensor;
}

/** The mean of each 3×3 window, as many places out as in. */
export function averagePool(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  const layer = tf.layers.averagePooling2d({ name, poolSize: 3, strides: 1, padding: 'same' });
  return layer.apply(x) as tf.SymbolicTensor;
}

/** Feature maps of one height and width, channel upon channel, in the order given. */
export function concatenate(branches: tf.SymbolicTensor[], name: string): tf.SymbolicTensor {
  return tf.layers.concatenate({ name, axis: 3 }).apply(branches) as tf.SymbolicTensor;
}

/** A model of some layers over a feature map of `[height, width, channels]`. */
export function modelOver(
  shape: [height: number, width: number, channels: number],
  layers: (x: tf.SymbolicTensor) => tf.SymbolicTensor,
): tf.LayersModel {
  const input = tf.input({ shape });
  return tf.model({ inputs: input, outputs: layers(input) });
}
