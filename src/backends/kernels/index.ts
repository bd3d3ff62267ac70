import {
  inMemoryBatchNormTraining,
  inMemoryBatchNormTrainingGrad,
} from '../batch-norm/in-memory.js';
import { nativeBatchNormTraining, nativeBatchNormTrainingGrad } from '../batch-norm/native.js';
import { wasmBatchNormTraining, wasmBatchNormTrainingGrad } from '../batch-norm/wasm.js';
import { webgpuBatchNormTraining, webgpuBatchNormTrainingGrad } from '../batch-norm/webgpu.js';

import { inMemoryRMSPropStep } from '../rms-prop/in-memory.js';
import { nativeRMSPropStep } from '../rms-prop/native.js';
import { webgpuRMSPropStep } from '../rms-prop/webgpu.js';
import { avgPoolGrad } from './avg-pool-grad.js';
import { concat } from './concat.js';
import { conv2dBackpropFilter } from './conv2d-backprop-filter.js';
import { conv2dBackpropInput } from './conv2d-backprop-input.js';
import {
  depthwiseConv2dBackpropFilter,
  depthwiseConv2dBackpropInput,
} from './depthwise-conv2d-grad.js';
import { identity } from './identity.js';
import { maxPoolGrad } from './max-pool-grad.js';
import { install, type MendedKernel } from './mend.js';
import { nativeReluGrad, webgpuReluGrad } from './relu-grad.js';
import { resizeNearestNeighborGrad } from './resize-nearest-neighbor-grad.js';
import { splitV } from './split.js';
import { unsortedSegmentSum } from './unsorted-segment-sum.js';
import { webgpuConv2dBackpropFilter } from './webgpu-conv2d-backprop-filter.js';

const kernels: readonly MendedKernel[] = [
  avgPoolGrad,
  concat,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  depthwiseConv2dBackpropFilter,
  depthwiseConv2dBackpropInput,
  identity,
  inMemoryBatchNormTraining,
  inMemoryBatchNormTrainingGrad,
  inMemoryRMSPropStep,
  maxPoolGrad,
  nativeBatchNormTraining,
  nativeBatchNormTrainingGrad,
  nativeReluGrad,
  nativeRMSPropStep,
  resizeNearestNeighborGrad,
  splitV,
  unsortedSegmentSum,
  wasmBatchNormTraining,
  wasmBatchNormTrainingGrad,
  webgpuBatchNormTraining,
  webgpuBatchNormTrainingGrad,
  webgpuConv2dBackpropFilter,
  webgpuReluGrad,
  webgpuRMSPropStep,
];

/**
 * Replaces the kernels that a backend lacks or computes wrongly or slowly.
 *
 * @param backend by TensorFlow.js's name for it
 * @returns the names of those replaced
 */
export function mendKernels(backend: string): string[] {
  const mended = kernels.filter(({ backends }) => backends.includes(backend));
  for (const kernel of mended) install(kernel, backend);
  return mended.map(({ name }) => name);
}
