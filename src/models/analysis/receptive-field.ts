import type { tf } from '../../backends/tf.js';

/**
 * What part of the input one place of a feature map sees, in pixels, for height and width: the
 * place at `[i, j]` sees the rows from `i · stride − padding` on, `size` of them, and so for columns.
 */
export interface ReceptiveField {
  /** How many pixels are seen, those beyond the image's edge included. */
  readonly size: [height: number, width: number];
  /** How many pixels lie between the fields of neighbouring places. */
  readonly stride: [height: number, width: number];
  /** How far the first field begins before the image's edge. */
  readonly padding: [height: number, width: number];
}

/**
 * The receptive field of a layer's output, exact through branches: where several meet, what any of
 * them sees. (A. Araujo, W. Norris, J. Sim, "Computing Receptive Fields of Convolutional Neural
 * Networks", Distill 2019.)
 *
 * @throws Error if there is no such layer, if it sees the whole image at once (behind a global pool
 *   or a fully connected layer), or if a layer on the way moves pixels in a way that is not known here.
 */
export function receptiveField(model: tf.LayersModel, layerName: string): ReceptiveField {
  const output = model.getLayer(layerName).output as tf.SymbolicTensor;
  const height = fieldOf(output, 0, new Map());
  const width = fieldOf(output, 1, new Map());
  return {
    size: [height.size, width.size],
    stride: [height.stride, width.stride],
    padding: [height.padding, width.padding],
  };
}

/** 0 for height, 1 for width. */
type Axis = 0 | 1;

/** A receptive field along one axis. */
interface Field {
  readonly size: number;
  readonly stride: number;
  readonly padding: number;
}

/** A layer's window along one axis. */
interface Window {
  readonly kernel: number;
  readonly stride: number;
  /** Zeros before the first pixel. */
  readonly before: number;
}

function fieldOf(tensor: tf.SymbolicTensor, axis: Axis, known: Map<number, Field>): Field {
  const before = known.get(tensor.id);
  if (before) return before;
  const inputs = tensor.inputs.map((input) => fieldOf(input, axis, known));
  const field =
    inputs.length === 0
      ? { size: 1, stride: 1, padding: 0 }
      : slide(union(inputs), windowOf(tensor.sourceLayer, tensor.inputs[0]?.shape ?? [], axis));
  known.set(tensor.id, field);
  return field;
}

/** What is seen when a window sees the places of a field. */
function slide(field: Field, { kernel, stride, before }: Window): Field {
  return {
    size: field.size + (kernel - 1) * field.stride,
    stride: field.stride * stride,
    padding: field.padding + before * field.stride,
  };
}

/** What is seen through any of several branches. */
function union(fields: readonly Field[]): Field {
  const padding = Math.max(...fields.map((field) => field.padding));
  const end = Math.max(...fields.map((field) => field.size - field.padding));
  return { size: end + padding, stride: fields[0]?.stride ?? 1, padding };
}

/** Layers that look at each place by itself. */
const pointwise =
  /^(BatchNormalization|LocalResponseNormalization|ReLU|LeakyReLU|PReLU|ELU|ThresholdedReLU|Softmax|Activation|Dropout|SpatialDropout.*|GaussianNoise|GaussianDropout|AlphaDropout|Add|ScaledAdd|Average|Maximum|Minimum|Multiply|Concatenate)$/;
const sliding = /^(Conv2D|DepthwiseConv2D|SeparableConv2D|MaxPooling2D|AveragePooling2D)$/;
const whole = /^(Global(Average|Max)Pooling2D|Flatten|Dense)$/;

function windowOf(layer: tf.layers.Layer, inputShape: tf.Shape, axis: Axis): Window {
  const type = layer.getClassName();
  const config = layer.getConfig() as unknown as LayerConfig;
  if (pointwise.test(type)) return { kernel: 1, stride: 1, before: 0 };
  if (type === 'ZeroPadding2D') {
    return { kernel: 1, stride: 1, before: (config.padding as number[][])[axis]?.[0] ?? 0 };
  }
  if (sliding.test(type)) return slidingWindow(config, inputShape, axis);
  const why = whole.test(type) ? 'sees the whole image at once' : 'is of a kind not known here';
  throw new Error(
    `There is no receptive field to give: the layer "${layer.name}" (${type}) ${why}. ` +
      'Name a layer before it.',
  );
}

interface LayerConfig {
  readonly kernelSize?: number[];
  readonly poolSize?: number[];
  readonly strides?: number[];
  readonly dilationRate?: number | number[];
  /** `'same'` or `'valid'`; of a zero padding `[[top, bottom], [left, right]]`. */
  readonly padding: 'same' | 'valid' | number[][];
  readonly dataFormat?: string;
}

function slidingWindow(
  { kernelSize, poolSize, strides, dilationRate = 1, padding, dataFormat }: LayerConfig,
  inputShape: tf.Shape,
  axis: Axis,
): Window {
  const places = (kernelSize ?? poolSize)?.[axis] ?? 1;
  const stride = strides?.[axis] ?? 1;
  const dilation = [dilationRate, dilationRate].flat()[axis] ?? 1;
  const kernel = (places - 1) * dilation + 1;
  if (padding === 'valid') return { kernel, stride, before: 0 };
  const pixels = Number(inputShape[axis + (dataFormat === 'channelsFirst' ? 2 : 1)]);
  // TensorFlow's "same": as much as the last window needs, the odd zero behind.
  const needed = (Math.ceil(pixels / stride) - 1) * stride + kernel - pixels;
  return { kernel, stride, before: Math.floor(Math.max(0, needed) / 2) };
}
