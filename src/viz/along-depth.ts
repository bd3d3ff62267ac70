import { needDifferent, needNumbers, needSome } from './given.js';
import { bySeries } from './series.js';
import { numberAxis, specification, type Specification } from './specification.js';

/** A quantity at one layer. */
export interface LayerValue {
  readonly name: string;
  readonly value: number;
  /** A line and a colour each: what is compared, layer by layer. */
  readonly series?: string;
}

export interface AlongDepthOptions {
  readonly title?: string;
  /** What the values are, with units: `'activations an image'`. */
  readonly quantity: string;
  /** Powers of ten in place of equal steps; a zero is then written at the foot. Default: `false` */
  readonly logarithmic?: boolean;
}

/** The shape of what comes out of one layer. */
export interface LayerShape {
  readonly name: string;
  /** Pixels. */
  readonly height: number;
  /** Pixels. */
  readonly width: number;
  readonly channels: number;
}

export interface ShapesAlongDepthOptions {
  readonly title?: string;
}

/** So many layers are named on the axis; of more, every second, third, … is. */
const mostNames = 30;

/**
 * A quantity from a network's input to its output, a point a layer: activations, memory, the norm
 * of the gradient with and without shortcuts. Layers stand in the order given.
 *
 * @throws Error if there is no layer, if a value is no finite number, if it is below zero on a
 *   logarithmic axis, or if a series has two layers of one name.
 */
export function alongDepth(
  layers: readonly LayerValue[],
  { title = 'Along the depth', quantity, logarithmic = false }: AlongDepthOptions,
): Specification {
  needSome(layers, 'layers');
  for (const { name, value } of layers) {
    needNumbers({ [quantity]: value }, `the layer "${name}"`);
    if (logarithmic && value < 0) throw belowZero(name, value);
  }
  const values = layers.map(({ name, value, series = '' }) => ({ layer: name, series, value }));
  const series = [...new Set(values.map((row) => row.series))];
  for (const one of series) {
    const own = values.filter((row) => row.series === one);
    needDifferent(
      own.map(({ layer }) => layer),
      'layers',
    );
  }
  const names = [...new Set(values.map(({ layer }) => layer))];
  const compared = series.join('') === '' ? '' : ` of ${series.join(', ')}`;
  const zeros = values.filter(({ value }) => logarithmic && value === 0).length;
  return specification({
    description: `${title}: ${quantity}${compared} at ${names.length} layers, from the input to the output.`,
    title: zeros === 0 ? title : { text: title, subtitle: zerosAtTheFoot(zeros) },
    ...panel(values, { names, series, quantity, logarithmic, height: 240, hasNames: true }),
  });
}

/**
 * What becomes of an image on its way through a network: above the side of the feature maps, below
 * the number of their channels. Where maps are not square, height and width have a line each.
 *
 * @throws Error if there is no layer, if a size is no finite number, or if two layers have one name.
 */
export function shapesAlongDepth(
  layers: readonly LayerShape[],
  { title = 'Shapes along the depth' }: ShapesAlongDepthOptions = {},
): Specification {
  needSome(layers, 'layers');
  for (const { name, ...sizes } of layers) needNumbers({ ...sizes }, `the layer "${name}"`);
  const names = layers.map(({ name }) => name);
  needDifferent(names, 'layers');
  const areSquare = layers.every(({ height, width }) => height === width);
  const rows = (series: string, of: (layer: LayerShape) => number) =>
    layers.map((layer) => ({ layer: layer.name, series, value: of(layer) }));
  const sides = areSquare
    ? rows('', ({ height }) => height)
    : [...rows('height', ({ height }) => height), ...rows('width', ({ width }) => width)];
  const shared = { names, logarithmic: false, height: 140 };
  return specification({
    description: `${title}: side and channels of the feature maps of ${names.length} layers, from the input to the output.`,
    title,
    spacing: 14,
    vconcat: [
      panel(sides, {
        ...shared,
        series: areSquare ? [''] : ['height', 'width'],
        quantity: 'side (pixels)',
        hasNames: false,
      }),
      panel(
        rows('', ({ channels }) => channels),
        { ...shared, series: [''], quantity: 'channels', hasNames: true },
      ),
    ],
    resolve: { scale: { color: 'independent', shape: 'independent' } },
  });
}

interface Row {
  readonly layer: string;
  readonly series: string;
  readonly value: number;
}

interface Panel {
  readonly names: readonly string[];
  readonly series: readonly string[];
  readonly quantity: string;
  readonly logarithmic: boolean;
  readonly height: number;
  /** Whether the layers' names stand below. */
  readonly hasNames: boolean;
}

function panel(
  values: readonly Row[],
  { names, series, quantity, logarithmic, height, hasNames }: Panel,
): Record<string, unknown> {
  const nth = Math.ceil(names.length / mostNames);
  const x = {
    field: 'layer',
    type: 'ordinal',
    scale: { domain: names },
    title: hasNames
      ? `layer, from input to output${nth > 1 ? `; one in ${nth} is named` : ''}`
      : null,
    axis: {
      labels: hasNames,
      ticks: hasNames,
      values: names.filter((_, i) => i % nth === 0),
      labelAngle: -45,
      labelLimit: 280,
      labelOverlap: false,
      grid: false,
    },
  };
  const numbers = values.map(({ value }) => value);
  const y = {
    field: 'value',
    type: 'quantitative',
    title: quantity,
    // One extent, so that panels above each other begin at one place.
    axis: { ...numberAxis(numbers, logarithmic), minExtent: 34 },
    ...(logarithmic && {
      scale: { type: 'log', ...(Math.max(...numbers) === 0 && { domain: [1, 10] }) },
    }),
  };
  const tooltip = [
    ...(series.join('') === '' ? [] : [{ field: 'series', type: 'nominal', title: 'of' }]),
    { field: 'layer', type: 'nominal' },
    { field: 'value', type: 'quantitative', title: quantity, format: ',.6~g' },
  ];
  const encoding = { x, ...bySeries('series', series), tooltip };
  // A zero has no place on a logarithmic axis: the line breaks there.
  const placed = values.map((row) =>
    logarithmic && row.value === 0 ? { ...row, value: null } : row,
  );
  const zeros = values.filter((row) => logarithmic && row.value === 0);
  const line = {
    data: { values: placed },
    mark: { type: 'line', strokeJoin: 'round', point: { size: 36 } },
    encoding: { ...encoding, y },
  };
  const zero = {
    data: { values: zeros },
    mark: { type: 'text', text: '0', fontSize: 12, fontWeight: 'bold', baseline: 'bottom', dy: -2 },
    encoding: { x, color: encoding.color, y: { value: 'height' }, tooltip },
  };
  return {
    width: Math.min(660, Math.max(200, 22 * names.length)),
    height,
    ...(zeros.length > 0 ? { layer: [line, zero] } : line),
  };
}

function belowZero(name: string, value: number): Error {
  return new Error(
    `A logarithmic axis has no place for ${value}, the value of the layer "${name}". ` +
      'Leave out logarithmic, or give values of at least 0.',
  );
}

function zerosAtTheFoot(count: number): string {
  return count === 1
    ? 'One value is 0, which has no place on this axis; it stands at its foot'
    : `${count} values are 0, which has no place on this axis; they stand at its foot`;
}
