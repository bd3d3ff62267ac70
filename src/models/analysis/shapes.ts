import type { tf } from '../../backends/tf.js';
import { walk } from './graph.js';

export interface InputShapeOptions {
  /**
   * Without the batch: `[299, 299, 3]`. Needed for a model that takes any size, where what is asked
   * for depends on it. Default: the model's own.
   */
  readonly inputShape?: readonly number[];
}

/** The shapes of a model's inputs, batch included. */
export function inputShapes(model: tf.LayersModel, inputShape?: readonly number[]): tf.Shape[] {
  const own = model.inputs.map(({ shape }) => shape);
  if (inputShape === undefined) return own;
  const [shape = []] = own;
  const fits =
    own.length === 1 &&
    inputShape.length === shape.length - 1 &&
    inputShape.every((size, i) => isSize(size) && (shape[i + 1] ?? size) === size);
  if (fits) return [[null, ...inputShape]];
  const wanted = own.map((one) => `[${one.slice(1).map(formatSize).join(', ')}]`).join(', ');
  throw new Error(
    `The model "${model.name}" cannot have the inputShape [${inputShape.join(', ')}]: ` +
      `its own is ${wanted}.`,
  );
}

/** One use of a layer: the shapes, batch included, of what goes in and what comes out. */
export interface Use {
  readonly input: tf.Shape;
  readonly output: tf.Shape;
}

/**
 * The uses of every layer within a model; of an input, what comes in.
 *
 * @throws Error if the input is too small for the model.
 */
export function usesOfLayers(
  model: tf.LayersModel,
  inputs: readonly tf.Shape[],
): ReadonlyMap<tf.layers.Layer, readonly Use[]> {
  const uses = new Map<tf.layers.Layer, Use[]>();
  const add = (layer: tf.layers.Layer, use: Use) => {
    uses.set(layer, [...(uses.get(layer) ?? []), use]);
  };
  for (const [i, { sourceLayer, shape }] of model.inputs.entries()) {
    const given = inputs[i] ?? shape;
    add(sourceLayer, { input: given, output: given });
  }
  walk<tf.Shape>(model, inputs, (layer, given) => {
    const outputs = outputShapes(layer, given);
    for (const output of outputs) requireSizes(model, layer, inputs, output);
    add(layer, { input: given[0] ?? [], output: outputs[0] ?? [] });
    return outputs;
  });
  return uses;
}

/** The shapes of a layer's outputs, batch included. */
export function outputShapes(layer: tf.layers.Layer, inputs: readonly tf.Shape[]): tf.Shape[] {
  const [first = []] = inputs;
  const shape = layer.computeOutputShape(inputs.length === 1 ? first : [...inputs]);
  return isList(shape) ? shape : [shape];
}

function isList(shape: tf.Shape | tf.Shape[]): shape is tf.Shape[] {
  return Array.isArray(shape[0]);
}

function requireSizes(
  model: tf.LayersModel,
  layer: tf.layers.Layer,
  inputs: readonly tf.Shape[],
  output: tf.Shape,
): void {
  if (output.every((size) => size === null || size > 0)) return;
  const given = inputs.map((shape) => `[${shape.slice(1).map(formatSize).join(', ')}]`).join(', ');
  throw new Error(
    `An input of ${given} is too small for the model "${model.name}": ` +
      `nothing would be left of it at the layer "${layer.name}".`,
  );
}

function isSize(size: number): boolean {
  return Number.isInteger(size) && size > 0;
}

function formatSize(size: number | null): string {
  return String(size ?? 'any');
}
