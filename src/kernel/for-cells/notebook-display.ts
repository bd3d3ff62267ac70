import { loadedModules } from '#platform';
import { currentKernel, type Display } from './current-kernel.js';

/** tslab's module that keeps the channel to the notebook: the kernel may have it from anywhere. */
interface TslabChannel {
  lastWriteDisplayData?: Display | null;
}

/** Looked up among the modules that are loaded, not in our own `node_modules`. */
export function loadedTslabs(): TslabChannel[] {
  return loadedModules(/[\\/]tslab[\\/]dist[\\/]jupyter\.js$/) as TslabChannel[];
}

/**
 * What sends a whole bundle to the notebook whose cell is running; `undefined` outside of one.
 *
 * On stock tslab it is that of its module: tslab's own `display` sends one format at a time.
 */
export function notebookDisplay(): Display | undefined {
  const [stock] = loadedTslabs().map(({ lastWriteDisplayData }) => lastWriteDisplayData);
  return currentKernel()?.display ?? stock ?? undefined;
}
