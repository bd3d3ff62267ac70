import type { MimeBundle } from '../notebook/notebook.js';
import type { Specification } from '../viz/index.js';
import { renderSvg } from './render-svg.js';

/**
 * A plot in every format that a front end may want.
 *
 * @throws Error if the specification is no valid Vega-Lite.
 */
export function mimeBundle(plot: Specification): MimeBundle {
  // A specification that was not made here may lack it.
  const { description = 'A plot.' } = plot as Partial<Specification>;
  return {
    'application/vnd.vegalite.v5+json': plot,
    'image/svg+xml': renderSvg(plot),
    'text/plain': description,
  };
}
