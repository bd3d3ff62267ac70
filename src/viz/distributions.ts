import { binned, binWidth, extentOf } from './bins.js';
import { needDifferent, needSome, needValues } from './given.js';
import { coloursOf } from './series.js';
import { numberFormat, specification, type Specification } from './specification.js';

/** Values whose distribution is compared with that of others. */
export interface Group {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

export interface DistributionsOptions {
  readonly title?: string;
  /** What the values are, with units. */
  readonly xTitle: string;
  /** At most about so many bins over all groups. Default: 60 */
  readonly bins?: number;
}

/** Pixels. */
const size = { width: 420, height: 190, row: 22 };

/**
 * How the values of a few groups are spread, over one axis: an outline a group, which says what
 * share of the group's values lies in each bin, and below it the group's mean, with a bar of one
 * standard deviation to either side.
 *
 * @throws Error if there is no group, if one has no values, if two have one name, or if a value is
 *   no finite number.
 */
export function distributions(
  groups: readonly Group[],
  { title = 'Distributions', xTitle, bins = 60 }: DistributionsOptions,
): Specification {
  needSome(groups, 'groups');
  for (const { name, values } of groups) needValues(values, `the group "${name}"`);
  const names = groups.map(({ name }) => name);
  needDifferent(names, 'groups');
  const range = extentOf(groups.flatMap(({ values }) => extentOf(values)));
  const width = binWidth(range, bins);
  const moments = groups.map(momentsOf);
  const [first, last] = extentOf(moments.flatMap(({ from, to }) => [from, to]));
  const color = {
    field: 'group',
    type: 'nominal',
    scale: { domain: names, range: coloursOf(names) },
    legend: null,
  };
  const x = {
    field: 'x',
    type: 'quantitative',
    scale: {
      domain: [Math.min(first, range[0] - 2 * width), Math.max(last, range[1] + 2 * width)],
      nice: false,
    },
  };
  const format = numberFormat(range);
  return specification({
    description: `${title}: the distributions of ${xTitle} of ${names.join(', ')}, each with its mean and standard deviation.`,
    title: {
      text: title,
      subtitle: `Bins of ${short(width)}; below, mean ± one standard deviation`,
    },
    spacing: 6,
    vconcat: [
      {
        width: size.width,
        height: size.height,
        data: { values: groups.flatMap((group) => outline(group, range, width)) },
        mark: {
          type: 'area',
          interpolate: 'step-after',
          fillOpacity: 0.2,
          line: { interpolate: 'step-after', strokeWidth: 1.5 },
        },
        encoding: {
          x: { ...x, title: null, axis: { labels: false, ticks: false, grid: false } },
          y: {
            field: 'share',
            type: 'quantitative',
            title: 'share of the group',
            stack: null,
            axis: { format: '~%', tickCount: 5 },
          },
          color,
          tooltip: [{ field: 'group', type: 'nominal' }],
        },
      },
      {
        width: size.width,
        height: { step: size.row },
        data: { values: moments },
        encoding: {
          y: {
            field: 'group',
            type: 'nominal',
            sort: names,
            title: null,
            axis: { ticks: false, labelLimit: 160 },
          },
          color,
          tooltip: [
            { field: 'group', type: 'nominal' },
            { field: 'x', type: 'quantitative', title: 'mean', format: '.4~g' },
            {
              field: 'deviation',
              type: 'quantitative',
              title: 'standard deviation',
              format: '.4~g',
            },
            { field: 'count', type: 'quantitative', title: 'values', format: ',' },
          ],
        },
        layer: [
          {
            mark: { type: 'rule', strokeWidth: 3 },
            encoding: {
              x: { ...x, field: 'from', title: xTitle, axis: { format, grid: false } },
              x2: { field: 'to' },
            },
          },
          {
            mark: { type: 'point', filled: true, size: 90, opacity: 1 },
            encoding: { x },
          },
          {
            mark: { type: 'text', align: 'left', dx: 10, fontSize: 11 },
            encoding: {
              x: { value: 'width' },
              text: { field: 'label', type: 'nominal' },
              // The page's own colour: a pale one could not be read.
              color: null,
            },
          },
        ],
      },
    ],
    resolve: { scale: { x: 'shared' } },
  });
}

/** From the first bin's left edge to the last one's right edge, where the outline comes down. */
function outline(
  { name, values }: Group,
  range: readonly [number, number],
  width: number,
): { group: string; x: number; share: number }[] {
  const { from, counts } = binned(values, range, width);
  return [0, ...counts, 0].map((count, i) => ({
    group: name,
    x: from + (i - 1) * width,
    share: count / values.length,
  }));
}

interface Moments {
  readonly group: string;
  /** The mean. */
  readonly x: number;
  readonly deviation: number;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly label: string;
}

/** Mean and standard deviation of these values themselves, not of what they may be a sample of. */
function momentsOf({ name, values }: Group): Moments {
  const numbers = Array.from(values);
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length;
  const deviation = Math.sqrt(variance);
  return {
    group: name,
    x: mean,
    deviation,
    from: mean - deviation,
    to: mean + deviation,
    count: numbers.length,
    label: `${to(mean, deviation)} ± ${to(deviation, deviation)}`,
  };
}

/** As exactly as it is worth beside this deviation. */
function to(number: number, deviation: number): string {
  if (deviation === 0) return short(number);
  const digits = Math.min(20, Math.max(0, 1 - Math.floor(Math.log10(deviation))));
  const text = number.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

function short(number: number): string {
  return String(Number(number.toPrecision(3))).replace('-', '−');
}
