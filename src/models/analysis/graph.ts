import { tf } from '../../backends/tf.js';

/** A layer of a model, or of a model within it. */
export interface NamedLayer {
  /** `'body/stem/conv1'` of the layer `'stem/conv1'` in the model `'body'`. */
  readonly name: string;
  /** What its name has in common with others, within its model: `'body/stem'`. */
  readonly block: string;
  readonly layer: tf.layers.Layer;
}

/**
 * All layers that are no models themselves, each once, in the model's order; those of models within
 * it stand where their model does, without its inputs.
 */
export function layersOf(model: tf.LayersModel): NamedLayer[] {
  const layers = new Map<tf.layers.Layer, NamedLayer>();
  for (const named of allLayersOf(model)) {
    if (!layers.has(named.layer)) layers.set(named.layer, named);
  }
  return [...layers.values()];
}

function allLayersOf(model: tf.LayersModel): NamedLayer[] {
  // A sequential model is put together when it is first used.
  if (!model.built) model.build([]);
  return model.layers.flatMap((layer) => {
    const { name } = layer;
    if (!(layer instanceof tf.LayersModel)) {
      return { name, block: name.split('/', 1)[0] ?? name, layer };
    }
    return allLayersOf(layer)
      .filter((inner) => inner.layer.getClassName() !== 'InputLayer')
      .map((inner) => ({
        name: `${name}/${inner.name}`,
        block: `${name}/${inner.block}`,
        layer: inner.layer,
      }));
  });
}

/**
 * What a layer makes of the values of its inputs: a value for each of its outputs.
 *
 * @param path of the models that the layer is in: `'body/'`
 */
export type Step<Value> = (
  layer: tf.layers.Layer,
  values: readonly Value[],
  path: string,
) => readonly Value[];

/**
 * Goes once through a model's graph, and through the models within it, wherever they are used.
 *
 * @param inputs a value for each of the model's inputs
 * @returns a value for each of its outputs
 */
export function walk<Value>(
  model: tf.LayersModel,
  inputs: readonly Value[],
  step: Step<Value>,
  path = '',
): readonly Value[] {
  const known = new Map(model.inputs.map(({ id }, i) => [id, inputs[i] as Value]));
  const valueOf = (tensor: tf.SymbolicTensor): Value => {
    if (!known.has(tensor.id)) {
      const { sourceLayer: layer, nodeIndex } = tensor;
      const { outputTensors = [tensor] } = layer.inboundNodes[nodeIndex] ?? {};
      const values = tensor.inputs.map(valueOf);
      const made =
        layer instanceof tf.LayersModel
          ? walk(layer, values, step, `${path}${layer.name}/`)
          : step(layer, values, path);
      for (const [i, { id }] of outputTensors.entries()) known.set(id, made[i] as Value);
    }
    return known.get(tensor.id) as Value;
  };
  return model.outputs.map(valueOf);
}
