import * as tf from '@tensorflow/tfjs';
import type { MendedKernel } from '../kernels/mend.js';
import { batchNormTrainingGradKernel, batchNormTrainingKernel } from './training.js';

/** Batch normalization from the backend's own kernels, the fewest that will do. */
export const composedBatchNormTraining: MendedKernel = {
  name: batchNormTrainingKernel,
  backends: ['webgpu'],
  mend:
    () =>
    ({ inputs, attrs }) => {
      const { x, gamma, beta } = inputs as Record<'x' | 'gamma' | 'beta', tf.Tensor>;
      return tf.tidy(() => {
        const { mean, variance } = tf.moments(rowsOf(x), 0);
        const y = tf.batchNorm(
          x,
          vector(mean),
          vector(variance),
          vector(beta),
          vector(gamma),
          attrs.epsilon as number,
        );
        return [y, mean, variance];
      });
    },
};

export const composedBatchNormTrainingGrad: MendedKernel = {
  name: batchNormTrainingGradKernel,
  backends: ['webgpu'],
  mend:
    () =>
    ({ inputs, attrs }) => {
      const { dy, x, gamma, mean, variance } = inputs as Record<
        'dy' | 'x' | 'gamma' | 'mean' | 'variance',
        tf.Tensor
      >;
      return tf.tidy(() => {
        const change = rowsOf(dy);
        const centred = tf.sub(rowsOf(x), mean);
        const inverse = tf.rsqrt(tf.add(variance, attrs.epsilon as number));
        const dBeta = tf.sum(change, 0);
        const products = tf.sum(tf.mul(change, centred), 0);
        const rows = x.size / gamma.size;
        const slope = products.mul(inverse).mul(inverse).div(rows);
        const dx = change.sub(dBeta.div(rows)).sub(centred.mul(slope)).mul(gamma.mul(inverse));
        return [dx.reshape(x.shape), products.mul(inverse), dBeta];
      });
    },
};

/** One row a pixel: `[rows, channels]`. */
function rowsOf(x: tf.Tensor): tf.Tensor2D {
  return x.reshape([-1, x.shape.at(-1) ?? 1]);
}

function vector(x: tf.Tensor): tf.Tensor1D {
  return x as tf.Tensor1D;
}
