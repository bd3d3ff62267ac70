import { tf } from '../backends/tf.js';
import {
  foldConvolution,
  isChannelNorm,
  isLinearConvolution,
  isRelu,
  type Folding,
} from './parts/fold-convolution.js';
import { normalizationOf, setNormalization } from './pictures/normalization.js';
import { ScaledAdd } from './parts/residual.js';

/**
 * The same network, faster and for predictions only: each batch normalization that follows a
 * convolution is folded into the convolution's kernel and bias, a ReLU behind it becomes the
 * convolution's activation (TensorFlow.js computes all three at once), the scale of a residual goes
 * into the convolution before it, and dropout is left out.
 *
 * @param model any model; it stays as it is, and may be disposed of
 * @returns an ordinary model with weights of its own, whose outputs are the same up to rounding
 */
export function optimizeForInference(model: tf.LayersModel): tf.LayersModel {
  const copies = new GraphCopy(model);
  const inputs = model.inputs.map((input) => copies.of(input));
  const outputs = model.outputs.map((output) => copies.of(output));
  const optimized = tf.model({ inputs, outputs, name: model.name });
  setNormalization(optimized, normalizationOf(model));
  return optimized;
}

/** Copies a model's graph, from any tensor back to the inputs. */
class GraphCopy {
  readonly #tensors = new Map<number, tf.SymbolicTensor>();
  readonly #layers = new Map<string, tf.layers.Layer>();
  /** How many read a tensor, by its id. */
  readonly #readers = new Map<number, number>();

  constructor(model: tf.LayersModel) {
    const read = model.layers.flatMap(({ inboundNodes }) =>
      inboundNodes.flatMap(({ inputTensors }) => inputTensors),
    );
    for (const { id } of [...read, ...model.outputs]) {
      this.#readers.set(id, (this.#readers.get(id) ?? 0) + 1);
    }
    for (const { id, shape, dtype, sourceLayer } of model.inputs) {
      this.#tensors.set(id, tf.input({ shape: shape.slice(1), dtype, name: sourceLayer.name }));
    }
  }

  of(tensor: tf.SymbolicTensor): tf.SymbolicTensor {
    const known = this.#tensors.get(tensor.id);
    if (known) return known;
    const copy = this.#compute(tensor);
    this.#tensors.set(tensor.id, copy);
    return copy;
  }

  #compute(tensor: tf.SymbolicTensor): tf.SymbolicTensor {
    const { sourceLayer, inputs, outputTensorIndex = 0 } = tensor;
    const [input] = inputs;
    if (sourceLayer.getClassName() === 'Dropout' && input) return this.of(input);
    const sum = this.#scaledSum(tensor);
    if (sum) return sum;
    const folding = this.#folding(tensor);
    if (folding) return foldConvolution(folding, this.of(folding.input));

    const copies = inputs.map((each) => this.of(each));
    const { layer, isNew } = this.#layerLike(sourceLayer);
    const result = layer.apply(copies.length === 1 && copies[0] ? copies[0] : copies);
    if (isNew) layer.setWeights(sourceLayer.getWeights());
    return (Array.isArray(result) ? result[outputTensorIndex] : result) as tf.SymbolicTensor;
  }

  /** The convolution that ends in this tensor, with what can be folded into it. */
  #folding(tensor: tf.SymbolicTensor, scale?: number): Folding | undefined {
    const relu = isRelu(tensor.sourceLayer);
    const normalized = relu ? this.#soleInput(tensor) : tensor;
    const isNormalized = normalized !== undefined && isChannelNorm(normalized);
    const convolved = isNormalized ? this.#soleInput(normalized) : normalized;
    const input = convolved?.inputs[0];
    if (!convolved || !input || !(relu || isNormalized || scale !== undefined)) return undefined;
    const convolution = convolved.sourceLayer;
    if (!isLinearConvolution(convolution)) return undefined;
    const batchNorm = isNormalized ? normalized.sourceLayer : undefined;
    return { input, convolution, batchNorm, relu, ...(scale === undefined ? {} : { scale }) };
  }

  /** A residual's sum, with its scale in the convolution that computes the change. */
  #scaledSum(sum: tf.SymbolicTensor): tf.SymbolicTensor | undefined {
    const { sourceLayer, inputs } = sum;
    if (!(sourceLayer instanceof ScaledAdd)) return undefined;
    const [x] = inputs;
    const change = this.#soleInput(sum, 1);
    // A ReLU and the scale change places only where the scale is positive; we have no such network.
    if (!x || !change || isRelu(change.sourceLayer)) return undefined;
    const folding = this.#folding(change, sourceLayer.scale);
    if (!folding) return undefined;
    const scaled = foldConvolution(folding, this.of(folding.input));
    const { name } = sourceLayer;
    return tf.layers.add({ name }).apply([this.of(x), scaled]) as tf.SymbolicTensor;
  }

  /** What a tensor is made from, if nobody else reads that, and no layer is used a second time. */
  #soleInput(tensor: tf.SymbolicTensor, index = 0): tf.SymbolicTensor | undefined {
    const input = tensor.inputs[index];
    if (!input || this.#readers.get(input.id) !== 1) return undefined;
    const layers = [tensor.sourceLayer, input.sourceLayer];
    return layers.every(({ inboundNodes }) => inboundNodes.length === 1) ? input : undefined;
  }

  /** The layer's copy: one for each layer, so that what is shared stays shared. */
  #layerLike(layer: tf.layers.Layer): { layer: tf.layers.Layer; isNew: boolean } {
    const known = this.#layers.get(layer.name);
    if (known) return { layer: known, isNew: false };
    const layerClass = layer.constructor as LayerClass;
    const copy = layerClass.fromConfig(layerClass, layer.getConfig());
    this.#layers.set(layer.name, copy);
    return { layer: copy, isNew: true };
  }
}

interface LayerClass {
  new (config: tf.serialization.ConfigDict): tf.layers.Layer;
  fromConfig(layerClass: LayerClass, config: tf.serialization.ConfigDict): tf.layers.Layer;
}
