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
  const result = new Float32Array(values.length);
  const positions = values.length / (outputs * inputs);
  let next = 0;
  for (let position = 0; position < positions; position++) {
    for (let input = 0; input < inputs; input++) {
      for (let output = 0; output < outputs; output++) {
        result[next++] = values[(output * inputs + input) * positions + position] ?? NaN;
      }
    }
  }
  return result;
}

/** `[positions, in, out]` → `[out, in, positions]` */
export function outputsFirst(
  values: Float32Array,
  { outputs, inputs }: KernelSize,
): Float32Array<ArrayBuffer> {
  const result = new Float32Array(values.length);
  const positions = values.length / (outputs * inputs);
  let next = 0;
  for (let output = 0; output < outputs; output++) {
    for (let input = 0; input < inputs; input++) {
      for (let position = 0; position < positions; position++) {
        result[next++] = values[(position * inputs + input) * outputs + output] ?? NaN;
      }
    }
  }
  return result;
}
