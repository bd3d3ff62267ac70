import { environment } from '#platform';
import {
  cannotStart,
  reasons,
  type BackendChoice,
  type BackendReport,
  type SkippedBackend,
} from '../choice.js';
import { mendKernels } from '../kernels/index.js';
import { smokeTest } from '../smoke-test.js';
import { tf } from '../tf.js';
import { browserBackendNames, type BrowserBackendName } from './backend.js';
import { browserBackends } from './backends.js';

/** Starts a backend here; then, whether it computes the right numbers. */
async function start(name: BrowserBackendName): Promise<BackendReport<BrowserBackendName>> {
  const device = await browserBackends[name].start();
  const kernels = mendKernels(tf.getBackend());
  await smokeTest();
  return { name, ...device, skipped: [], kernels };
}

/**
 * Starts the best TensorFlow.js backend of this browser, or exactly the one that was asked for. The
 * order is: WebGPU on a GPU, WebAssembly, plain JavaScript.
 *
 * @param preference a backend's name; without one, what was chosen in the page, if anything was.
 * @throws Error if the name is unknown, or if the backend that was asked for cannot start: a wish is
 *   never silently replaced.
 */
export async function useBackend(
  preference?: BrowserBackendName,
): Promise<BackendReport<BrowserBackendName>> {
  const wish = preference ?? environment('INCEPTION_LAB_BACKEND');
  if (wish !== undefined) {
    const name = parseName(wish);
    return start(name).catch((error: unknown) => {
      throw cannotStart(name, (error as Error).message, browserBackendNames);
    });
  }
  const skipped: SkippedBackend<BrowserBackendName>[] = [];
  for (const name of browserBackendNames) {
    const why = await whyNot(name);
    if (why !== undefined) {
      skipped.push({ name, why });
      continue;
    }
    try {
      return { ...(await start(name)), skipped };
    } catch (error) {
      skipped.push({ name, why: (error as Error).message });
    }
  }
  throw noneStarts(skipped);
}

/**
 * Says which backend {@link useBackend} would start, without starting one.
 *
 * @param preference as a user typed it
 * @throws Error as {@link useBackend}.
 */
export async function chooseBackend(
  preference?: string,
): Promise<BackendChoice<BrowserBackendName>> {
  const wish = preference ?? environment('INCEPTION_LAB_BACKEND');
  if (wish !== undefined) {
    const name = parseName(wish);
    const device = await browserBackends[name].look().catch((error: unknown) => {
      throw cannotStart(name, (error as Error).message, browserBackendNames);
    });
    return { name, ...device, skipped: [] };
  }
  const skipped: SkippedBackend<BrowserBackendName>[] = [];
  for (const name of browserBackendNames) {
    const why = await whyNot(name);
    if (why === undefined) return { name, ...(await browserBackends[name].look()), skipped };
    skipped.push({ name, why });
  }
  throw noneStarts(skipped);
}

/** A clause; `undefined` if nothing speaks against it. */
async function whyNot(name: BrowserBackendName): Promise<string | undefined> {
  try {
    const { gpu, device } = await browserBackends[name].look();
    return name === 'webgpu' && !gpu ? `it has only a ${device}` : undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function noneStarts(skipped: readonly SkippedBackend[]): Error {
  return new Error(`No TensorFlow.js backend starts in this browser: ${reasons(skipped)}.`);
}

function parseName(name: string): BrowserBackendName {
  const known = browserBackendNames.find((candidate) => candidate === name);
  if (known) return known;
  const names = browserBackendNames.join(', ');
  if (name === 'native') {
    throw new Error(
      `The backend "native" is TensorFlow itself, which runs in Node alone. Choose one of: ${names}.`,
    );
  }
  throw new Error(`There is no backend "${name}". Choose one of: ${names}.`);
}
