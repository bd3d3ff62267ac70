import type { tf } from '../../backends/tf.js';
import { layersOf, type NamedLayer } from './graph.js';
import { multiplyAdds, numbersIn } from './multiply-adds.js';
import { inputShapes, usesOfLayers, type InputShapeOptions, type Use } from './shapes.js';

/** What a part of a network costs. */
export interface Cost {
  /** Numbers that training finds: weights, biases, batch norm's gamma and beta, frozen or not. */
  readonly parameters: number;
  /** Those of them that training changes: of frozen layers none. */
  readonly trainableParameters: number;
  /** All stored numbers: the parameters and batch norm's moving averages. */
  readonly totalParameters: number;
  /** Multiply-adds for one image, in convolutions and fully connected layers. */
  readonly multiplyAdds: number;
  /** Numbers that come out of the layers for one image. */
  readonly activations: number;
  /** What the activations take in memory, as float32. */
  readonly activationBytes: number;
}

export interface LayerSummary extends Cost {
  /** Within a model in the model, `'outer/inner'`. */
  readonly name: string;
  /** What its name has in common with others, before the first `/`; `'outer/block'` likewise. */
  readonly block: string;
  /** The class of the layer: `'Conv2D'`, `'BatchNormalization'`, … */
  readonly type: string;
  /** Without the batch: `[149, 149, 32]`; `null` stands for a size known only at run time. */
  readonly outputShape: readonly (number | null)[];
}

export interface BlockSummary extends Cost {
  /** What its layers' names have in common, as {@link LayerSummary.block}. */
  readonly name: string;
  /** Of the block's last layer. */
  readonly outputShape: readonly (number | null)[];
  /** How many layers it has. */
  readonly layers: number;
}

/** All layers of one class. */
export interface TypeSummary extends Cost {
  readonly type: string;
  /** How many there are. */
  readonly layers: number;
}

export interface ModelSummary extends Cost {
  readonly name: string;
  /** From the input to the output. */
  readonly layers: readonly LayerSummary[];
  readonly blocks: readonly BlockSummary[];
  /** In the order in which they first appear. */
  readonly types: readonly TypeSummary[];
}

const inputLayer = 'InputLayer';
const bytesPerNumber = 4;

/**
 * Counts parameters, multiply-adds and activations of any `tf.LayersModel`: by layer, by block and
 * by type of layer.
 *
 * A block is what layers' names have in common before the first `/` (`inceptionA1/branch1/conv1`);
 * a layer whose name has none is a block by itself. A layer that is used twice has its parameters
 * counted once and its multiply-adds twice. A model that is used as a layer is looked into: its name
 * comes before those of its layers.
 *
 * @throws Error if a convolution's output size is open (`null`), so that there is nothing to multiply
 *   with, or if the `inputShape` does not fit the model.
 */
export function summarize(
  model: tf.LayersModel,
  { inputShape }: InputShapeOptions = {},
): ModelSummary {
  const named = layersOf(model);
  const uses = usesOfLayers(model, inputShapes(model, inputShape));
  const layers = named.map((layer) => summarizeLayer(layer, uses.get(layer.layer) ?? []));
  return {
    name: model.name,
    ...totalCost(layers),
    layers,
    blocks: groupByBlock(layers),
    types: groupByType(layers),
  };
}

function summarizeLayer({ name, block, layer }: NamedLayer, uses: readonly Use[]): LayerSummary {
  const type = layer.getClassName();
  // The image itself is no activation.
  const activations = type === inputLayer ? 0 : sum(uses.map(({ output }) => numbersIn(output)));
  return {
    name,
    block,
    type,
    outputShape: uses[0]?.output.slice(1) ?? [],
    parameters: countNumbers(layer.weights.filter((weight) => !isAverage(weight))),
    trainableParameters: countNumbers(layer.trainableWeights),
    totalParameters: countNumbers(layer.weights),
    multiplyAdds: sum(uses.map((use) => multiplyAdds(layer, use))),
    activations,
    activationBytes: activations * bytesPerNumber,
  };
}

function groupByBlock(layers: readonly LayerSummary[]): BlockSummary[] {
  const withoutInput = layers.filter(({ type }) => type !== inputLayer);
  return groupBy(withoutInput, ({ block }) => block).map(([name, members]) => ({
    name,
    ...totalCost(members),
    outputShape: members.at(-1)?.outputShape ?? [],
    layers: members.length,
  }));
}

function groupByType(layers: readonly LayerSummary[]): TypeSummary[] {
  return groupBy(layers, ({ type }) => type).map(([type, members]) => ({
    type,
    ...totalCost(members),
    layers: members.length,
  }));
}

/** The items under their keys, in the order in which the keys first appear. */
function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups];
}

/** What several parts cost together. */
export function totalCost(parts: readonly Cost[]): Cost {
  return {
    parameters: sum(parts.map((part) => part.parameters)),
    trainableParameters: sum(parts.map((part) => part.trainableParameters)),
    totalParameters: sum(parts.map((part) => part.totalParameters)),
    multiplyAdds: sum(parts.map((part) => part.multiplyAdds)),
    activations: sum(parts.map((part) => part.activations)),
    activationBytes: sum(parts.map((part) => part.activationBytes)),
  };
}

/** Whether this is a mean or variance of batch normalization, which no gradient changes. */
function isAverage({ originalName }: tf.LayerVariable): boolean {
  return /(^|\/)moving_(mean|variance)$/.test(originalName);
}

function countNumbers(weights: readonly tf.LayerVariable[]): number {
  return sum(weights.map(({ shape }) => numbersIn(shape)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
