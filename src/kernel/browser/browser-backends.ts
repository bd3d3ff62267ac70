import type { BackendName, Device } from '../../backends/backend.js';
import { lookAtCpu, lookAtWasm, lookAtWebgpu } from '../../backends/browser/look.js';
import { backendTitle } from '../../backends/backend-title.js';

/** What can compute in this browser, or why it cannot. */
export interface BrowserBackendOption {
  readonly name: string;
  readonly description: string;
  readonly why?: string;
}

/** Best first: what `useBackend()` would take by itself. */
export async function browserBackends(): Promise<readonly BrowserBackendOption[]> {
  const [webgpu, wasm, cpu] = await Promise.all([
    optionOf('webgpu', lookAtWebgpu),
    optionOf('wasm', lookAtWasm),
    optionOf('cpu', lookAtCpu),
  ]);
  // WebGPU without a GPU is slower than what was made for the CPU.
  const options = webgpu.gpu ? [webgpu, wasm, cpu] : [wasm, webgpu, cpu];
  return options.map(({ option }) => option);
}

async function optionOf(
  name: BackendName,
  look: () => Promise<Device>,
): Promise<{ option: BrowserBackendOption; gpu: boolean }> {
  try {
    const { device, gpu } = await look();
    return { option: { name, description: backendTitle(name, device) }, gpu };
  } catch (error) {
    const why = (error as Error).message;
    return { option: { name, description: backendTitle(name), why }, gpu: false };
  }
}
