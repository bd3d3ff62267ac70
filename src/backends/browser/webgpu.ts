import type { Device } from '../backend.js';
import { describeAdapter, type AdapterInfo } from '../describe-adapter.js';
import { tf } from '../tf.js';
import type { BrowserBackend } from './backends.js';

/** The browser's own WebGPU. */
export const webgpu: BrowserBackend = {
  name: 'webgpu',
  look,
  async start() {
    const device = await look();
    // Registers itself, and takes its device from the adapter that was looked at.
    await import('@tensorflow/tfjs-backend-webgpu');
    if (!(await tf.setBackend('webgpu'))) throw new Error('WebGPU gave no device');
    // Else it writes to the console, below a cell, that `dataSync` is slow.
    Object.assign(tf.backend(), { hasReadSyncWarned: true });
    return device;
  },
};

async function look(): Promise<Device> {
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
