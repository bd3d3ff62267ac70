import { tf } from 'inception-lab';
import type { Case } from './cases.js';
import type { Values } from './reference.js';

/** An operation's output, and the gradients of its weighted sum by each input. */
export interface Computed {
  readonly output: readonly number[];
  readonly gradients: readonly (readonly number[])[];
}

/** Computes a case on the backend that has been started. Runs in Node and in a page. */
export async function compute(
  { compute }: Case,
  inputs: readonly Values[],
  weights: ArrayLike<number>,
): Promise<Computed> {
  const tensors = inputs.map(({ data, shape }) => tf.tensor(Float32Array.from(data), [...shape]));
  const loss = (...xs: tf.Tensor[]) => {
    const result = compute(...xs);
    return result
      .mul<tf.Tensor>(tf.tensor(Float32Array.from(weights), result.shape))
      .sum<tf.Scalar>();
  };
  return {
    output: await valuesOf(compute(...tensors)),
    gradients: await Promise.all(tf.grads(loss)(tensors).map(valuesOf)),
  };
}

async function valuesOf(tensor: tf.Tensor): Promise<number[]> {
  return [...(await tensor.data())];
}
