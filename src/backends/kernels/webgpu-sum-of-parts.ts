import * as tf from '@tensorflow/tfjs';
import type { WebGPUProgram } from './webgpu-program.js';

/** Adds up parts of one shape, which lie one after another: `[parts, …shape]` become `shape`. */
export function sumOfParts(shape: number[], splits: number): WebGPUProgram {
  const workgroup = 64;
  return {
    outputShape: shape,
    shaderKey: `inception-lab sum of ${splits} parts`,
    variableNames: ['parts'],
    uniforms: '',
    workgroupSize: [workgroup, 1, 1],
    dispatchLayout: { x: shape.map((_, axis) => axis) },
    dispatch: [Math.ceil(tf.util.sizeFromShape(shape) / workgroup), 1, 1],
    size: true,
    getUserCode: () => `
      fn main(index : i32) {
        if (index < uniforms.size) {
          var sum = 0.0;
          for (var part = 0; part < ${splits}; part++) { sum += parts[part * uniforms.size + index]; }
          setOutputAtIndex(index, sum);
        }
      }`,
  };
}
