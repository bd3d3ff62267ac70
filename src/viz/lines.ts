import { needNumbers, needSome } from './given.js';
import { bySeries } from './series.js';
import { numberAxis, specification, type Specification } from './specification.js';

export interface LinePoint {
  /** A line and a colour each. */
  readonly series: string;
  readonly x: number;
  readonly y: number;
}

export interface LinesOptions {
  readonly title?: string;
  /** What is on the axes, with units. */
  readonly xTitle: string;
  readonly yTitle: string;
  /** Powers of ten in place of equal steps. Default: `false` */
  readonly logarithmic?: boolean;
}

/**
 * A quantity against another, at whole numbers: a line for each series.
 *
 * @throws Error if there is no point, if a coordinate is no finite number, or if it is not above
 *   zero on a logarithmic axis.
 */
export function lines(
  points: readonly LinePoint[],
  { title = 'Lines', xTitle, yTitle, logarithmic = false }: LinesOptions,
): Specification {
  needSome(points, 'points');
  for (const { series, x, y } of points) {
    needNumbers({ x, y }, `a point of "${series}"`);
    if (logarithmic && y <= 0) {
      throw new Error(
        `A logarithmic axis has no place for ${y}, a value of "${series}". ` +
          'Leave out logarithmic, or give values above 0.',
      );
    }
  }
  const names = [...new Set(points.map(({ series }) => series))];
  const xs = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b);
  return specification({
    description: `${title}: ${yTitle} of ${names.join(', ')} against ${xTitle}.`,
    title,
    width: 420,
    height: 260,
    data: { values: points.map(({ series, x, y }) => ({ series, x, y })) },
    mark: { type: 'line', point: true },
    encoding: {
      x: {
        field: 'x',
        type: 'quantitative',
        title: xTitle,
        axis: { values: xs, format: 'd', grid: false, labelFlush: false },
        scale: { zero: false },
      },
      y: {
        field: 'y',
        type: 'quantitative',
        title: yTitle,
        axis: numberAxis(
          points.map((point) => point.y),
          logarithmic,
        ),
        ...(logarithmic && { scale: { type: 'log' } }),
      },
      ...bySeries('series', names),
      tooltip: [
        { field: 'series', type: 'nominal', title: 'of' },
        { field: 'x', type: 'quantitative', title: xTitle },
        { field: 'y', type: 'quantitative', title: yTitle, format: ',' },
      ],
    },
  });
}
