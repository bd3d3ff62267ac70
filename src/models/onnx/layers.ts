import { localResponse } from '../parts/local-response-normalization.js';
import { outputsFirst } from '../weights/kernel-order.js';
import { activate, activated, onnxAxis, relu, softmax } from './activations.js';
import type { LayerUse } from './layer-use.js';
import type { OnnxGraph } from './onnx-graph.js';
import { windowAttributes } from './windows.js';

/**
 * Adds what a layer computes to the graph.
 *
 * @returns the name of its output
 */
type Translation = (use: LayerUse, graph: OnnxGraph) => string;

/** A layer that does nothing in inference. */
const nothing: Translation = (use) => use.input.name;

/** By the layer's class. */
const translations = new Map<string, Translation>([
  ['Conv2D', convolution],
  ['BatchNormalization', batchNormalization],
  ['ReLU', (use, graph) => relu(use, use.input.name, numberOrNone(use.config.maxValue), graph)],
  ['Activation', (use, graph) => activate(use, use.config.activation, use.input.name, graph)],
  ['Softmax', (use, graph) => softmax(use, use.input.name, Number(use.config.axis), graph)],
  ['MaxPooling2D', (use, graph) => pool(use, 'MaxPool', graph)],
  ['AveragePooling2D', (use, graph) => pool(use, 'AveragePool', graph)],
  ['GlobalMaxPooling2D', (use, graph) => globalPool(use, 'GlobalMaxPool', graph)],
  ['GlobalAveragePooling2D', (use, graph) => globalPool(use, 'GlobalAveragePool', graph)],
  ['ZeroPadding2D', zeroPadding],
  ['Concatenate', concatenation],
  ['Add', (use, graph) => merge(use, use.inputs.length === 2 ? 'Add' : 'Sum', graph)],
  ['Average', (use, graph) => merge(use, 'Mean', graph)],
  ['Maximum', (use, graph) => merge(use, 'Max', graph)],
  ['Minimum', (use, graph) => merge(use, 'Min', graph)],
  ['ScaledAdd', scaledAdd],
  ['LocalResponseNormalization', localResponseNormalization],
  ['Flatten', flatten],
  ['Dense', dense],
  ['Dropout', nothing],
  ['SpatialDropout1D', nothing],
  ['GaussianDropout', nothing],
  ['AlphaDropout', nothing],
  ['GaussianNoise', nothing],
]);

/** @throws Error if there is no translation, with the classes of layers that have one. */
export function translate(use: LayerUse, graph: OnnxGraph): string {
  const translation = translations.get(use.layer.getClassName());
  if (translation) return translation(use, graph);
  throw new Error(
    `exportOnnx cannot write the layer "${use.name}": it does not know ${use.layer.getClassName()}, ` +
      `only ${[...translations.keys()].join(', ')}.`,
  );
}

function convolution(use: LayerUse, graph: OnnxGraph): string {
  const attributes = windowAttributes(use, use.config.kernelSize as number[]);
  const kernel = use.weight('kernel', ([height = 0, width = 0, inputs = 0, outputs = 0]) => ({
    shape: [outputs, inputs, height, width],
    convert: (values) => outputsFirst(values, { outputs, inputs }),
  }));
  const operands = present(use.input.name, kernel, use.weight('bias'));
  return activated(use, graph, (name) => graph.node('Conv', operands, name, attributes));
}

function batchNormalization(use: LayerUse, graph: OnnxGraph): string {
  use.requireRank(2, 4);
  const { input, config } = use;
  const last = input.shape.length - 1;
  const axis = Number(config.axis);
  if (axis !== -1 && axis !== last) throw use.refusal(`is over axis ${axis}`);
  const channels = Number(input.shape[last]);
  const constant = (name: string, value: number) =>
    graph.floats(use.own(name), [channels], Array<number>(channels).fill(value));
  const operands = present(
    input.name,
    use.weight('gamma') ?? constant('gamma', 1),
    use.weight('beta') ?? constant('beta', 0),
    use.weight('moving_mean'),
    use.weight('moving_variance'),
  );
  const epsilon = { float: Number(config.epsilon) };
  return graph.node('BatchNormalization', operands, use.name, { epsilon });
}

function pool(use: LayerUse, operator: 'MaxPool' | 'AveragePool', graph: OnnxGraph): string {
  const attributes = windowAttributes(use, use.config.poolSize as number[]);
  return graph.node(operator, [use.input.name], use.name, attributes);
}

function globalPool(use: LayerUse, operator: string, graph: OnnxGraph): string {
  use.requireChannelsLast();
  use.requireRank(4);
  const pooled = graph.node(operator, [use.input.name], use.own('pooled'));
  return graph.node('Flatten', [pooled], use.name, { axis: { int: 1 } });
}

function zeroPadding(use: LayerUse, graph: OnnxGraph): string {
  use.requireChannelsLast();
  const [[top, bottom], [left, right]] = use.config.padding as [number, number][] as [
    [number, number],
    [number, number],
  ];
  const pads = graph.integers(use.own('pads'), [0, 0, top, left, 0, 0, bottom, right]);
  return graph.node('Pad', [use.input.name, pads], use.name);
}

function concatenation(use: LayerUse, graph: OnnxGraph): string {
  const axis = onnxAxis(Number(use.config.axis), use.input.shape.length);
  return graph.node('Concat', namesOf(use), use.name, { axis: { int: axis } });
}

function merge(use: LayerUse, operator: string, graph: OnnxGraph): string {
  // Broadcast as TensorFlow.js does it, inputs would need axes in its order.
  use.requireRank(use.input.shape.length);
  return graph.node(operator, namesOf(use), use.name);
}

function scaledAdd(use: LayerUse, graph: OnnxGraph): string {
  const [x = '', change = ''] = namesOf(use);
  const scale = graph.floats(use.own('scale'), [], [Number(use.config.scale)]);
  const scaled = graph.node('Mul', [change, scale], use.own('scaled'));
  return graph.node('Add', [x, scaled], use.name);
}

/** ONNX's α is for the sum over the window divided by its size, TensorFlow's for the sum. */
function localResponseNormalization(use: LayerUse, graph: OnnxGraph): string {
  const { depthRadius, bias, alpha, beta } = localResponse;
  const size = 2 * depthRadius + 1;
  return graph.node('LRN', [use.input.name], use.name, {
    size: { int: size },
    bias: { float: bias },
    alpha: { float: alpha * size },
    beta: { float: beta },
  });
}

/** In TensorFlow.js's order. */
function flatten(use: LayerUse, graph: OnnxGraph): string {
  use.requireChannelsLast();
  const { name, shape } = use.input;
  const x = shape.length === 4 ? channelsLast(name, use.own('channelsLast'), graph) : name;
  return graph.node('Flatten', [x], use.name, { axis: { int: 1 } });
}

function dense(use: LayerUse, graph: OnnxGraph): string {
  use.requireRank(2);
  const operands = present(use.input.name, use.weight('kernel'), use.weight('bias'));
  return activated(use, graph, (name) => graph.node('Gemm', operands, name));
}

export function channelsLast(x: string, name: string, graph: OnnxGraph): string {
  return graph.node('Transpose', [x], name, { perm: { ints: [0, 2, 3, 1] } });
}

export function channelsFirst(x: string, name: string, graph: OnnxGraph): string {
  return graph.node('Transpose', [x], name, { perm: { ints: [0, 3, 1, 2] } });
}

function namesOf({ inputs }: LayerUse): string[] {
  return inputs.map(({ name }) => name);
}

function present(...names: readonly (string | undefined)[]): string[] {
  return names.filter((name) => name !== undefined);
}

function numberOrNone(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
