import { backendNames, type BackendName } from '../backend.js';
import { backendTitle } from '../backend-title.js';
import { parseBackendName } from './use-backend.js';
import { verdictOn, type Verdict } from './verdict.js';

/** A backend as it is offered: the choice is the user's. */
export interface BackendOption {
  readonly name: BackendName;
  /** `'native, CPU, 2 threads'`. */
  readonly description: string;
  /** A clause that says why it cannot be had. */
  readonly why?: string;
}

/**
 * Says which backends there are on this machine, best first: the one that `useBackend()` would take,
 * the others that start, and those that do not.
 *
 * @param preference the one that is to be first, if it starts
 */
export async function listBackends(
  preference = process.env.INCEPTION_LAB_BACKEND,
): Promise<readonly BackendOption[]> {
  const wish = preference ? parseBackendName(preference) : undefined;
  const found: { readonly rank: number; readonly option: BackendOption }[] = [];
  // One after another: they would slow each other down.
  for (const name of backendNames) {
    const verdict = await verdictOn(name);
    found.push({
      rank: name === wish && verdict.works ? -1 : rank(name, verdict),
      option: asOption(name, verdict),
    });
  }
  return found.sort((one, other) => one.rank - other.rank).map(({ option }) => option);
}

/** The order in which `useBackend()` takes them: it takes WebGPU on a GPU only. */
function rank(name: BackendName, verdict: Verdict): number {
  if (!verdict.works) return 100;
  if (verdict.gpu) return 0;
  return { native: 1, wasm: 2, cpu: 3, webgpu: 4 }[name];
}

function asOption(name: BackendName, verdict: Verdict): BackendOption {
  if (verdict.works) return { name, description: backendTitle(name, verdict.device) };
  return { name, description: backendTitle(name), why: verdict.why };
}
