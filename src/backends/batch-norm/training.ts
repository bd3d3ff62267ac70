import * as tf from '@tensorflow/tfjs';

/** Our kernels for batch normalization by the batch's own statistics. */
export const batchNormTrainingKernel = 'BatchNormTraining';
export const batchNormTrainingGradKernel = 'BatchNormTrainingGrad';

/** What the forward kernel gives. */
export interface Normalized {
  /** Of `x`'s shape. */
  readonly y: tf.Tensor;
  /** `[channels]`. */
  readonly mean: tf.Tensor1D;
  /** `[channels]`: the mean squared distance from the mean, without Bessel's correction. */
  readonly variance: tf.Tensor1D;
}

/** A tensor of any rank as a batch of images with its channels, for kernels that take nothing else. */
export function as4D(x: tf.Tensor): tf.Tensor4D {
  return (x.rank === 4 ? x : x.reshape([-1, 1, 1, x.shape.at(-1) ?? 1])) as tf.Tensor4D;
}

/**
 * Batch normalization over all axes but the last, as one kernel with one gradient, where
 * TensorFlow.js builds both from dozens of small ones.
 *
 * @param x `[…, channels]`
 * @param gamma `[channels]`
 * @param beta `[channels]`
 */
export function batchNormTraining(
  x: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  epsilon: number,
): Normalized {
  const [y, mean, variance] = tf
    .engine()
    .runKernel<tf.Tensor[]>(batchNormTrainingKernel, { x, gamma, beta }, { epsilon }) as [
    tf.Tensor,
    tf.Tensor1D,
    tf.Tensor1D,
  ];
  return { y, mean, variance };
}

tf.registerGradient({
  kernelName: batchNormTrainingKernel,
  inputsToSave: ['x', 'gamma'],
  // The statistics; on native also what TensorFlow reserves for the way back.
  outputsToSave: [false, true, true, true, true, true],
  gradFunc: (dys, saved, attributes) => {
    const [dy] = dys as [tf.Tensor];
    const [x, gamma, mean, variance, ...reserved] = saved as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      ...tf.Tensor[],
    ];
    const inputs = Object.fromEntries(reserved.map((tensor, i) => [`reserved${i}`, tensor]));
    const [dx, dGamma, dBeta] = tf
      .engine()
      .runKernel<tf.Tensor[]>(
        batchNormTrainingGradKernel,
        { dy, x, gamma, mean, variance, ...inputs },
        attributes,
      ) as [tf.Tensor, tf.Tensor, tf.Tensor];
    return { x: () => dx, gamma: () => dGamma, beta: () => dBeta };
  },
});
