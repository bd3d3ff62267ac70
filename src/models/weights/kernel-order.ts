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

/** `[a, b, c]` → `[c, b, a]` */
function reverseAxes(
  values: Float32Array,
  [a, b, c]: readonly [a: number, b: number, c: number],
): Float32Array<ArrayBuffer> {
  const result = new Float32Array(values.length);
  let next = 0;
  for (let k = 0; k < c; k++) {
    for (let j = 0; j < b; j++) {
      for (let i = 0; i < a; i++) result[next++] = values[(i * b + j) * c + k] ?? NaN;
    }
  }
  return result;
}
