import type * as tf from '@tensorflow/tfjs';
import type { MendedKernel } from '../kernels/mend.js';
import { channelSums } from '../kernels/webgpu-channel-sums.js';
import { elementwise } from '../kernels/webgpu-elementwise.js';
import { batchNormTrainingGradKernel, batchNormTrainingKernel } from './training.js';

/**
 * Batch normalization in three shaders, and as many on the way back; of WebGPU's own kernels it would
 * be ten and 25. In a training step, most time goes into starting shaders.
 */
export const webgpuBatchNormTraining: MendedKernel = {
  name: batchNormTrainingKernel,
  backends: ['webgpu'],
  compute({ inputs, attrs, backend }) {
    const { x, gamma, beta } = inputs as Record<'x' | 'gamma' | 'beta', tf.Tensor>;
    const share = gamma.size / x.size;
    const mean = channelSums(backend, {
      name: 'batch norm: mean',
      inputs: { x },
      settings: { share },
      expression: 'share * x',
    });
    const variance = channelSums(backend, {
      name: 'batch norm: variance',
      inputs: { x },
      perChannel: { mean },
      settings: { share },
      expression: 'share * (x - mean) * (x - mean)',
    });
    const y = elementwise(backend, {
      name: 'batch norm',
      inputs: { x },
      perChannel: { mean, variance, gamma, beta },
      settings: { epsilon: attrs.epsilon as number },
      expression: 'gamma * inverseSqrt(variance + epsilon) * (x - mean) + beta',
    });
    return [y, mean, variance];
  },
};

/** The way back: `dx = γ / σ · (dy − mean of dy − x̂ · mean of (dy · x̂))`, with `x̂ = (x − mean) / σ`. */
export const webgpuBatchNormTrainingGrad: MendedKernel = {
  name: batchNormTrainingGradKernel,
  backends: ['webgpu'],
  compute({ inputs, attrs, backend }) {
    const { dy, x, gamma, mean, variance } = inputs as Record<
      'dy' | 'x' | 'gamma' | 'mean' | 'variance',
      tf.Tensor
    >;
    const epsilon = attrs.epsilon as number;
    const dBeta = channelSums(backend, {
      name: 'batch norm: gradient of beta',
      inputs: { dy },
      settings: {},
      expression: 'dy',
    });
    const dGamma = channelSums(backend, {
      name: 'batch norm: gradient of gamma',
      inputs: { dy, x },
      perChannel: { mean, variance },
      settings: { epsilon },
      expression: 'dy * (x - mean) * inverseSqrt(variance + epsilon)',
    });
    // Seven buffers to read and one to write: as many as WebGPU promises.
    const dx = elementwise(backend, {
      name: 'batch norm: gradient',
      inputs: { dy, x },
      perChannel: { mean, variance, gamma, dBeta, dGamma },
      settings: { epsilon, share: gamma.size / x.size },
      expression: `gamma * inverseSqrt(variance + epsilon) *
        (dy - share * (dBeta + (x - mean) * inverseSqrt(variance + epsilon) * dGamma))`,
    });
    return [dx, dGamma, dBeta];
  },
};
