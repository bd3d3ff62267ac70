import type { Vega } from '../../platform/platform.js';
import type { Specification } from '../../viz/index.js';
import { drawSvg } from './draw-svg.js';

/**
 * Draws a Vega-Lite v5 specification as SVG; Vega is loaded with the first one.
 *
 * @throws Error if the specification is no valid Vega-Lite.
 */
export async function renderSvg(plot: Specification): Promise<string> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  return drawSvg(plot, { ...(vega as unknown as Vega), compile });
}
