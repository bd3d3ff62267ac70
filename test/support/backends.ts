import { backendNames, chooseBackend, useBackend, type BackendName } from 'inception-lab';
import { useSoftwareAdapter } from './software-adapter.js';

/** The backends that must be tested here: `REQUIRE_BACKENDS=native,wasm`. */
const required = (process.env.REQUIRE_BACKENDS ?? '').split(',').filter((name) => name !== '');

/** Why the others are not tested. */
const absent = new Map<BackendName, string>();

useSoftwareAdapter();
for (const name of backendNames) {
  await chooseBackend(name).catch((error: unknown) => absent.set(name, (error as Error).message));
}

after(() => {
  const tested = backendNames.filter((name) => !absent.has(name)).join(', ');
  console.log(`  Backends tested: ${tested}.`, ...absent.values());
});

/**
 * A `describe` for each backend that is here, which is started before its tests. One that is not
 * fails, if `REQUIRE_BACKENDS` names it.
 */
export function forEachBackend(tests: (name: BackendName) => void): void {
  for (const name of backendNames) describeOn(name, `on ${name}`, tests);
}

/** A `describe` that needs a backend; as {@link forEachBackend}. */
export function describeOn(
  name: BackendName,
  title: string,
  tests: (name: BackendName) => void,
): void {
  if (absent.has(name) && !required.includes(name)) return;
  describe(title, () => {
    before(async function () {
      this.timeout(120_000);
      await useBackend(name);
    });
    tests(name);
  });
}
