import type { tf } from '../../backends/tf.js';
import { walk } from '../analysis/graph.js';
import { outputShapes } from '../analysis/shapes.js';
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
  const inputs = model.inputs.map(({ shape, sourceLayer: { name } }): Value => {
    const input = graph.input(name, named(shape));
    const isImage = shape.length === 4;
    return { name: isImage ? channelsFirst(input, `${name}/channelsFirst`, graph) : input, shape };
  });
  const outputs = walk<Value>(model, inputs, (layer, given, prefix) => {
    const name = translate(new LayerUse(layer, given, { graph, prefix }), graph);
    const shapes = given.map(({ shape }) => shape);
    return outputShapes(layer, shapes).map((shape) => ({ name, shape }));
  });
  for (const { name, shape } of outputs) {
    graph.outputs.push({ name: asOutput(name, shape, graph), shape: named(shape) });
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
