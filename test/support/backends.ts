import { backendNames, useBackend, type BackendName } from 'inception-lab';
import { useSoftwareAdapter } from './software-adapter.js';

/** The backends that must be tested here: `REQUIRE_BACKENDS=native,wasm`. */
const required = (process.env.REQUIRE_BACKENDS ?? '').split(',').filter((name) => name !== '');

/**
 * A `describe` for each backend, which is started before its tests. Where it cannot start, they are
 * skipped, unless `REQUIRE_BACKENDS` names it.
 */
export function forEachBackend(tests: (name: BackendName) => void): void {
  for (const name of backendNames) {
    describe(`on ${name}`, () => {
      before(async function () {
        await useBackendOrSkip(this, name);
      });
      tests(name);
    });
  }
}

/** Starts a backend; where it cannot start, skips what follows, or fails if it is required. */
export async function useBackendOrSkip(context: Mocha.Context, name: BackendName): Promise<void> {
  context.timeout(120_000);
  try {
    if (name === 'webgpu') useSoftwareAdapter();
    await useBackend(name);
  } catch (error) {
    if (required.includes(name)) throw error;
    console.log(`      skipped: ${(error as Error).message}`);
    context.skip();
  }
}
