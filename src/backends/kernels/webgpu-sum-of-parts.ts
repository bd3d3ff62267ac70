import { perValue, type WebGPUProgram } from './webgpu-program.js';

/** Adds up parts of one shape, which lie one after another: `[parts, …shape]` become `shape`. */
export function sumOfParts(shape: number[], splits: number): WebGPUProgram {
  return perValue({
    outputShape: shape,
    shaderKey: `inception-lab sum of ${splits} parts`,
    variableNames: ['parts'],
    declaredUniforms: '',
    code: `
      var sum = 0.0;
      for (var part = 0; part < ${splits}; part++) { sum += parts[part * uniforms.size + index]; }
      setOutputAtIndex(index, sum);`,
  });
}
