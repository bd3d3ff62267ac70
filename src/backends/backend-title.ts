import type { BackendName } from './backend.js';

const titles: Record<BackendName, string> = {
  native: 'native',
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'plain JavaScript',
};

/** What a title says already. */
const implied: Partial<Record<BackendName, readonly string[]>> = {
  wasm: ['CPU', 'WebAssembly', 'WebAssembly SIMD'],
  cpu: ['CPU', 'plain JavaScript'],
};

/**
 * A backend as it is offered for choice: `'native, CPU, 2 threads'`, `'WebAssembly, 1 thread'`.
 *
 * @param device as the backend describes it; none, if it does not start
 */
export function backendTitle(name: BackendName, device = ''): string {
  const parts = device.split(', ').filter((part) => part !== '' && !implied[name]?.includes(part));
  return [titles[name], ...parts].join(', ');
}
