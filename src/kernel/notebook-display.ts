import { loadedModules } from '#platform';
import type { MimeBundle } from '../notebook/notebook.js';
import { currentKernel } from './current-kernel.js';

/** The content of Jupyter's `display_data` message. */
export interface DisplayData {
  readonly data: MimeBundle;
  readonly metadata: Record<string, unknown>;
  readonly transient: { readonly display_id?: string };
}

export type Display = (content: DisplayData, update?: boolean) => void;

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
