/** A TensorFlow.js backend that we know how to start. */
export interface Backend {
  readonly name: BackendName;
  /**
   * Starts the backend and makes it TensorFlow.js's current one.
   *
   * @throws Error whose message says why this machine cannot run it.
   */
  start(): Promise<Device>;
}

/** What the backend computes on. */
export interface Device {
  /** In words: `'CPU, WebAssembly SIMD, 1 thread'`. */
  readonly device: string;
  /** Whether that is a GPU. */
  readonly gpu: boolean;
}

/** The backends, best first: the order in which {@link useBackend} tries them. */
export const backendNames = ['native', 'webgpu', 'wasm', 'cpu'] as const;

export type BackendName = (typeof backendNames)[number];
