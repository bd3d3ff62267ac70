import type { Specification } from '../../viz/index.js';
import { inPlace } from './in-place.js';
import { mimeBundle } from '../display/mime-bundle.js';

/** Milliseconds between two drawings, at least. */
const pause = 500;

/** Of the time, as one part in so many, drawing may take. */
const share = 10;

/** Draws a plot in the place of the one before, unless that was just now. */
export type DrawPlot = (plot: () => Specification, isLast?: boolean) => void;

/**
 * A plot that grows below a notebook's cell while it runs. It is asked for when it is to be drawn:
 * twice a second at most, and so that drawing takes a tenth of the time; the last one always.
 *
 *     const draw = livePlot();
 *     for (let step = 1; step <= steps; step++) {
 *       points.push({ series: 'loss', x: step, y: await trainStep() });
 *       draw(() => viz.lines(points), step === steps);
 *     }
 *
 * Outside a notebook nothing is drawn.
 */
export function livePlot(): DrawPlot {
  const replace = inPlace();
  let next = 0;
  return (plot, isLast = false) => {
    const begun = performance.now();
    if (!replace || (!isLast && begun < next)) return;
    replace(mimeBundle(plot()));
    const drawn = performance.now();
    next = drawn + Math.max(pause, (share - 1) * (drawn - begun));
  };
}
