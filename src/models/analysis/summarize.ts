import { tf } from '../../backends/tf.js';
import { multiplyAdds, numbersIn, type Use } from './multiply-adds.js';

/** What a part of a network costs. */
export interface Cost {
  /** Numbers that training changes: weights, biases, batch norm's gamma and beta. */
  readonly parameters: number;
  /** All stored numbers: the trainable ones, frozen ones and batch norm's moving averages. */
  readonly totalParameters: number;
  /** Multiply-adds for one image, in convolutions and fully connected layers. */
  readonly multiplyAdds: number;
  /** Numbers that come out of the layers for one image. */
  readonly activations: number;
  /** What the activations take in memory, as float32. */
  readonly activationBytes: number;
}

export interface LayerSummary extends Cost {
  readonly name: string;
  /** The class of the layer: `'Conv2D'`, `'BatchNormalization'`, … */
  readonly type: string;
  /** Without the batch: `[149, 149, 32]`; `null` stands for a size known only at run time. */
  readonly outputShape: readonly (number | null)[];
}

export interface BlockSummary extends Cost {
  /** What its layers' names have in common before the first `/`. */
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
 * counted once and its multiply-adds twice.
 *
 * @throws Error if a convolution's output size is open (`null`): there is nothing to multiply with.
 */
export function summarize(model: tf.LayersModel): ModelSummary {
  // A sequential model is put together when it is first used.
  if (!model.built) model.build([]);
  const layers = model.layers.map((layer) => summarizeLayer(model, layer));
  return {
    name: model.name,
    ...totalCost(layers),
    layers,
    blocks: groupByBlock(layers),
    types: groupByType(layers),
  };
}

function summarizeLayer(model: tf.LayersModel, layer: tf.layers.Layer): LayerSummary {
  const uses = usesWithin(model, layer);
  const costOfUse =
    layer instanceof tf.LayersModel
      ? () => summarize(layer).multiplyAdds
      : (use: Use) => multiplyAdds(layer, use);
  const type = layer.getClassName();
  // The image itself is no activation.
  const activations = type === inputLayer ? 0 : sum(uses.map(({ output }) => numbersIn(output)));
  return {
    name: layer.name,
    type,
    outputShape: uses[0]?.output.slice(1) ?? [],
    parameters: countNumbers(layer.trainableWeights),
    totalParameters: countNumbers(layer.weights),
    multiplyAdds: sum(uses.map(costOfUse)),
    activations,
    activationBytes: activations * bytesPerNumber,
  };
}

function groupByBlock(layers: readonly LayerSummary[]): BlockSummary[] {
  const withoutInput = layers.filter(({ type }) => type !== inputLayer);
  const blocks = groupBy(withoutInput, ({ name }) => name.split('/', 1)[0] ?? name);
  return blocks.map(([name, members]) => ({
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
    totalParameters: sum(parts.map((part) => part.totalParameters)),
    multiplyAdds: sum(parts.map((part) => part.multiplyAdds)),
    activations: sum(parts.map((part) => part.activations)),
    activationBytes: sum(parts.map((part) => part.activationBytes)),
  };
}

/** Each use of the layer in this model; other models may use it too. */
function usesWithin(model: tf.LayersModel, layer: tf.layers.Layer): Use[] {
  return layer.inboundNodes
    .filter((_, index) => model.containerNodes.has(`${layer.name}_ib-${index}`))
    .map(({ inputTensors, outputTensors }) => ({
      input: inputTensors[0]?.shape ?? [],
      output: outputTensors[0]?.shape ?? [],
    }));
}

function countNumbers(weights: readonly tf.LayerVariable[]): number {
  return sum(weights.map(({ shape }) => numbersIn(shape)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
