import { backendNames, type BackendName } from '../backend.js';
import {
  cannotStart,
  reasons,
  type BackendChoice,
  type BackendReport,
  type SkippedBackend,
} from '../choice.js';
import { startBackend } from './backends.js';
import { handleModelFiles } from './model-files.js';
import { verdictOn, type Verdict } from './verdict.js';

handleModelFiles();

/**
 * Starts the best TensorFlow.js backend of this machine, or exactly the one that was asked for.
 *
 * @param preference a backend's name; without one, the environment variable
 *   `INCEPTION_LAB_BACKEND` decides, and without that {@link chooseBackend}.
 * @throws Error if the name is unknown, or if the backend that was asked for cannot start:
 *   a wish is never silently replaced.
 */
export async function useBackend(preference?: BackendName): Promise<BackendReport> {
  const choice = await chooseBackend(preference);
  return { ...choice, ...(await startBackend(choice.name)) };
}

/**
 * Says which backend {@link useBackend} would start, without loading one into this process. Each
 * candidate is tried in a process of its own; what it did there holds for a day.
 *
 * The order is: native on a GPU, WebGPU on a GPU, native on the CPU, WebAssembly, plain JavaScript.
 *
 * @param preference as a user typed it
 * @throws Error as {@link useBackend}.
 */
export async function chooseBackend(preference?: string): Promise<BackendChoice> {
  const wish = preference ?? process.env.INCEPTION_LAB_BACKEND;
  if (wish !== undefined && wish !== '') return wished(parseBackendName(wish));

  const skipped: SkippedBackend[] = [];
  const onlyCpu: BackendChoice[] = [];
  for (const name of backendNames) {
    // Whatever computes without a GPU has been found by then.
    if (name === 'wasm' && onlyCpu[0]) break;
    const verdict = await verdictOn(name);
    if (!verdict.works) skipped.push({ name, why: verdict.why });
    else if (verdict.gpu || name === 'wasm' || name === 'cpu')
      return chosen(name, verdict, skipped);
    else if (name === 'webgpu') skipped.push({ name, why: `it has only a ${verdict.device}` });
    else onlyCpu.push(chosen(name, verdict, skipped));
  }
  if (onlyCpu[0]) return onlyCpu[0];
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

async function wished(name: BackendName): Promise<BackendChoice> {
  const verdict = await verdictOn(name);
  if (verdict.works) return chosen(name, verdict, []);
  throw cannotStart(name, verdict.why, backendNames);
}

function chosen(
  name: BackendName,
  { device, gpu }: Verdict & { works: true },
  skipped: readonly SkippedBackend[],
): BackendChoice {
  return { name, device, gpu, skipped };
}
