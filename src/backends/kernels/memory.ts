import type * as tf from '@tensorflow/tfjs';

/** The tensors of a backend that keeps them in this process's memory. */
export interface Memory {
  /** What stands in the new tensor is left from before. Default: float32. */
  allocate(shape: number[], dtype?: Dtype): tf.TensorInfo;
  /** The values themselves, of an int32 tensor an `Int32Array`; on wasm valid until something is allocated. */
  read(tensor: tf.TensorInfo): Float32Array;
}

type Dtype = 'float32' | 'int32';

interface WasmBackend {
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array;
}

interface CpuBackend {
  makeTensorInfo(
    shape: number[],
    dtype: tf.DataType,
    values: Float32Array | Int32Array,
  ): tf.TensorInfo;
  readonly data: { get(dataId: object): { values: Float32Array } };
}

/** @param backend TensorFlow.js's, wasm or cpu */
export function memoryOf(backend: object): Memory {
  if ('typedArrayFromHeap' in backend) {
    const wasm = backend as WasmBackend;
    return {
      allocate: (shape, dtype = 'float32') => wasm.makeOutput(shape, dtype),
      read: (tensor) => wasm.typedArrayFromHeap(tensor),
    };
  }
  const cpu = backend as CpuBackend;
  return {
    allocate: (shape, dtype = 'float32') => {
      const size = shape.reduce((total, length) => total * length, 1);
      const values = dtype === 'int32' ? new Int32Array(size) : new Float32Array(size);
      return cpu.makeTensorInfo(shape, dtype, values);
    },
    read: ({ dataId }) => cpu.data.get(dataId).values,
  };
}
