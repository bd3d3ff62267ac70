import type { tf } from '../../backends/tf.js';
import { featureExtractor } from './feature-extractor.js';
import { walk } from './graph.js';
import { inputShapes, outputShapes, type InputShapeOptions } from './shapes.js';

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
 * The receptive field of the output of a layer or block, exact through branches: where several meet,
 * what any of them sees. (A. Araujo, W. Norris, J. Sim, "Computing Receptive Fields of Convolutional
 * Neural Networks", Distill 2019.)
 *
 * @param name as {@link featureExtractor} takes it
 * @throws Error if there is no such layer, if it sees the whole image at once (behind a global pool
 *   or a fully connected layer), if a layer on the way moves pixels in a way that is not known here,
 *   or if the padding depends on a size that is open.
 */
export function receptiveField(
  model: tf.LayersModel,
  name: string,
  { inputShape }: InputShapeOptions = {},
): ReceptiveField {
  const features = featureExtractor(model, [name]);
  const pixels = inputShapes(model, inputShape).map((shape) => ({
    shape,
    height: pixel,
    width: pixel,
  }));
  const [seen] = walk<Seen>(features, pixels, (layer, given) => {
    const shapes = given.map(({ shape }) => shape);
    const [shape = []] = shapes;
    const along = (axis: Axis, fields: Field[]) =>
      slide(union(fields), windowOf(layer, shape, axis));
    const height = along(
      0,
      given.map((one) => one.height),
    );
    const width = along(
      1,
      given.map((one) => one.width),
    );
    return outputShapes(layer, shapes).map((output) => ({ shape: output, height, width }));
  });
  const { height, width } = seen ?? { height: pixel, width: pixel };
  return {
    size: [height.size, width.size],
    stride: [height.stride, width.stride],
    padding: [height.padding, width.padding],
  };
}

/** What a tensor of this shape sees, along each axis. */
interface Seen {
  readonly shape: tf.Shape;
  readonly height: Field;
  readonly width: Field;
}

/** What the input sees of itself. */
const pixel: Field = { size: 1, stride: 1, padding: 0 };

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
  if (sliding.test(type)) return slidingWindow(layer, inputShape, axis);
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

function slidingWindow(layer: tf.layers.Layer, inputShape: tf.Shape, axis: Axis): Window {
  const config = layer.getConfig() as unknown as LayerConfig;
  const { kernelSize, poolSize, strides, dilationRate = 1, padding, dataFormat } = config;
  const places = (kernelSize ?? poolSize)?.[axis] ?? 1;
  const stride = strides?.[axis] ?? 1;
  const dilation = [dilationRate, dilationRate].flat()[axis] ?? 1;
  const kernel = (places - 1) * dilation + 1;
  if (padding === 'valid') return { kernel, stride, before: 0 };
  const pixels = inputShape[axis + (dataFormat === 'channelsFirst' ? 2 : 1)] ?? null;
  if (pixels === null && stride > 1) {
    throw new Error(
      `How far the layer "${layer.name}" looks beyond the image's edge depends on the input's size, ` +
        'which is open. Give it: { inputShape: [height, width, channels] }.',
    );
  }
  // TensorFlow's "same": as much as the last window needs, the odd zero behind.
  const needed =
    pixels === null ? kernel - 1 : (Math.ceil(pixels / stride) - 1) * stride + kernel - pixels;
  return { kernel, stride, before: Math.floor(Math.max(0, needed) / 2) };
}
