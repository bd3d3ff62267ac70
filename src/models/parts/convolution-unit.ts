import { tf } from '../../backends/tf.js';
import { chain } from './chain.js';
import { fnv1a32 } from './hash.js';
import { heNormal } from './he-normal.js';

/** What all convolution units of a network share. */
export interface UnitOptions {
  /**
   * Whether batch normalization follows the convolution; without it the convolution has a bias, as
   * in networks from before 2015. Default: `true`.
   */
  readonly batchNorm?: boolean | undefined;
  /** Whether batch normalization learns a scale, gamma, as well as a shift. Default: `true`. */
  readonly batchNormScale?: boolean | undefined;
  /** Makes the random weights repeatable: same seed and layer name, same weights. */
  readonly seed?: number | undefined;
}

/** The size of a convolution kernel or a stride: one number for a square, or `[height, width]`. */
export type Size = number | [height: number, width: number];

export interface ConvolutionUnitOptions extends UnitOptions {
  /** The convolution's layer name; its companions are `name/batchNorm` and `name/relu`. */
  readonly name: string;
  readonly filters: number;
  readonly kernelSize: Size;
  /** Default: 1. */
  readonly strides?: Size;
  /** Default: `'same'`; the paper marks the convolutions without padding with a V. */
  readonly padding?: 'same' | 'valid';
}

/** ε of the batch normalization, as in the released TF-slim networks, Keras and timm. */
export const batchNormEpsilon = 1e-3;

/**
 * Convolution without bias → batch normalization → ReLU: what every "Conv" box of the paper's
 * figures stands for.
 *
 * Kernels start as He's normal distribution, batch normalization as the identity.
 *
 * @param x `[batch, height, width, channels]`
 * @returns `[batch, height', width', filters]`
 */
export function convolutionUnit(
  x: tf.SymbolicTensor,
  {
    name,
    filters,
    kernelSize,
    strides = 1,
    padding = 'same',
    batchNorm = true,
    batchNormScale = true,
    seed,
  }: ConvolutionUnitOptions,
): tf.SymbolicTensor {
  const convolution = tf.layers.conv2d({
    name,
    filters,
    kernelSize,
    strides,
    padding,
    useBias: !batchNorm,
    kernelInitializer: heNormal(layerSeed(seed, name)),
  });
  const normalization = tf.layers.batchNormalization({
    name: `${name}/batchNorm`,
    epsilon: batchNormEpsilon,
    scale: batchNormScale,
  });
  const relu = tf.layers.reLU({ name: `${name}/relu` });
  return batchNorm ? chain(x, convolution, normalization, relu) : chain(x, convolution, relu);
}

/** A seed of its own for every layer, so that equal shapes do not get equal weights. */
export function layerSeed(seed: number | undefined, name: string): { seed?: number } {
  return seed === undefined ? {} : { seed: (fnv1a32(name) ^ seed) >>> 0 };
}
