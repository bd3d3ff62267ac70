import * as tf from '@tensorflow/tfjs';

/** What the way back needs of each channel, `[channels]` each. */
interface Channels {
  readonly gamma: tf.Tensor;
  readonly variance: tf.Tensor;
  /** Of `dy`. */
  readonly meanChange: tf.Tensor;
  /** Of `dy · (x − mean)`. */
  readonly meanProduct: tf.Tensor;
}

/** `1 / σ` of each channel. */
export function inverseDeviation(variance: tf.Tensor, epsilon: unknown): tf.Tensor {
  return tf.rsqrt(tf.add(variance, epsilon as number));
}

/**
 * The way back of batch normalization from means of each channel, for backends whose own kernels
 * make those; they are left to put together
 *
 *     dx = factor · (dy − mean of dy − (x − mean) · slope)
 *
 * @param rows how many values a channel has
 */
export function channelGradients(
  { gamma, variance, meanChange, meanProduct }: Channels,
  { epsilon, rows }: { readonly epsilon: unknown; readonly rows: number },
): Record<'factor' | 'slope' | 'dGamma' | 'dBeta', tf.Tensor> {
  const inverse = inverseDeviation(variance, epsilon);
  return {
    factor: tf.mul(gamma, inverse),
    slope: tf.mul(meanProduct, tf.square(inverse)),
    dGamma: tf.mul(tf.mul(meanProduct, inverse), rows),
    dBeta: tf.mul(meanChange, rows),
  };
}
