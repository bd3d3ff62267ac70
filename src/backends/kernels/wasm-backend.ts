import type { tf } from '../tf.js';

/** What our kernels use of TensorFlow.js's WebAssembly backend. */
export interface WasmBackend {
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  /** The tensor's values in the module's memory; valid until something is allocated. */
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array | Int32Array | Uint8Array;
}
