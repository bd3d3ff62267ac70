import type { Backend, BackendName } from '../backend.js';
import { cpu } from '../cpu.js';
import { lookAtCpu } from './look.js';
import { wasm } from './wasm.js';
import { webgpu } from './webgpu.js';

/** The backends that a browser has, best first. */
export const browserBackendNames = ['webgpu', 'wasm', 'cpu'] as const satisfies BackendName[];

export type BrowserBackendName = (typeof browserBackendNames)[number];

/** A backend of which it can be said beforehand whether it may start here. */
export interface BrowserBackend extends Backend {
  readonly name: BrowserBackendName;
  /** @throws Error whose message says why this browser cannot run it. */
  readonly look: () => Promise<{ readonly gpu: boolean; readonly device: string }>;
}

export const browserBackends: Readonly<Record<BrowserBackendName, BrowserBackend>> = {
  webgpu,
  wasm,
  cpu: {
    ...cpu,
    name: 'cpu',
    look: lookAtCpu,
  },
};
