import { tf } from '../../backends/tf.js';
import { LayerUse, type Value } from './layer-use.js';
import { channelsFirst, channelsLast, translate } from './layers.js';
import { OnnxGraph } from './onnx-graph.js';

/**
 * A model's graph in ONNX. Inputs and outputs are as TensorFlow.js has them; between, channels come
 * second.
 *
 * @throws Error if a layer has no translation.
 */
export function translateModel(model: tf.LayersModel): OnnxGraph {
  const graph = new OnnxGraph(model.name);
  const inputs = model.inputs.map(({ shape, sourceLayer: { name } }) => {
    const input = graph.input(name, named(shape));
    return shape.length === 4 ? channelsFirst(input, `${name}/channelsFirst`, graph) : input;
  });
  const outputs = new Walk(graph, model, inputs).outputs();
  for (const [i, name] of outputs.entries()) {
    const { shape } = model.outputs[i] ?? {};
    if (shape) graph.outputs.push({ name: asOutput(name, shape, graph), shape: named(shape) });
  }
  return graph;
}

/** The batch is open; so may be height and width. */
function named(shape: tf.Shape): (number | string)[] {
  return shape.map((size, axis) => size ?? ['batch', 'height', 'width', 'channels'][axis] ?? '');
}

function asOutput(name: string, shape: tf.Shape, graph: OnnxGraph): string {
  if (shape.length === 4) return channelsLast(name, `${name}/channelsLast`, graph);
  const isTaken = [...graph.inputs, ...graph.outputs].some((value) => value.name === name);
  return isTaken ? graph.node('Identity', [name], `${name}/output`) : name;
}

/** Goes a model's graph back, from its outputs to its inputs. */
class Walk {
  readonly #graph: OnnxGraph;
  readonly #model: tf.LayersModel;
  readonly #prefix: string;
  /** Names in the graph, by the tensor's number. */
  readonly #names = new Map<number, string>();

  /** @param inputs the names of what goes into the model */
  constructor(graph: OnnxGraph, model: tf.LayersModel, inputs: readonly string[], prefix = '') {
    this.#graph = graph;
    this.#model = model;
    this.#prefix = prefix;
    for (const [i, { id }] of model.inputs.entries()) this.#names.set(id, inputs[i] ?? '');
  }

  /** @returns the names of what comes out of the model */
  outputs(): string[] {
    return this.#model.outputs.map((output) => this.#nameOf(output));
  }

  #nameOf(tensor: tf.SymbolicTensor): string {
    const known = this.#names.get(tensor.id);
    if (known !== undefined) return known;
    const { inputTensors, outputTensors } = nodeOf(tensor);
    const inputs = inputTensors.map((input) => ({ name: this.#nameOf(input), shape: input.shape }));
    const names = this.#translate(tensor.sourceLayer, inputs);
    for (const [i, { id }] of outputTensors.entries()) this.#names.set(id, names[i] ?? '');
    return this.#names.get(tensor.id) ?? '';
  }

  #translate(layer: tf.layers.Layer, inputs: readonly Value[]): string[] {
    const [graph, prefix] = [this.#graph, this.#prefix];
    if (!(layer instanceof tf.LayersModel)) {
      return [translate(new LayerUse(layer, inputs, { graph, prefix }), graph)];
    }
    const names = inputs.map(({ name }) => name);
    return new Walk(graph, layer, names, `${prefix}${layer.name}/`).outputs();
  }
}

/** The use of a layer that gives a tensor. */
function nodeOf(tensor: tf.SymbolicTensor): tf.layers.Layer['inboundNodes'][number] {
  const node = tensor.sourceLayer.inboundNodes[tensor.nodeIndex];
  if (node) return node;
  throw new Error(`The layer "${tensor.sourceLayer.name}" is in no graph.`);
}
