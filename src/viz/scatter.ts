import { needNumbers, needSome } from './given.js';
import { bySeries } from './series.js';
import { specification, type Specification } from './specification.js';

export interface ScatterPoint {
  readonly x: number;
  readonly y: number;
  /** A colour and a shape each: the class. */
  readonly group?: string;
  /** What is shown on hovering. */
  readonly label?: string;
}

export interface ScatterOptions {
  readonly title?: string;
  /** Default: `'first component'` */
  readonly xTitle?: string;
  /** Default: `'second component'` */
  readonly yTitle?: string;
}

/**
 * Points in the plane, such as embeddings along their first two principal components.
 *
 * @throws Error if there is no point, or if a coordinate is no finite number.
 */
export function scatter(
  points: readonly ScatterPoint[],
  {
    title = 'Embeddings',
    xTitle = 'first component',
    yTitle = 'second component',
  }: ScatterOptions = {},
): Specification {
  needSome(points, 'points');
  for (const [i, { x, y }] of points.entries()) needNumbers({ x, y }, `point ${i}`);
  const values = points.map(({ x, y, group = '', label = '' }) => ({ x, y, group, label }));
  const groups = [...new Set(values.map(({ group }) => group))];
  const isLabelled = values.some(({ label }) => label !== '');
  const axis = (field: string, text: string) => ({
    field,
    type: 'quantitative',
    title: text,
    scale: { zero: false },
    axis: { tickCount: 5 },
  });
  const isGrouped = groups.join('') !== '';
  const of = isGrouped ? ` of ${groups.length} groups (${groups.join(', ')})` : '';
  return specification({
    description: `${title}: ${points.length} points${of}, ${yTitle} against ${xTitle}.`,
    title,
    width: 420,
    height: 340,
    data: { values },
    mark: { type: 'point', size: 70, filled: true, opacity: 0.85 },
    encoding: {
      x: axis('x', xTitle),
      y: axis('y', yTitle),
      ...bySeries('group', groups),
      tooltip: [
        ...(isGrouped ? [{ field: 'group', type: 'nominal', title: 'of' }] : []),
        ...(isLabelled ? [{ field: 'label', type: 'nominal' }] : []),
        { field: 'x', type: 'quantitative', title: xTitle, format: ',.3~g' },
        { field: 'y', type: 'quantitative', title: yTitle, format: ',.3~g' },
      ],
    },
  });
}
