import { bySeries } from './series.js';
import { specification, type Specification } from './specification.js';

/** One value of one run. */
export interface LearningPoint {
  /** What is compared: a colour each. */
  readonly arm: string;
  readonly epoch: number;
  readonly value: number;
}

export interface LearningCurvesOptions {
  readonly title?: string;
  /** What the values, fractions, are. Default: `'top-1 error'` */
  readonly quantity?: string;
  /** The arms in the order of the legend. Default: as they come. */
  readonly arms?: readonly string[];
}

/** So many epochs are named one by one. */
const mostTicks = 12;

/** A quantity against epochs: a line for the mean over the runs of an arm, a band for their range. */
export function learningCurves(
  points: readonly LearningPoint[],
  { title = 'Learning curves', quantity = 'top-1 error', arms }: LearningCurvesOptions = {},
): Specification {
  const names = arms ?? [...new Set(points.map(({ arm }) => arm))];
  const last = Math.max(1, ...points.map(({ epoch }) => epoch));
  // Epochs are whole, few as they may be.
  const values = Array.from({ length: last }, (_, i) => i + 1);
  const axis = last > mostTicks ? { format: 'd' } : { format: 'd', values };
  const x = { field: 'epoch', type: 'quantitative', title: 'epoch', axis };
  const { color, shape } = bySeries('arm', names);
  const y = (aggregate: string) => ({
    aggregate,
    field: 'value',
    type: 'quantitative',
    title: quantity,
    axis: { format: '.0%' },
    scale: { zero: false },
  });
  return specification({
    description: `${title}: ${quantity} of ${names.join(', ')} against epochs.`,
    title,
    width: 420,
    height: 260,
    data: { values: points.map(({ arm, epoch, value }) => ({ arm, epoch, value })) },
    layer: [
      {
        mark: { type: 'area', opacity: 0.2 },
        encoding: { x, y: y('min'), y2: { aggregate: 'max', field: 'value' }, color },
      },
      {
        mark: { type: 'line', point: true },
        encoding: {
          x,
          y: y('mean'),
          color,
          shape,
          tooltip: [
            { field: 'arm', type: 'nominal', title: 'network' },
            { field: 'epoch', type: 'quantitative' },
            { aggregate: 'mean', field: 'value', format: '.4f', title: quantity },
          ],
        },
      },
    ],
  });
}
