import * as tf from '@tensorflow/tfjs';
import type { MendedKernel } from './mend.js';
import { floatType, type NativeBackend } from './native-backend.js';
import { elementwise } from './webgpu-elementwise.js';

const reluKernel = 'Relu';
const reluGradKernel = 'ReluGrad';

/** TensorFlow's own, in one pass; `tf.step` is six operations there. */
export const nativeReluGrad: MendedKernel = {
  name: reluGradKernel,
  backends: ['tensorflow'],
  compute({ inputs, backend: anyBackend }) {
    const backend = anyBackend as NativeBackend;
    const types = [floatType(backend, 'T')];
    const [dx] = backend.executeMultipleOutputs(reluGradKernel, types, [inputs.dy!, inputs.y!], 1);
    return dx!;
  },
};

/** One shader; `tf.step` and a product are two. */
export const webgpuReluGrad: MendedKernel = {
  name: reluGradKernel,
  backends: ['webgpu'],
  compute({ inputs, backend }) {
    return elementwise(backend, {
      name: 'gradient of ReLU',
      inputs: { dy: inputs.dy!, y: inputs.y! },
      settings: {},
      expression: 'select(0.0, dy, y > 0.0)',
    });
  },
};

/** The gradient of `relu` from its output: `dy` where `y` is above zero. */
function maskedByOutput(dy: tf.Tensor, y: tf.Tensor): tf.Tensor {
  const hasKernel = tf.getKernel(reluGradKernel, tf.getBackend()) as unknown;
  if (!hasKernel) return tf.mul(dy, tf.step(y));
  return tf.engine().runKernel<tf.Tensor>(reluGradKernel, { dy, y });
}

/**
 * Lets the gradient of `relu` remember its output, which the next layer keeps anyway, and not its
 * input too, as TensorFlow.js does; and computes it in one pass where a kernel of ours does that.
 */
export function mendReluGradient(): void {
  tf.unregisterGradient(reluKernel);
  tf.registerGradient({
    kernelName: reluKernel,
    outputsToSave: [true],
    gradFunc: (dy, [y]) => ({ x: () => maskedByOutput(dy as tf.Tensor, y!) }),
  });
  tf.registerGradient({
    kernelName: reluGradKernel,
    inputsToSave: ['y'],
    gradFunc: (ddx, [y]) => ({
      dy: () => maskedByOutput(ddx as tf.Tensor, y!),
      y: () => tf.zerosLike(y!),
    }),
  });
}
