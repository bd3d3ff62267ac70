// Whether this browser can run a backend, and on what. TensorFlow.js need not be there for that.
import type { Device } from '../backend.js';
import { describeAdapter, type AdapterInfo } from '../describe-adapter.js';
import { possibleThreads } from './wasm-threads.js';

/** @throws Error with a clause that says why there is no WebGPU here. */
export async function lookAtWebgpu(): Promise<Device> {
  const { gpu } = navigator as { gpu?: GPU };
  if (!gpu) {
    const why = isSecureContext ? '' : ', since this page came neither by https nor from localhost';
    throw new Error(`this browser has no WebGPU${why}`);
  }
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('WebGPU finds no GPU that this browser trusts');
  return describeAdapter(infoOf(adapter));
}

/** Older browsers have the flag on the adapter itself. */
function infoOf(adapter: GPUAdapter): AdapterInfo {
  const { info, isFallbackAdapter = false } = adapter as unknown as {
    info: AdapterInfo;
    isFallbackAdapter?: boolean;
  };
  const { vendor, architecture, device, description } = info;
  const isFallback = info.isFallbackAdapter ?? isFallbackAdapter;
  return { vendor, architecture, device, description, isFallbackAdapter: isFallback };
}

/** A module whose one function splats a byte: `i8x16.splat`. */
const simdModule = [
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0],
  ...[253, 15, 26, 11],
];

/** @throws Error with a clause that says why there is no WebAssembly here that computes fast. */
export function lookAtWasm(): Promise<Device> {
  if (typeof WebAssembly === 'undefined') {
    return Promise.reject(new Error('this browser has no WebAssembly'));
  }
  if (!WebAssembly.validate(Uint8Array.from(simdModule))) {
    return Promise.reject(new Error("this browser's WebAssembly has no SIMD; a newer one has"));
  }
  return Promise.resolve(wasmDevice(possibleThreads()));
}

export function wasmDevice(threads: number): Device {
  const words = `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return { device: `CPU, WebAssembly SIMD, ${words}`, gpu: false };
}

/** What runs everywhere. */
export function lookAtCpu(): Promise<Device> {
  return Promise.resolve({ device: 'CPU, plain JavaScript', gpu: false });
}
