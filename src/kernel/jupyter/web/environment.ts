import { parseBackendName } from '../../../backends/node/use-backend.js';
import { Refusal } from './refusal.js';

/** Variables, by name. */
export type Environment = Readonly<Record<string, string>>;

const backendVariable = 'INCEPTION_LAB_BACKEND';

/**
 * What a front end may set of a kernel's environment: the backend, and what Jupyter tells its
 * kernels (`KERNEL_…`). Other variables are left out, as Jupyter's own gateway does.
 *
 * @throws Refusal if there is no such backend, or if it is no environment at all.
 */
export function readEnvironment(given: unknown = {}): Environment {
  const isObject = typeof given === 'object' && given !== null;
  const entries = isObject ? Object.entries(given as Record<string, unknown>) : [];
  if (!isObject || entries.some(([, value]) => typeof value !== 'string')) {
    throw new Refusal(400, 'A kernel\'s "env" has to be an object of texts.');
  }
  const env = Object.fromEntries(
    (entries as [string, string][]).filter(
      ([name]) => name === backendVariable || name.startsWith('KERNEL_'),
    ),
  );
  checkBackend(env[backendVariable]);
  return env;
}

function checkBackend(name: string | undefined): void {
  if (name === undefined || name === '') return;
  try {
    parseBackendName(name);
  } catch (error) {
    throw new Refusal(400, (error as Error).message);
  }
}
