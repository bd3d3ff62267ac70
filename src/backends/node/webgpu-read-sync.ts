import { runTicksUntil } from './dawn-ticks.js';
import { tf } from '../tf.js';

/** What we use of TensorFlow.js's WebGPU backend. */
export interface WebGPUBackend {
  readonly tensorMap: { get(dataId: object): TensorData };
  readonly bufferManager: {
    acquireBuffer(size: number, usage: number): GPUBuffer;
    releaseBuffer(buffer: GPUBuffer, reuse: boolean): void;
  };
  readonly commandEncoder: GPUCommandEncoder;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  readSync(dataId: object): tf.backend_util.BackendValues;
}

interface TensorData {
  readonly dtype: tf.DataType;
  values?: tf.backend_util.BackendValues | null;
  readonly resource: GPUBuffer;
  readonly complexTensorInfos?: { real: tf.TensorInfo; imag: tf.TensorInfo };
}

/**
 * Lets a WebGPU backend be read at once (`dataSync`, `arraySync`) in Node. TensorFlow.js's own way
 * draws the numbers on a canvas, which Node has not.
 */
export function readSynchronously(backend: WebGPUBackend): void {
  backend.readSync = (dataId) => {
    const data = backend.tensorMap.get(dataId);
    data.values ??= data.complexTensorInfos
      ? readComplex(backend, data.complexTensorInfos)
      : tf.util.convertBackendValuesAndArrayBuffer(readBuffer(backend, data.resource), data.dtype);
    return data.values;
  };
}

function readComplex(
  backend: WebGPUBackend,
  { real, imag }: { real: tf.TensorInfo; imag: tf.TensorInfo },
): Float32Array {
  return tf.backend_util.mergeRealAndImagArrays(
    backend.readSync(real.dataId) as Float32Array,
    backend.readSync(imag.dataId) as Float32Array,
  );
}

/** As the backend's own `getBufferData`, but for the waiting. */
function readBuffer(backend: WebGPUBackend, source: GPUBuffer): ArrayBuffer {
  const { size } = source;
  const staging = backend.bufferManager.acquireBuffer(
    size,
    GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
  );
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.commandEncoder.copyBufferToBuffer(source, 0, staging, 0, size);
  backend.submitQueue();
  // A failure is seen in the buffer's state; its promise would tell us too late.
  staging.mapAsync(GPUMapMode.READ).catch(() => undefined);
  runTicksUntil(() => staging.mapState !== 'pending');
  if (staging.mapState !== 'mapped') {
    backend.bufferManager.releaseBuffer(staging, false);
    throw new Error('The tensor could not be read from the GPU: its device is lost.');
  }
  const values = staging.getMappedRange().slice(0);
  staging.unmap();
  backend.bufferManager.releaseBuffer(staging, true);
  return values;
}
