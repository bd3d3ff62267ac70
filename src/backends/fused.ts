import { elementwise } from './kernels/webgpu-elementwise.js';
import type { Expression } from './kernels/webgpu-expression.js';
import * as tf from '@tensorflow/tfjs';

/** `a + factor · b`, of one shape; not for a tape. On WebGPU one shader, where it would be two. */
export function addScaled(a: tf.Tensor, b: tf.Tensor, factor: number): tf.Tensor {
  return fused(
    { name: 'add scaled', inputs: { a, b }, settings: { factor }, expression: 'a + factor * b' },
    () => a.add(b.mul(factor)),
  );
}

/** `from + fraction · (to − from)`, of one shape; not for a tape. On WebGPU one shader, not three. */
export function towards(from: tf.Tensor, to: tf.Tensor, fraction: number): tf.Tensor {
  return fused(
    {
      name: 'towards',
      inputs: { start: from, end: to },
      settings: { fraction },
      expression: 'start + fraction * (end - start)',
    },
    () => from.add(to.sub(from).mul(fraction)),
  );
}

/**
 * `share · a + (1 − share) · b`, of one shape; not for a tape. On WebGPU one shader, not three.
 * Elsewhere in this order, by which trainings on wasm are the same to the last bit.
 */
export function blend(a: tf.Tensor, b: tf.Tensor, share: number): tf.Tensor {
  return fused(
    {
      name: 'blend',
      inputs: { a, b },
      settings: { share },
      expression: 'share * a + (1.0 - share) * b',
    },
    () => a.mul(share).add(b.mul(1 - share)),
  );
}

function fused(shader: Expression, otherwise: () => tf.Tensor): tf.Tensor {
  if (tf.getBackend() !== 'webgpu') return tf.tidy(otherwise);
  return tf.engine().makeTensorFromTensorInfo(elementwise(tf.backend(), shader));
}
