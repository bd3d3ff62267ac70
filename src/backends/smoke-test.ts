import { tf } from './tf.js';

/**
 * Computes a convolution and its gradients that can be done in the head, on the current backend, and
 * reads numbers at once, as checks and plots do.
 *
 * @throws Error that says what came instead.
 */
export async function smokeTest(): Promise<void> {
  const image = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
  const kernel = tf.tensor4d([1, 10, 100, 1000], [2, 2, 1, 1]);
  const convolve = (x: tf.Tensor, filter: tf.Tensor) =>
    tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'valid');
  const [byImage, byKernel] = tf.grads((x, filter) => convolve(x, filter).sum())([image, kernel]);
  const output = convolve(image, kernel);

  await expectValues('convolution', output, [5421, 6532, 8754, 9865]);
  await expectValues('gradient by its kernel', byKernel!, [12, 16, 24, 28]);
  const everyWay = [1, 11, 10, 101, 1111, 1010, 100, 1100, 1000];
  await expectValues('gradient by its input', byImage!, everyWay);
  tf.dispose([kernel, output, byImage, byKernel] as tf.Tensor[]);
  await requireSameAtOnce(image);
}

/** On WebGPU, a browser reads at once by drawing the numbers, and some change what is drawn. */
async function requireSameAtOnce(image: tf.Tensor): Promise<void> {
  // Two tensors: what has been read once is remembered.
  const [one, other] = [tf.div(image, 7), tf.div(image, 7)];
  const [atOnce, later] = [one.dataSync(), await other.data()];
  tf.dispose([image, one, other]);
  if (atOnce.every((value, i) => value === later[i])) return;
  throw new Error(`a synchronous read from it is wrong: [${atOnce.join(', ')}]`);
}

async function expectValues(what: string, tensor: tf.Tensor, expected: number[]): Promise<void> {
  const values = Array.from(await tensor.data());
  // GPUs may multiply with 10 bits.
  const isNear = expected.every((value, i) => Math.abs((values[i] ?? NaN) / value - 1) < 2e-3);
  if (isNear) return;
  throw new Error(
    `its ${what} is wrong: [${values.join(', ')}] instead of [${expected.join(', ')}]`,
  );
}
