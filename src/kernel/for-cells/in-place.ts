import type { MimeBundle } from '../../notebook/notebook.js';
import { newId } from '../message.js';
import { notebookDisplay } from './notebook-display.js';

/**
 * What shows one thing below a notebook's cell, each time in the place of the one before; `undefined`
 * outside of a notebook.
 */
export function inPlace(): ((data: MimeBundle) => void) | undefined {
  const display = notebookDisplay();
  if (!display) return undefined;
  const transient = { display_id: newId() };
  let isShown = false;
  return (data) => {
    display({ data, metadata: {}, transient }, isShown);
    isShown = true;
  };
}
