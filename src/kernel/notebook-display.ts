import { createRequire } from 'node:module';
import type { MimeBundle } from '../notebook/notebook.js';

/** The content of Jupyter's `display_data` message. */
export interface DisplayData {
  readonly data: MimeBundle;
  readonly metadata: Record<string, unknown>;
  readonly transient: { readonly display_id?: string };
}

export type Display = (content: DisplayData, update?: boolean) => void;

const { cache } = createRequire(import.meta.url);

/**
 * What sends a whole bundle to the notebook whose cell is running; `undefined` outside of one.
 *
 * tslab's own `display` sends one format at a time, so this asks the module that it keeps the
 * channel in. The kernel's tslab may be installed anywhere, so it is looked up among the modules
 * that are loaded, not in our own `node_modules`.
 */
export function notebookDisplay(): Display | undefined {
  for (const [path, module] of Object.entries(cache)) {
    if (!/[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(path)) continue;
    const { lastWriteDisplayData } = module?.exports as { lastWriteDisplayData?: Display | null };
    if (lastWriteDisplayData) return lastWriteDisplayData;
  }
  return undefined;
}
