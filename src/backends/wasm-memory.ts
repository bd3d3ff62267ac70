import { tf } from './tf.js';

interface WasmModule {
  _malloc: (bytes: number) => number;
}

/** Those that are guarded: a backend may be started again. */
const guarded = new WeakSet<WasmModule>();

/** What its addresses can name. */
const mostBytes = 2 ** 32;

/**
 * Where there is no memory left, `malloc` gives 0, which TensorFlow.js takes for a place: what is
 * written there goes over all other tensors. To be called when the backend has started.
 */
export function guardWasmMemory(): void {
  const { wasm } = tf.backend() as unknown as { readonly wasm: WasmModule };
  if (guarded.has(wasm)) return;
  guarded.add(wasm);
  // The first call puts the function itself in place of one that looks for it.
  wasm._malloc(0);
  const { _malloc } = wasm;
  wasm._malloc = (bytes) => {
    // It would take as many bytes as are left over.
    const place = bytes < mostBytes ? _malloc(bytes) : 0;
    if (place !== 0 || bytes === 0) return place;
    throw new Error(
      `WebAssembly has no memory left for another ${(bytes / 1e6).toFixed(0)} MB: its limit is 4 GB. Dispose of tensors, or take smaller batches.`,
    );
  };
}
