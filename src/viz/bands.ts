import { needNumbers, needSome } from './given.js';
import { bySeries } from './series.js';
import { numberAxis, numberFormat, specification, type Specification } from './specification.js';

/** What one run gives at one place. */
export interface BandPoint {
  /** A line, a band and a colour each. */
  readonly series: string;
  readonly x: number;
  readonly y: number;
}

/** A plot of several, side by side. */
export interface BandPanel {
  readonly points: readonly BandPoint[];
  /** What is on the axes, with units. */
  readonly xTitle: string;
  readonly yTitle: string;
  /** Whether `y` is a fraction, to be written in percent. Default: `false` */
  readonly percent?: boolean;
  /** Powers of ten in place of equal steps, upwards. Default: `false` */
  readonly logarithmic?: boolean;
}

export interface BandsOptions {
  readonly title?: string;
  /** The series in the order of the legend. Default: as they come. */
  readonly series?: readonly string[];
}

/** So many places are named one by one. */
const mostPlaces = 12;

/**
 * Quantities against others, panel by panel: a line for the mean over the runs of a series, a band
 * for their range. All panels share one legend.
 *
 * @throws Error if there is no panel or no point, or if a coordinate is no finite number.
 */
export function bands(
  panels: readonly BandPanel[],
  { title = 'Bands', series }: BandsOptions = {},
): Specification {
  needSome(panels, 'panels');
  for (const { points } of panels) {
    needSome(points, 'points');
    for (const { series: name, x, y } of points) needNumbers({ x, y }, `a point of "${name}"`);
  }
  const names = series ?? [
    ...new Set(panels.flatMap(({ points }) => points.map((point) => point.series))),
  ];
  const quantities = panels.map(({ xTitle, yTitle }) => `${yTitle} against ${xTitle}`).join('; ');
  return specification({
    description: `${title}: ${quantities}.${lines(names)}`,
    title,
    concat: panels.map((panel) => panelOf(panel, names, panels.length)),
    columns: 3,
    spacing: 24,
  });
}

function lines(names: readonly string[]): string {
  const told = names.filter((name) => name !== '');
  return told.length === 0 ? '' : ` Lines: ${told.join(', ')}.`;
}

function panelOf(panel: BandPanel, names: readonly string[], panels: number): object {
  const { points, xTitle, yTitle, percent = false, logarithmic = false } = panel;
  const heights = points.map((point) => point.y);
  const x = {
    field: 'x',
    type: 'quantitative',
    title: xTitle,
    axis: { ...placesOf(points.map((point) => point.x)), grid: false },
  };
  const y = (aggregate: string) => ({
    aggregate,
    field: 'y',
    type: 'quantitative',
    title: yTitle,
    axis: percent ? { format: percentFormat(heights) } : numberAxis(heights, logarithmic),
    scale: logarithmic ? { type: 'log', nice: false } : { zero: false },
  });
  const { color, shape } = bySeries('series', names);
  return {
    width: panels > 1 ? 260 : 420,
    height: 240,
    data: { values: points.map(({ series, x, y }) => ({ series, x, y })) },
    layer: [
      {
        mark: { type: 'area', opacity: 0.2 },
        encoding: { x, y: y('min'), y2: { aggregate: 'max', field: 'y' }, color },
      },
      {
        mark: { type: 'line', point: true },
        encoding: {
          x,
          y: y('mean'),
          color,
          shape,
          tooltip: [
            { field: 'series', type: 'nominal', title: 'of' },
            { field: 'x', type: 'quantitative', title: xTitle },
            { aggregate: 'mean', field: 'y', format: '.4f', title: yTitle },
          ],
        },
      },
    ],
  };
}

/** Few whole numbers, as epochs are, are named one by one. */
function placesOf(numbers: readonly number[]): object {
  const values = [...new Set(numbers)].sort((a, b) => a - b);
  if (values.length <= mostPlaces && values.every(Number.isInteger)) return { format: 'd', values };
  return { format: numberFormat(numbers), tickCount: 6 };
}

/** Whole percents, or tenths where whole ones would stand at several places of the axis. */
function percentFormat(fractions: readonly number[]): string {
  return Math.max(...fractions) - Math.min(...fractions) < 0.05 ? '.1%' : '.0%';
}
