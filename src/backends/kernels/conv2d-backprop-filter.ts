import { tf } from '../tf.js';
import { padBorders } from './borders.js';
import { conv2dGeometry, type Conv2DGeometry } from './conv2d-geometry.js';
import type { MendedKernel } from './mend.js';

/**
 * The gradient of a convolution with respect to its kernel, which WebAssembly lacks in
 * TensorFlow.js 4.22.
 */
export const conv2dBackpropFilter: MendedKernel = {
  name: 'Conv2DBackpropFilter',
  backends: ['wasm'],
  compute({ inputs, attrs }) {
    const { x, dy } = inputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
    const filterShape = attrs.filterShape as [number, number, number, number];
    const geometry = conv2dGeometry(x.shape, filterShape, attrs);
    const { filterHeight, filterWidth, padInfo } = geometry;
    const isPointwise = filterHeight === 1 && filterWidth === 1;
    return tf.tidy(() => {
      const input = padBorders(x, padInfo);
      return geometry.batchSize < leastBatch || isPointwise
        ? asMatrixProducts(input, dy, geometry)
        : asConvolution(input, dy, geometry);
    });
  },
};

/** Where the two ways below are equally fast, measured. */
const leastBatch = 8;

/**
 * A convolution in which channels and images change places: `x` is seen as a batch of channels, and
 * `dy` as a kernel as large as an image, whose taps are a stride apart.
 */
function asConvolution(
  input: tf.Tensor4D,
  dy: tf.Tensor4D,
  { filterHeight, filterWidth, strideHeight, strideWidth }: Conv2DGeometry,
): tf.Tensor {
  const channelsAsBatch = tf.transpose(input, [3, 1, 2, 0]);
  const kernel = tf.transpose(dy, [1, 2, 0, 3]);
  return tf
    .conv2d(channelsAsBatch, kernel, 1, 'valid', 'NHWC', [strideHeight, strideWidth])
    .slice([0, 0, 0, 0], [-1, filterHeight, filterWidth, -1])
    .transpose([1, 2, 0, 3]);
}

/**
 * For each tap of the kernel, the pixels that it saw times `dy`. The pixels are transposed by
 * themselves first: a matrix product is fast only where it need not transpose.
 */
function asMatrixProducts(
  input: tf.Tensor4D,
  dy: tf.Tensor4D,
  geometry: Conv2DGeometry,
): tf.Tensor {
  const { filterHeight, filterWidth, inChannels, outChannels } = geometry;
  const change = dy.reshape<tf.Tensor2D>([-1, outChannels]);
  const taps: tf.Tensor2D[] = [];
  for (let row = 0; row < filterHeight; row++) {
    for (let column = 0; column < filterWidth; column++) {
      const seen = seenBy(input, row, column, geometry);
      taps.push(tf.tidy(() => tf.matMul(transposed(seen), change)));
    }
  }
  return tf.concat(taps).reshape([filterHeight, filterWidth, inChannels, outChannels]);
}

/**
 * As `x.transpose()`. Where values of one column lie a multiple of 4096 bytes apart in the result,
 * they push each other out of the processor's cache; so 32 rows are transposed at a time.
 */
function transposed(x: tf.Tensor2D): tf.Tensor2D {
  const [rows, columns] = x.shape;
  if (rows % 1024 !== 0) return x.transpose();
  return x
    .reshape([-1, 32, columns])
    .transpose([0, 2, 1])
    .transpose([1, 0, 2])
    .reshape([columns, rows]);
}

/** The pixels that one tap of the kernel was multiplied with, `[batch · height · width, channels]`. */
function seenBy(
  x: tf.Tensor4D,
  row: number,
  column: number,
  { outHeight, outWidth, strideHeight, strideWidth, inChannels }: Conv2DGeometry,
): tf.Tensor2D {
  const batch = x.shape[0];
  const height = (outHeight - 1) * strideHeight + 1;
  const width = (outWidth - 1) * strideWidth + 1;
  return tf
    .stridedSlice(
      x,
      [0, row, column, 0],
      [batch, row + height, column + width, inChannels],
      [1, strideHeight, strideWidth, 1],
    )
    .reshape([-1, inChannels]);
}
