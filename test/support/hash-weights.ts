import { fnv1a32 } from '../../dist/models/parts/hash.js';
import type { TensorSource } from '../../dist/models/weights/write-safetensors.js';
import { mix } from './noise.js';

/** Where a framework has the outputs in a kernel's shape: PyTorch first, Keras last. */
export type Outputs = 'first' | 'last';

/**
 * Weights that every framework can make for itself, so that none need be stored to compare two:
 * the numbers follow from the tensor's name in that framework, its shape there and the seed.
 */
export function hashTensor(
  name: string,
  shape: readonly number[],
  seed = 0,
  outputs: Outputs = 'first',
): Float32Array {
  const salt = (fnv1a32(name) ^ seed) >>> 0;
  const inputs = outputs === 'first' ? shape.slice(1) : shape.slice(0, -1);
  const fanIn = inputs.reduce((product, size) => product * size, 1);
  const [offset, scale] = distribution(name, shape.length, fanIn);
  const count = shape.reduce((product, size) => product * size, 1);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = offset + scale * uniform(i, salt);
  return values;
}

/** An image in [−1, 1), `[height, width, channels]`, to go with the weights. */
export function hashImage(count: number, seed = 0): Float32Array {
  const salt = (fnv1a32('input') ^ seed) >>> 0;
  return Float32Array.from({ length: count }, (_, i) => uniform(i, salt));
}

/** Tensors to write to a file, by name and shape in PyTorch. */
export function hashWeights(
  shapes: ReadonlyMap<string, readonly number[]>,
  seed = 0,
): TensorSource[] {
  return [...shapes].map(([name, shape]) => ({
    name,
    shape,
    read: () => Promise.resolve(hashTensor(name, shape, seed)),
  }));
}

/** The middle and half the width: He's variance for kernels, batch normalizations close to none. */
function distribution(name: string, rank: number, fanIn: number): [offset: number, scale: number] {
  if (rank === 4) return [0, Math.sqrt(6 / fanIn)];
  if (rank === 2) return [0, Math.sqrt(3 / fanIn)];
  return /(\.running_var|\.weight|\/moving_variance)$/.test(name) ? [1, 0.1] : [0, 0.1];
}

/** In [−1, 1). */
function uniform(i: number, salt: number): number {
  return mix(i + Math.imul(salt, 0x9e3779b9)) / 2 ** 31 - 1;
}
