import type { StoredWeight } from './layout.js';
import type { WeightsFile } from './weights-file.js';

/**
 * A classifier's weight without TF-slim's background, the first class, if the file has one class
 * more than the model; any other weight as it is.
 */
export function cutBackground(weight: StoredWeight, { tensors }: WeightsFile): StoredWeight {
  const { classAxis, shape, name, convert } = weight;
  if (classAxis === undefined) return weight;
  const classes = shape[classAxis] ?? 0;
  if (tensors.get(name)?.shape[classAxis] !== classes + 1) return weight;
  return {
    ...weight,
    shape: shape.map((size, axis) => (axis === classAxis ? size + 1 : size)),
    convert: (values) => convert(withoutFirstClass(values, shape, classAxis)),
  };
}

/** @param shape without the first class */
function withoutFirstClass(
  values: Float32Array,
  shape: readonly number[],
  classAxis: number,
): Float32Array {
  const classes = shape[classAxis] ?? 0;
  // How many numbers belong to one class where it stands.
  const step = shape.slice(classAxis + 1).reduce((product, size) => product * size, 1);
  const row = (classes + 1) * step;
  return values.filter((_, i) => i % row >= step);
}
