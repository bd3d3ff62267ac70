import type { tf } from '../../backends/tf.js';
import { layersOf, walk } from './graph.js';
import { inputShapes, outputShapes, type InputShapeOptions } from './shapes.js';

/** A network, or one of its blocks, as the paper draws it: boxes, arrows, and rows of boxes. */
export interface Diagram {
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}

export interface DiagramNode {
  /** The layer's name; of what enters a block from outside, `'input'`. */
  readonly id: string;
  /** As the paper writes it: `'3×3 Conv (96 stride 2 V)'`, `'Filter concat'`. */
  readonly label: string;
  /** The row, counted from the input: one more than that of the last box before it. */
  readonly rank: number;
  /** Without the batch. */
  readonly outputShape: readonly (number | null)[];
}

export interface DiagramEdge {
  readonly from: string;
  readonly to: string;
}

/**
 * What is to be drawn of a model or of one block.
 *
 * A convolution and the batch normalization and ReLU that belong to it are one box, as in the
 * paper's figures.
 *
 * @param block the name that the block's layers begin with: `'inceptionA1'`; in a model within the
 *   model, `'outer/inceptionA1'`; without it, the whole model
 * @throws Error that lists the blocks, if no layer's name begins so.
 */
export function diagram(
  model: tf.LayersModel,
  block?: string,
  { inputShape }: InputShapeOptions = {},
): Diagram {
  const named = layersOf(model);
  const members = named.filter(({ name }) => block === undefined || isWithin(name, block));
  if (members.length === 0) {
    const blocks = [...new Set(named.map((layer) => layer.block))].join(', ');
    throw new Error(
      `The model "${model.name}" has no block "${block ?? ''}". Its blocks are: ${blocks}.`,
    );
  }
  const nameOf = new Map(members.map(({ name, layer }) => [layer, name]));
  const nodes = new Map<string, DiagramNode>();
  const edges = new Map<string, DiagramEdge>();
  const draw = (layer: tf.layers.Layer, given: readonly Drawn[], shape: tf.Shape): Drawn => {
    const name = nameOf.get(layer);
    if (name === undefined) return { box: undefined, shape };
    const id = boxOf(name);
    const sources = given.map(({ box, shape }) => box ?? addInput(nodes, shape));
    for (const from of sources.filter((source) => source !== id)) {
      edges.set(`${from} ${id}`, { from, to: id });
    }
    const ranks = sources.map(
      (source) => (nodes.get(source)?.rank ?? -1) + (source === id ? 0 : 1),
    );
    const rank = Math.max(0, nodes.get(id)?.rank ?? 0, ...ranks);
    const label = nodes.get(id)?.label ?? labelOf(layer);
    nodes.set(id, { id, label, rank, outputShape: shape.slice(1) });
    return { box: id, shape };
  };
  const shapes = inputShapes(model, inputShape);
  const starts = model.inputs.map(({ sourceLayer, shape }, i) =>
    draw(sourceLayer, [], shapes[i] ?? shape),
  );
  walk<Drawn>(model, starts, (layer, given) =>
    outputShapes(
      layer,
      given.map(({ shape }) => shape),
    ).map((shape) => draw(layer, given, shape)),
  );
  const order = new Map([...members].reverse().map(({ name }, i) => [boxOf(name), -i]));
  const place = (id: string) => order.get(id) ?? -Infinity;
  return {
    nodes: [...nodes.values()].sort((a, b) => place(a.id) - place(b.id)),
    edges: [...edges.values()].sort((a, b) => place(a.to) - place(b.to)),
  };
}

/** A tensor: the box that it comes out of, if that is drawn. */
interface Drawn {
  readonly box: string | undefined;
  readonly shape: tf.Shape;
}

function isWithin(name: string, block: string): boolean {
  return name === block || name.startsWith(`${block}/`);
}

/** The box that a layer is drawn in: its own, or that of the convolution it belongs to. */
function boxOf(name: string): string {
  return name.replace(/(\/conv\d+)\/(batchNorm|relu)$/, '$1');
}

function addInput(nodes: Map<string, DiagramNode>, shape: tf.Shape): string {
  const id = 'input';
  nodes.set(id, { id, label: 'Input', rank: 0, outputShape: shape.slice(1) });
  return id;
}

function labelOf(layer: tf.layers.Layer): string {
  const type = layer.getClassName();
  switch (type) {
    case 'Conv2D':
      return `${windowOf(layer)} ${layer.name.endsWith('/linear') ? 'Linear' : 'Conv'} ${detailsOf(layer)}`;
    case 'MaxPooling2D':
      return `${windowOf(layer)} MaxPool ${detailsOf(layer)}`.trimEnd();
    case 'ScaledAdd':
      return `+ (× ${(layer.getConfig() as { scale: number }).scale})`;
    default:
      return labels.get(type) ?? type;
  }
}

/** The paper's words for layers that have nothing to say but what they are. */
const labels = new Map([
  ['AveragePooling2D', 'Avg Pooling'],
  ['GlobalAveragePooling2D', 'Avg Pooling'],
  ['Concatenate', 'Filter concat'],
  ['ReLU', 'Relu activation'],
  ['InputLayer', 'Input'],
]);

interface SlidingConfig {
  readonly filters?: number;
  readonly kernelSize?: number[];
  readonly poolSize?: number[];
  readonly strides: number[];
  readonly padding: string;
}

/** `'1×7'` */
function windowOf(layer: tf.layers.Layer): string {
  const { kernelSize, poolSize } = layer.getConfig() as unknown as SlidingConfig;
  return (kernelSize ?? poolSize ?? []).join('×');
}

/** `'(384 stride 2 V)'`: filters, a stride that is not 1, and V where there is no padding. */
function detailsOf(layer: tf.layers.Layer): string {
  const { filters, strides, padding } = layer.getConfig() as unknown as SlidingConfig;
  const stride = Math.max(...strides);
  const words = [
    filters,
    stride > 1 ? `stride ${stride}` : undefined,
    padding === 'valid' && windowOf(layer) !== '1×1' ? 'V' : undefined,
  ].filter((word) => word !== undefined);
  return words.length > 0 ? `(${words.join(' ')})` : '';
}
