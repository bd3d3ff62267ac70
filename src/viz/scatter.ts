import { needNumbers, needSome } from './given.js';
import { bySeries } from './series.js';
import { numberFormat, specification, type Specification } from './specification.js';

export interface ScatterPoint {
  readonly x: number;
  readonly y: number;
  /** A colour and a shape each: the class. */
  readonly group?: string;
  /** What is shown on hovering. */
  readonly label?: string;
  /** From where to where a bar goes through the point: an interval, or the least and the greatest. */
  readonly xRange?: Range;
  readonly yRange?: Range;
}

type Range = readonly [low: number, high: number];

export interface ScatterOptions {
  readonly title?: string;
  /** Default: `'first component'` */
  readonly xTitle?: string;
  /** Default: `'second component'` */
  readonly yTitle?: string;
  /** For values over several powers of ten. Default: `false` */
  readonly xLogarithmic?: boolean;
}

/**
 * Points in the plane, such as embeddings along their first two principal components, or errors
 * against what they cost, with bars for what is not known better.
 *
 * @throws Error if there is no point, if a coordinate is no finite number, or if what is on a
 *   logarithmic axis is not above 0.
 */
export function scatter(
  points: readonly ScatterPoint[],
  {
    title = 'Embeddings',
    xTitle = 'first component',
    yTitle = 'second component',
    xLogarithmic = false,
  }: ScatterOptions = {},
): Specification {
  needSome(points, 'points');
  for (const [i, point] of points.entries()) needPoint(point, `point ${i}`, xLogarithmic);
  const values = points.map(({ x, y, group = '', label = '', xRange, yRange }) => ({
    ...{ x, y, group, label },
    ...(xRange && { xLow: xRange[0], xHigh: xRange[1] }),
    ...(yRange && { yLow: yRange[0], yHigh: yRange[1] }),
  }));
  const groups = [...new Set(values.map(({ group }) => group))];
  const isLabelled = values.some(({ label }) => label !== '');
  const axis = (field: 'x' | 'y', text: string, logarithmic = false) => ({
    ...{ field, type: 'quantitative', title: text },
    scale: logarithmic ? { type: 'log' } : { zero: false },
    axis: {
      tickCount: 5,
      format: logarithmic ? '~s' : numberFormat(values.map((value) => value[field])),
    },
  });
  const position = { x: axis('x', xTitle, xLogarithmic), y: axis('y', yTitle) };
  const colours = bySeries('group', groups);
  const bar = (from: object, to: object) => ({
    mark: { type: 'rule', strokeWidth: 1.5 },
    encoding: { ...position, ...from, ...to, color: colours.color },
  });
  const isGrouped = groups.join('') !== '';
  const of = isGrouped ? ` of ${groups.length} groups (${groups.join(', ')})` : '';
  return specification({
    description: `${title}: ${points.length} points${of}, ${yTitle} against ${xTitle}.`,
    title,
    width: 420,
    height: 340,
    data: { values },
    layer: [
      ...(points.some(({ xRange }) => xRange)
        ? [bar({ x: { ...position.x, field: 'xLow' } }, { x2: { field: 'xHigh' } })]
        : []),
      ...(points.some(({ yRange }) => yRange)
        ? [bar({ y: { ...position.y, field: 'yLow' } }, { y2: { field: 'yHigh' } })]
        : []),
      {
        mark: { type: 'point', size: 70, filled: true, opacity: 0.85 },
        encoding: {
          ...position,
          ...colours,
          tooltip: [
            ...(isGrouped ? [{ field: 'group', type: 'nominal', title: 'of' }] : []),
            ...(isLabelled ? [{ field: 'label', type: 'nominal' }] : []),
            { field: 'x', type: 'quantitative', title: xTitle, format: ',.3~g' },
            { field: 'y', type: 'quantitative', title: yTitle, format: ',.3~g' },
          ],
        },
      },
    ],
  });
}

function needPoint(
  { x, y, xRange: [xLow, xHigh] = [x, x], yRange: [yLow, yHigh] = [y, y] }: ScatterPoint,
  where: string,
  xLogarithmic: boolean,
): void {
  needNumbers({ x, y, xLow, xHigh, yLow, yHigh }, where);
  if (!xLogarithmic || Math.min(x, xLow) > 0) return;
  throw new Error(
    `A logarithmic axis has no place for values that are not above 0, but x of ${where} is ${x}` +
      `${xLow < x ? `, from ${xLow}` : ''}.`,
  );
}
