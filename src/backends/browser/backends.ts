import { cpu } from '../cpu.js';
import type { BrowserBackend, BrowserBackendName } from './backend.js';
import { lookAtCpu } from './look.js';
import { wasm } from './wasm.js';
import { webgpu } from './webgpu.js';

export const browserBackends: Readonly<Record<BrowserBackendName, BrowserBackend>> = {
  webgpu,
  wasm,
  cpu: {
    ...cpu,
    name: 'cpu',
    look: lookAtCpu,
  },
};
