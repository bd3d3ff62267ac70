import { vegaAtOnce } from '#platform';
import type { Specification } from '../../viz/index.js';
import { drawSvg } from './draw-svg.js';

/**
 * Draws a Vega-Lite v5 specification without a browser, and without waiting: a cell that forgets
 * an `await` must not lose its plot.
 *
 * @throws Error if the specification is no valid Vega-Lite.
 */
export function renderSvg(plot: Specification): string {
  const vega = vegaAtOnce();
  if (!vega) throw new Error('Vega cannot be loaded synchronously here.');
  return drawSvg(plot, vega);
}
