import { binned, binWidth, extentOf } from './bins.js';
import { okabeIto } from './colours.js';
import { needDifferent, needSome, needValues } from './given.js';
import { numberFormat, specification, type Specification } from './specification.js';

/** All that comes out of one layer, in any order: `tensor.dataSync()`. */
export interface LayerValues {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

export interface ActivationHistogramsOptions {
  readonly title?: string;
  /** What the values are. Default: `'activation'` */
  readonly quantity?: string;
  /** At most about so many bars a layer. Default: 30 */
  readonly bins?: number;
  /** Default: 3 */
  readonly columns?: number;
}

const size = { width: 170, height: 90 };

/**
 * How the values of each layer are spread: a small histogram a layer, on axes of its own.
 *
 * What is exactly zero, which is what a ReLU gives for all that is negative, would tower over the
 * rest: it is left out of the bars, and its share of all values stands beside the layer's name.
 *
 * @throws Error if there is no layer, if one has no values, if two have one name, if a value is no
 *   finite number, or if `bins` or `columns` is no whole number above 0.
 */
export function activationHistograms(
  layers: readonly LayerValues[],
  {
    title = 'Activations',
    quantity = 'activation',
    bins = 30,
    columns = 3,
  }: ActivationHistogramsOptions = {},
): Specification {
  needSome(layers, 'layers');
  needWhole({ bins, columns });
  for (const { name, values } of layers) needValues(values, `the layer "${name}"`);
  needDifferent(
    layers.map(({ name }) => name),
    'layers',
  );
  return specification({
    description: `${title}: a histogram of each of ${layers.length} layers (${layers.map(({ name }) => name).join(', ')}), zeros left out.`,
    title: {
      text: title,
      subtitle: [
        'Zeros are counted above the bars and left out of them: a bar is a share of the rest;',
        'each layer has its own axes',
      ],
    },
    columns,
    // By the panels' own edges, so that they stand in rows whatever is written beside them.
    bounds: 'flush',
    spacing: { row: 88, column: 78 },
    concat: layers.map((layer) => histogram(layer, quantity, bins)),
  });
}

function histogram(
  { name, values }: LayerValues,
  quantity: string,
  most: number,
): Record<string, unknown> {
  const rest = Array.from(values).filter((value) => value !== 0);
  const zeros = values.length - rest.length;
  const range = extentOf(rest);
  const { from, width, counts } =
    rest.length > 0
      ? binned(rest, range, binWidth(range, most))
      : { from: 0, width: 1, counts: [] };
  const bars = counts
    .map((count, i) => ({
      from: from + i * width,
      to: from + (i + 1) * width,
      share: count / rest.length,
      count,
    }))
    .filter(({ count }) => count > 0);
  const heading = {
    text: [name, `${percent(zeros, values.length)} zeros`],
    fontSize: 11,
    offset: 6,
    frame: 'group',
    limit: size.width + 70,
  };
  if (bars.length === 0) {
    return {
      ...size,
      title: heading,
      data: { values: [{}] },
      mark: { type: 'text', text: 'nothing but zeros', fontSize: 11 },
    };
  }
  return {
    ...size,
    title: heading,
    data: { values: bars },
    mark: { type: 'bar', color: okabeIto.blue, binSpacing: 0.5, minBandSize: 1 },
    encoding: {
      x: {
        field: 'from',
        type: 'quantitative',
        bin: 'binned',
        title: quantity,
        scale: { zero: false },
        axis: { format: numberFormat(range), grid: false, tickCount: 4 },
      },
      x2: { field: 'to' },
      y: {
        field: 'share',
        type: 'quantitative',
        title: 'share',
        axis: { format: '~%', tickCount: 3 },
      },
      tooltip: [
        { field: 'from', type: 'quantitative', format: '.4~g' },
        { field: 'to', type: 'quantitative', format: '.4~g' },
        { field: 'count', type: 'quantitative', title: 'values', format: ',' },
        { field: 'share', type: 'quantitative', title: 'share of the rest', format: '.2~%' },
      ],
    },
  };
}

/** Whole percents, but neither none where there are some, nor all where some are missing. */
function percent(part: number, whole: number): string {
  const percents = (100 * part) / whole;
  if (percents > 0 && percents < 0.5) return '< 1 %';
  if (percents < 100 && percents >= 99.5) return '> 99 %';
  return `${Math.round(percents)} %`;
}

function needWhole(numbers: Readonly<Record<string, number>>): void {
  for (const [name, number] of Object.entries(numbers)) {
    if (Number.isInteger(number) && number > 0) continue;
    throw new Error(`${name} is ${number}. Give a whole number of at least 1.`);
  }
}
