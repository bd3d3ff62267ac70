import type { Backend, BackendName, Device } from '../backend.js';
import { cpu } from '../cpu.js';
import { mendKernels } from '../kernels/index.js';
import { native } from './native.js';
import { tf } from '../tf.js';
import { wasm } from './wasm.js';
import { webgpu } from './webgpu.js';

const backends: Record<BackendName, Backend> = { native, webgpu, wasm, cpu };

/** A backend that runs in this process. */
export interface StartedBackend extends Device {
  /** The kernels of TensorFlow.js that ours replace on it, since its own are wrong, slow or missing. */
  readonly kernels: readonly string[];
}

/**
 * Starts a backend in this process, and mends its kernels.
 *
 * @throws Error whose message says why this machine cannot run it.
 */
export async function startBackend(name: BackendName): Promise<StartedBackend> {
  const device = await backends[name].start();
  return { ...device, kernels: mendKernels(tf.getBackend()) };
}
