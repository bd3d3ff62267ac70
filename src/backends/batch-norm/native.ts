import * as tf from '@tensorflow/tfjs';
import type { KernelCall, MendedKernel } from '../kernels/mend.js';
import { floatType, type NativeAttribute, type NativeBackend } from '../kernels/native-backend.js';
import { as4D, batchNormTrainingGradKernel, batchNormTrainingKernel } from './training.js';

/** TensorFlow's own fused batch normalization, on CPU and CUDA. */
export const nativeBatchNormTraining: MendedKernel = {
  name: batchNormTrainingKernel,
  backends: ['tensorflow'],
  compute(call) {
    const { x, gamma, beta } = call.inputs as Record<'x' | 'gamma' | 'beta', tf.Tensor>;
    return tf.tidy(() => {
      const empty = tf.tensor1d([]);
      const inputs = [as4D(x), gamma, beta, empty, empty];
      const backend = call.backend as NativeBackend;
      const [y, , unbiased, ...reserved] = backend.executeMultipleOutputs(
        'FusedBatchNormV3',
        attributes(call),
        inputs,
        6,
      ) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, ...tf.Tensor[]];
      const rows = x.size / gamma.size;
      // The mean comes twice; the variance with Bessel's correction, and on CUDA otherwise too.
      return [
        y.reshape(x.shape),
        reserved[0].clone(),
        unbiased.mul((rows - 1) / rows),
        ...reserved,
      ];
    });
  },
};

/** The way back through TensorFlow's own. */
export const nativeBatchNormTrainingGrad: MendedKernel = {
  name: batchNormTrainingGradKernel,
  backends: ['tensorflow'],
  compute(call) {
    const { dy, x, gamma, reserved0, reserved1, reserved2 } = call.inputs;
    return tf.tidy(() => {
      const inputs = [as4D(dy!), as4D(x!), gamma!, reserved0!, reserved1!, reserved2!];
      const backend = call.backend as NativeBackend;
      const [dx, dGamma, dBeta] = backend.executeMultipleOutputs(
        'FusedBatchNormGradV3',
        attributes(call),
        inputs,
        5,
      ) as [tf.Tensor, tf.Tensor, tf.Tensor];
      return [dx.reshape(x!.shape), dGamma, dBeta];
    });
  },
};

function attributes({ attrs, backend: anyBackend }: KernelCall): NativeAttribute[] {
  const backend = anyBackend as NativeBackend;
  const { binding } = backend;
  return [
    floatType(backend, 'T'),
    floatType(backend, 'U'),
    { name: 'epsilon', type: binding.TF_ATTR_FLOAT, value: attrs.epsilon },
    { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' },
    { name: 'is_training', type: binding.TF_ATTR_BOOL, value: true },
  ];
}
