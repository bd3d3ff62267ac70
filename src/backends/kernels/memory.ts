import type * as tf from '@tensorflow/tfjs';

/** The tensors of a backend that keeps them in this process's memory. */
export interface Memory {
  allocate(shape: number[]): tf.TensorInfo;
  /** The values themselves, float32; on wasm valid until something is allocated. */
  read(tensor: tf.TensorInfo): Float32Array;
}

interface WasmBackend {
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array;
}

interface CpuBackend {
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: Float32Array): tf.TensorInfo;
  readonly data: { get(dataId: object): { values: Float32Array } };
}

/** @param backend TensorFlow.js's, wasm or cpu */
export function memoryOf(backend: object): Memory {
  if ('typedArrayFromHeap' in backend) {
    const wasm = backend as WasmBackend;
    return {
      allocate: (shape) => wasm.makeOutput(shape, 'float32'),
      read: (tensor) => wasm.typedArrayFromHeap(tensor),
    };
  }
  const cpu = backend as CpuBackend;
  return {
    allocate: (shape) => {
      const values = new Float32Array(shape.reduce((size, length) => size * length, 1));
      return cpu.makeTensorInfo(shape, 'float32', values);
    },
    read: ({ dataId }) => cpu.data.get(dataId).values,
  };
}
