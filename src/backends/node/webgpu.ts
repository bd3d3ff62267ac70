import type { Backend, Device } from '../backend.js';
import { describeAdapter, type AdapterInfo } from '../describe-adapter.js';
import { watchTicks } from './dawn-ticks.js';
import { tf } from '../tf.js';
import { readSynchronously, type WebGPUBackend } from './webgpu-read-sync.js';

/** The GPU through Vulkan, Metal or Direct3D 12: Dawn, the WebGPU of Chromium, as a Node module. */
export const webgpu: Backend = {
  name: 'webgpu',
  async start() {
    started ??= startDawn();
    const device = await started.catch((error: unknown) => {
      started = undefined;
      throw error;
    });
    if (!(await tf.setBackend('webgpu'))) throw new Error('WebGPU gave no device');
    return device;
  },
};

/** Kept as long as the process: its device crashes once the garbage collector has taken it. */
let gpu: GPU | undefined;

/** A second start finds the backend registered, and its device open. */
let started: Promise<Device> | undefined;

interface Dawn {
  readonly create: (options: string[]) => GPU;
  /** The classes and constants that a browser has as globals. */
  readonly globals: object;
}

/** What Dawn looks for. */
const driver: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'a Vulkan driver, or no Vulkan loader (Debian: apt install libvulkan1)',
  darwin: 'a Metal driver',
  win32: 'a Direct3D 12 driver',
};

async function startDawn(): Promise<Device> {
  const { create, globals } = await loadDawn();
  watchTicks();
  Object.assign(globalThis, globals);
  gpu = create([]);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter)
    throw new Error(
      `WebGPU finds no adapter: no GPU with ${driver[process.platform] ?? 'a driver'}`,
    );
  await withNavigator(gpu, async () => {
    // Registers itself if `navigator.gpu` is there, and takes its device from that.
    await import('@tensorflow/tfjs-backend-webgpu');
    if (!(await tf.setBackend('webgpu'))) throw new Error('WebGPU gave no device');
  });
  readSynchronously(tf.backend() as unknown as WebGPUBackend);
  return describeAdapter((adapter as unknown as { info: AdapterInfo }).info);
}

/** The package is optional, and its binary needs a recent C library. */
async function loadDawn(): Promise<Dawn> {
  const name = 'webgpu';
  try {
    return (await import(name)) as Dawn;
  } catch (error) {
    throw new Error(whyNotLoaded(error as NodeJS.ErrnoException), { cause: error });
  }
}

function whyNotLoaded({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ERR_MODULE_NOT_FOUND') return 'the optional package webgpu is not installed';
  if (code === 'MODULE_NOT_FOUND') {
    return `the package webgpu has no binary for ${process.platform}-${process.arch}`;
  }
  const glibc = /GLIBC(?:XX)?_[\d.]+/.exec(message)?.[0];
  if (glibc) return `Dawn needs a newer C library than this system's (${glibc} is not in it)`;
  return `Dawn does not load: ${message.split('\n', 1)[0] ?? ''}`;
}

/**
 * Lends the backend the `navigator` of a browser, where it looks for WebGPU. Not for longer: other
 * packages take its presence for a browser's.
 */
async function withNavigator(gpu: GPU, use: () => Promise<void>): Promise<void> {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  try {
    await use();
  } finally {
    Reflect.deleteProperty(globalThis, 'navigator');
    if (own) Object.defineProperty(globalThis, 'navigator', own);
  }
}
