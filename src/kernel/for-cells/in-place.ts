import type { MimeBundle } from '../../notebook/notebook.js';
import { notebookDisplay } from './notebook-display.js';

/**
 * What shows one thing below a notebook's cell, each time in the place of the one before; `undefined`
 * outside of a notebook.
 */
export function inPlace(): ((data: MimeBundle) => void) | undefined {
  const display = notebookDisplay();
  if (!display) return undefined;
  const transient = { display_id: uniqueId() };
  let isShown = false;
  return (data) => {
    display({ data, metadata: {}, transient }, isShown);
    isShown = true;
  };
}

/** `crypto.randomUUID` is missing in pages that came over plain HTTP. */
function uniqueId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
