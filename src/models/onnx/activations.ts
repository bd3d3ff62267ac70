import type { LayerUse } from './layer-use.js';
import type { OnnxGraph } from './onnx-graph.js';
import type { Attributes } from './proto.js';

/** TensorFlow.js's activations that are one operator. */
const operators = new Map<unknown, readonly [operator: string, attributes?: Attributes]>([
  ['relu', ['Relu']],
  ['sigmoid', ['Sigmoid']],
  ['tanh', ['Tanh']],
  ['elu', ['Elu']],
  ['selu', ['Selu']],
  ['softplus', ['Softplus']],
  ['softsign', ['Softsign']],
  ['hardSigmoid', ['HardSigmoid', { alpha: { float: 0.2 }, beta: { float: 0.5 } }]],
]);

/**
 * Adds an activation under the layer's name.
 *
 * @param activation as a layer's configuration has it
 * @param x the name of what it is of, with as many axes as the layer's input has
 */
export function activate(use: LayerUse, activation: unknown, x: string, graph: OnnxGraph): string {
  if (activation === 'softmax') return softmax(use, x, -1, graph);
  if (activation === 'relu6') return relu(use, x, 6, graph);
  const [operator, attributes] = operators.get(activation) ?? [];
  if (operator) return graph.node(operator, [x], use.name, attributes);
  if (activation === 'linear') return graph.node('Identity', [x], use.name);
  throw use.refusal(`has the activation ${JSON.stringify(activation)}`);
}

/** Puts the layer's activation, if it has one, behind what is computed under the name that is given. */
export function activated(
  use: LayerUse,
  graph: OnnxGraph,
  compute: (name: string) => string,
): string {
  const { activation } = use.config;
  if (activation === undefined || activation === 'linear') return compute(use.name);
  return activate(use, activation, compute(use.own('preactivation')), graph);
}

/** Over an axis of TensorFlow.js's order. */
export function softmax(use: LayerUse, x: string, axis: number, graph: OnnxGraph): string {
  const rank = use.input.shape.length;
  return graph.node('Softmax', [x], use.name, { axis: { int: onnxAxis(axis, rank) } });
}

/** From zero on; where there is one, up to a bound. */
export function relu(
  use: LayerUse,
  x: string,
  bound: number | undefined,
  graph: OnnxGraph,
): string {
  if (bound === undefined) return graph.node('Relu', [x], use.name);
  const [least, most] = [
    graph.floats(use.own('least'), [], [0]),
    graph.floats(use.own('most'), [], [bound]),
  ];
  return graph.node('Clip', [x, least, most], use.name);
}

/** Where an axis of TensorFlow.js's is in the graph, where channels of four axes come second. */
export function onnxAxis(axis: number, rank: number): number {
  const positive = axis < 0 ? axis + rank : axis;
  return rank === 4 ? ([0, 2, 3, 1][positive] ?? positive) : positive;
}
