import type { Specification } from '../../viz/index.js';
import { mimeBundle } from '../display/mime-bundle.js';
import { notebookDisplay } from './notebook-display.js';

/**
 * Shows a plot below the notebook's cell.
 *
 * The front end gets it three times and takes what it knows: the specification, which JupyterLab,
 * VS Code and our pages draw; an SVG, which nbconvert and GitHub show; one line of text. Outside a
 * notebook the line of text is printed.
 *
 * @throws Error if the specification is no valid Vega-Lite.
 */
export function show(plot: Specification): void {
  const display = notebookDisplay();
  if (display) display({ data: mimeBundle(plot), metadata: {}, transient: {} });
  else console.log(`${plot.description} (A plot: show() draws it in a notebook.)`);
}
