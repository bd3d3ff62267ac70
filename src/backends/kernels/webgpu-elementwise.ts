import type * as tf from '@tensorflow/tfjs';
import { givenTo, settingsRead, valuesAt, type Expression } from './webgpu-expression.js';
import { perValue, runProgram } from './webgpu-program.js';

/**
 * Computes an expression at every place. WebGPU is slow to start a shader: for small tensors one
 * that does all takes a third of the time of three.
 */
export function elementwise(backend: object, what: Expression): tf.TensorInfo {
  const { name, inputs, perChannel = {}, settings, expression } = what;
  const { shape } = Object.values(inputs)[0]!;
  const { tensors, uniforms, ...given } = givenTo(what, { channels: shape.at(-1) ?? 1 });
  const program = perValue({
    ...given,
    outputShape: shape,
    shaderKey: `inception-lab ${name}`,
    code: `
      ${valuesAt('index', inputs)}
      ${valuesAt('index % uniforms.channels', perChannel)}
      ${settingsRead(settings)}
      setOutputAtIndex(index, ${expression});`,
  });
  return runProgram(backend, program, tensors, uniforms);
}
