import * as tf from '@tensorflow/tfjs';
import type { MendedKernel } from '../kernels/mend.js';
import { channelGradients } from './channel-gradients.js';
import { as4D, batchNormTrainingGradKernel, batchNormTrainingKernel } from './training.js';

/**
 * Batch normalization from the fewest of WebGPU's kernels. Its own kernel for given statistics is
 * the fastest way to scale and shift channels there: one pass, where broadcasting takes ten times as
 * long; and means are fast over an image's axes, not over rows.
 */
export const webgpuBatchNormTraining: MendedKernel = {
  name: batchNormTrainingKernel,
  backends: ['webgpu'],
  compute({ inputs, attrs }) {
    const { x, gamma, beta } = inputs as { x: tf.Tensor; gamma: tf.Tensor1D; beta: tf.Tensor1D };
    return tf.tidy(() => {
      const image = as4D(x);
      const mean = meanOf(image);
      const variance = meanOf(tf.square(centredBy(image, mean, tf.onesLike(mean))));
      const y = tf.batchNorm(image, mean, variance, beta, gamma, attrs.epsilon as number);
      return [y.reshape(x.shape), mean, variance];
    });
  },
};

/** The way back. */
export const webgpuBatchNormTrainingGrad: MendedKernel = {
  name: batchNormTrainingGradKernel,
  backends: ['webgpu'],
  compute({ inputs, attrs }) {
    const { dy, x, gamma, mean, variance } = inputs as Record<
      'dy' | 'x' | 'gamma' | 'mean' | 'variance',
      tf.Tensor1D
    >;
    return tf.tidy(() => {
      const [change, image] = [as4D(dy), as4D(x)];
      const centred = centredBy(image, mean, tf.onesLike(mean));
      const [meanChange, meanProduct] = [meanOf(change), meanOf(tf.mul(change, centred))];
      const { factor, slope, dGamma, dBeta } = channelGradients(
        { gamma, variance, meanChange, meanProduct },
        { epsilon: attrs.epsilon, rows: x.size / gamma.size },
      );
      const along = centredBy(image, mean, tf.mul(factor, slope));
      const dx = tf.sub(centredBy(change, meanChange, factor), along);
      return [dx.reshape(x.shape), dGamma, dBeta];
    });
  },
};

/** `(x − centre) · factor`, each of them one value a channel. */
function centredBy(x: tf.Tensor4D, centre: tf.Tensor, factor: tf.Tensor): tf.Tensor4D {
  const [mean, scale] = [centre as tf.Tensor1D, factor as tf.Tensor1D];
  return tf.batchNorm(x, mean, tf.onesLike(mean), tf.zerosLike(mean), scale, 0);
}

/** Of each channel. */
function meanOf(x: tf.Tensor4D): tf.Tensor1D {
  return tf.mean<tf.Tensor1D>(x, [0, 1, 2]);
}
