import { tf } from '../tf.js';
import { padBorders } from './borders.js';
import { conv2dGeometry, type Conv2DGeometry } from './conv2d-geometry.js';
import type { MendedKernel } from './mend.js';

/**
 * The gradient of a convolution with respect to its input: a convolution of `dy` with the kernel
 * turned round. TensorFlow.js 4.22's own WebAssembly kernel is right, but computes 2 GFLOP/s where
 * the forward convolution computes over 20.
 *
 * With a stride of 2, every other pixel of a row sees every other tap of the kernel, so that there
 * are four kernels, one for each kind of pixel; they are computed as one convolution of four times
 * the channels, which are then laid out as pixels.
 */
export const conv2dBackpropInput: MendedKernel = {
  name: 'Conv2DBackpropInput',
  backends: ['wasm'],
  compute({ inputs, attrs }) {
    const { dy, filter } = inputs as { dy: tf.Tensor4D; filter: tf.Tensor4D };
    const geometry = conv2dGeometry(attrs.inputShape as number[], filter.shape, attrs);
    const { inHeight, inWidth, outHeight, outWidth, padInfo } = geometry;
    const { filterHeight, filterWidth, strideHeight, strideWidth } = geometry;
    const rows = reach(inHeight, outHeight, filterHeight, strideHeight, padInfo.top);
    const columns = reach(inWidth, outWidth, filterWidth, strideWidth, padInfo.left);
    const [top, bottom, left, right] = [...rows.borders, ...columns.borders];
    if (Math.min(top, bottom, left, right) < 0) {
      throw new Error('The gradient of conv2d takes no padding wider than the kernel.');
    }
    return tf.tidy(() => {
      const change = padBorders(dy, { top, bottom, left, right });
      const kinds = tf.conv2d(change, kernelOfKinds(filter, geometry), 1, 'valid');
      const pixels = asPixels(kinds, geometry);
      if (tf.util.arraysEqual(pixels.shape, geometry.inShape)) return pixels;
      const start = [0, rows.start, columns.start, 0];
      return pixels.slice(start, [-1, inHeight, inWidth, -1]);
    });
  },
};

/**
 * Along one axis: how far the convolution must reach beyond `dy`, and which of its pixels is the
 * input's first.
 */
function reach(
  length: number,
  windows: number,
  taps: number,
  stride: number,
  padding: number,
): { borders: [before: number, after: number]; start: number } {
  const before = Math.ceil(taps / stride) - 1 - Math.floor(padding / stride);
  const after = Math.ceil((length + padding) / stride) - windows;
  return { borders: [before, after], start: padding % stride };
}

/** The turned kernels of all kinds of pixels, `[height, width, outChannels, kinds · inChannels]`. */
function kernelOfKinds(filter: tf.Tensor4D, geometry: Conv2DGeometry): tf.Tensor4D {
  const { filterHeight, filterWidth, strideHeight, strideWidth } = geometry;
  const { inChannels, outChannels } = geometry;
  const height = Math.ceil(filterHeight / strideHeight);
  const width = Math.ceil(filterWidth / strideWidth);
  const whole = padBorders(
    filter.reshape([1, filterHeight, filterWidth, inChannels * outChannels]),
    {
      top: 0,
      left: 0,
      bottom: height * strideHeight - filterHeight,
      right: width * strideWidth - filterWidth,
    },
  );
  return whole
    .reshape([height, strideHeight, width, strideWidth, inChannels, outChannels])
    .transpose([0, 2, 5, 1, 3, 4])
    .reverse([0, 1])
    .reshape([height, width, outChannels, strideHeight * strideWidth * inChannels]);
}

/** `[batch, height, width, kinds · channels]` → `[batch, stride · height, stride · width, channels]`. */
function asPixels(
  kinds: tf.Tensor4D,
  { strideHeight, strideWidth, inChannels }: Conv2DGeometry,
): tf.Tensor4D {
  if (strideHeight === 1 && strideWidth === 1) return kinds;
  const [batch, height, width] = kinds.shape;
  return kinds
    .reshape([batch * height, width, strideHeight, strideWidth * inChannels])
    .transpose([0, 2, 1, 3])
    .reshape([batch, height * strideHeight, width * strideWidth, inChannels]);
}
