import type { tf } from '../../backends/tf.js';

/** A tensor's numbers; the tensor is disposed of. */
export async function valuesOf(tensor: tf.Tensor1D): Promise<number[]>;
export async function valuesOf(tensor: tf.Tensor2D): Promise<number[][]>;
export async function valuesOf(tensor: tf.Tensor3D): Promise<number[][][]>;
export async function valuesOf(tensor: tf.Tensor): Promise<unknown> {
  try {
    return await tensor.array();
  } finally {
    tensor.dispose();
  }
}
