import * as tf from '@tensorflow/tfjs';

/** A shader as TensorFlow.js's WebGPU backend takes it. */
export interface WebGPUProgram {
  readonly outputShape: number[];
  /** Shaders are compiled once a key. */
  readonly shaderKey: string;
  /** The buffers that it reads. */
  readonly variableNames: readonly string[];
  /** WGSL: `'rate : f32, steps : i32,'` */
  readonly uniforms: string;
  readonly workgroupSize: readonly [number, number, number];
  readonly dispatchLayout: { readonly x: number[]; readonly y?: number[]; readonly z?: number[] };
  dispatch: [number, number, number];
  /** Whether `uniforms.size` is the output's. */
  readonly size: boolean;
  readonly getUserCode: () => string;
}

export interface Uniform {
  readonly type: 'float32' | 'int32';
  readonly data: readonly number[];
}

interface PerValue extends Pick<WebGPUProgram, 'outputShape' | 'shaderKey' | 'variableNames'> {
  /** WGSL */
  readonly declaredUniforms: string;
  /** WGSL: gives the output its value at `index`. */
  readonly code: string;
}

const workgroup = 64;

/** A shader with a thread for each value of its output. */
export function perValue({ declaredUniforms, code, ...program }: PerValue): WebGPUProgram {
  const { outputShape } = program;
  return {
    ...program,
    uniforms: declaredUniforms,
    workgroupSize: [workgroup, 1, 1],
    dispatchLayout: { x: outputShape.map((_, axis) => axis) },
    dispatch: [Math.ceil(tf.util.sizeFromShape(outputShape) / workgroup), 1, 1],
    size: true,
    getUserCode: () => `
      fn main(index : i32) {
        if (index < uniforms.size) {
          ${code}
        }
      }`,
  };
}

/** The part of TensorFlow.js's WebGPU backend that runs a shader; its types leave the program out. */
interface ProgramRunner {
  runWebGPUProgram(
    program: WebGPUProgram,
    inputs: readonly tf.TensorInfo[],
    dtype: 'float32',
    uniforms: readonly Uniform[],
  ): tf.TensorInfo;
  disposeData(dataId: object): boolean;
}

/** @returns the output, float32 */
export function runProgram(
  backend: object,
  program: WebGPUProgram,
  inputs: readonly tf.TensorInfo[],
  uniforms: readonly Uniform[],
): tf.TensorInfo {
  return (backend as ProgramRunner).runWebGPUProgram(program, inputs, 'float32', uniforms);
}

export function disposeOf(backend: object, { dataId }: tf.TensorInfo): void {
  (backend as ProgramRunner).disposeData(dataId);
}
