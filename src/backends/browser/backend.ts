import type { Backend, BackendName } from '../backend.js';

/** The backends that a browser has, best first. */
export const browserBackendNames = ['webgpu', 'wasm', 'cpu'] as const satisfies BackendName[];

export type BrowserBackendName = (typeof browserBackendNames)[number];

/** A backend of which it can be said beforehand whether it may start here. */
export interface BrowserBackend extends Backend {
  readonly name: BrowserBackendName;
  /** @throws Error whose message says why this browser cannot run it. */
  readonly look: () => Promise<{ readonly gpu: boolean; readonly device: string }>;
}
