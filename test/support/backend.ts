import { useBackend } from 'inception-lab';

/** Starts the backend on which numbers are tested: the fastest that is everywhere. */
export async function useTestBackend(): Promise<void> {
  await useBackend('wasm');
}
