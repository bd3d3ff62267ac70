import type { Device } from '../../backends/backend.js';
import { lookAtCpu, lookAtWasm, lookAtWebgpu } from '../../backends/browser/look.js';

/** What can compute in this browser, or why it cannot. */
export interface BrowserBackendOption {
  readonly name: string;
  readonly description: string;
  readonly why?: string;
}

/** Best first: what `useBackend()` would take by itself. */
export async function browserBackends(): Promise<readonly BrowserBackendOption[]> {
  const [webgpu, wasm, cpu] = await Promise.all([
    optionOf('webgpu', 'WebGPU', lookAtWebgpu),
    optionOf('wasm', 'WebAssembly', lookAtWasm),
    optionOf('cpu', 'plain JavaScript', lookAtCpu),
  ]);
  // WebGPU without a GPU is slower than what was made for the CPU.
  const options = webgpu.gpu ? [webgpu, wasm, cpu] : [wasm, webgpu, cpu];
  return options.map(({ option }) => option);
}

async function optionOf(
  name: string,
  title: string,
  look: () => Promise<Device>,
): Promise<{ option: BrowserBackendOption; gpu: boolean }> {
  try {
    const { device, gpu } = await look();
    return { option: { name, description: `${name}, ${device}` }, gpu };
  } catch (error) {
    return { option: { name, description: title, why: (error as Error).message }, gpu: false };
  }
}
