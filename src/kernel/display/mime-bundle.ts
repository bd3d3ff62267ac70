import { vegaAtOnce } from '#platform';
import type { MimeBundle } from '../../notebook/notebook.js';
import type { Specification } from '../../viz/index.js';
import { drawSvg } from './draw-svg.js';

/**
 * A plot in every format that a front end may want; in a browser without the SVG, since it can draw.
 *
 * @throws Error if the specification is no valid Vega-Lite.
 */
export function mimeBundle(plot: Specification): MimeBundle {
  // A specification that was not made here may lack it.
  const vega = vegaAtOnce();
  const { description = 'A plot.' } = plot as Partial<Specification>;
  return {
    'application/vnd.vegalite.v5+json': plot,
    ...(vega && { 'image/svg+xml': drawSvg(plot, vega) }),
    'text/plain': description,
  };
}
