import { backendNames, type Backend, type BackendName, type Device } from './backend.js';
import { cpu } from './cpu.js';
import { mendKernels } from './kernels/index.js';
import { native } from './native.js';
import { tf } from './tf.js';
import { wasm } from './wasm.js';
import { webgpu } from './webgpu.js';

/** Which backend computes, on what, and why each better one does not. */
export interface BackendReport extends Device {
  readonly name: BackendName;
  readonly skipped: readonly SkippedBackend[];
  /** The kernels of TensorFlow.js that ours replace on it, since its own are wrong, slow or missing. */
  readonly kernels: readonly string[];
}

/** A backend that was passed over. */
export interface SkippedBackend {
  readonly name: BackendName;
  /** A clause that completes "it was passed over because …". */
  readonly why: string;
}

const backends: Record<BackendName, Backend> = { native, webgpu, wasm, cpu };

/**
 * Starts the best TensorFlow.js backend of this machine, or exactly the one that was asked for.
 *
 * @param preference a backend's name; without one, the environment variable
 *   `INCEPTION_LAB_BACKEND` decides, and without that the order native, webgpu, wasm, cpu.
 * @throws Error if the name is unknown, or if the backend that was asked for cannot start:
 *   a wish is never silently replaced.
 */
export async function useBackend(preference?: BackendName): Promise<BackendReport> {
  const wish = preference ?? process.env.INCEPTION_LAB_BACKEND;
  if (wish !== undefined && wish !== '') return startWished(parseBackendName(wish));

  const skipped: SkippedBackend[] = [];
  for (const name of backendNames) {
    try {
      return await start(name, skipped);
    } catch (error) {
      skipped.push({ name, why: (error as Error).message });
    }
  }
  throw new Error(`No TensorFlow.js backend starts on this machine: ${reasons(skipped)}.`);
}

/**
 * @throws Error that lists the valid names, if `name` is none of them.
 */
export function parseBackendName(name: string): BackendName {
  const known = backendNames.find((candidate) => candidate === name);
  if (known) return known;
  throw new Error(`There is no backend "${name}". Choose one of: ${backendNames.join(', ')}.`);
}

/** One line that says which backend was chosen, on what device, and why better ones were not. */
export function describeBackend({ name, device, skipped }: BackendReport): string {
  const passedOver = skipped.length > 0 ? `; passed over ${reasons(skipped)}` : '';
  return `${name} (${device})${passedOver}`;
}

async function start(
  name: BackendName,
  skipped: readonly SkippedBackend[],
): Promise<BackendReport> {
  const device = await backends[name].start();
  return { name, ...device, skipped, kernels: mendKernels(tf.getBackend()) };
}

async function startWished(name: BackendName): Promise<BackendReport> {
  try {
    return await start(name, []);
  } catch (error) {
    throw new Error(
      `The backend "${name}" was asked for, but cannot start: ${(error as Error).message}. ` +
        `Choose another of: ${backendNames.join(', ')}, or leave the choice open.`,
      { cause: error },
    );
  }
}

function reasons(skipped: readonly SkippedBackend[]): string {
  return skipped.map(({ name, why }) => `${name}: ${why}`).join('; ');
}
