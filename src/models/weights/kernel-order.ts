/**
 * The order of a kernel's numbers. TensorFlow.js has the outputs last, `[positions, in, out]`;
 * PyTorch and ONNX have them first, `[out, in, positions]`. A matrix has one position.
 */
export interface KernelSize {
  readonly outputs: number;
  readonly inputs: number;
}

/** `[out, in, positions]` → `[positions, in, out]` */
export function outputsLast(
  values: Float32Array,
  { outputs, inputs }: KernelSize,
): Float32Array<ArrayBuffer> {
  return reverseAxes(values, [outputs, inputs, values.length / (outputs * inputs)]);
}

/** `[positions, in, out]` → `[out, in, positions]` */
export function outputsFirst(
  values: Float32Array,
  { outputs, inputs }: KernelSize,
): Float32Array<ArrayBuffer> {
  return reverseAxes(values, [values.length / (outputs * inputs), inputs, outputs]);
}

/** So many numbers of float32 fill a cache line. */
const lineLength = 16;

/** `[a, b, c]` → `[c, b, a]`, a few of `a` at a time, so that what is read stays in the cache. */
function reverseAxes(
  values: Float32Array,
  [a, b, c]: readonly [a: number, b: number, c: number],
): Float32Array<ArrayBuffer> {
  const result = new Float32Array(values.length);
  for (let begin = 0; begin < a; begin += lineLength) {
    const end = Math.min(begin + lineLength, a);
    for (let j = 0; j < b; j++) {
      for (let k = 0; k < c; k++) {
        const [from, to] = [j * c + k, (k * b + j) * a];
        for (let i = begin; i < end; i++) result[to + i] = values[i * b * c + from] ?? NaN;
      }
    }
  }
  return result;
}
