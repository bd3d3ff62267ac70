import { tf } from '../tf.js';
import { padBorders, spread } from './borders.js';
import type { MendedKernel } from './mend.js';
import { poolGeometry, type PoolGeometry } from './pool-window.js';

/**
 * The gradient of average pooling. At the borders of a same-padded pool, a window holds fewer
 * pixels than its size, and the forward pass divides by their number; TensorFlow.js 4.22 divides
 * the gradient by the window's size everywhere.
 *
 * Every pixel's gradient is the sum of `dy / number of pixels` over the windows that it is in: a
 * sum pool of stride 1, which is an average pool times the window's size.
 */
export const avgPoolGrad: MendedKernel = {
  name: 'AvgPoolGrad',
  backends: ['cpu', 'wasm', 'webgpu'],
  compute({ inputs, attrs }) {
    const { dy, input } = inputs as { dy: tf.Tensor4D; input: tf.Tensor4D };
    const geometry = poolGeometry(input.shape, attrs);
    const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = geometry;
    return tf.tidy(() => {
      const shares = spread(tf.mul(dy, shareOfPixel(geometry)), strideHeight, strideWidth);
      const top = filterHeight - 1 - padInfo.top;
      const left = filterWidth - 1 - padInfo.left;
      const bottom = geometry.inHeight + filterHeight - 1 - top - shares.shape[1];
      const right = geometry.inWidth + filterWidth - 1 - left - shares.shape[2];
      const bordered = padBorders(shares, { top, bottom, left, right });
      return tf.avgPool(bordered, [filterHeight, filterWidth], 1, 'valid');
    });
  },
};

/**
 * Of `dy` to each pixel of a window, times the window's size: 1 where nothing is padded, else
 * `[1, height, width, 1]`.
 */
function shareOfPixel(geometry: PoolGeometry): tf.Tensor {
  const { outHeight, outWidth, inHeight, inWidth, padInfo } = geometry;
  const { filterHeight, filterWidth, strideHeight, strideWidth } = geometry;
  const rows = pixelsInside(outHeight, strideHeight, filterHeight, padInfo.top, inHeight);
  const columns = pixelsInside(outWidth, strideWidth, filterWidth, padInfo.left, inWidth);
  const shares = rows.flatMap((row) =>
    columns.map((column) => (filterHeight * filterWidth) / (row * column)),
  );
  if (shares.every((share) => share === 1)) return tf.scalar(1);
  return tf.tensor4d(shares, [1, outHeight, outWidth, 1]);
}

/** How many pixels of the input each window covers along one axis. */
function pixelsInside(
  windows: number,
  stride: number,
  size: number,
  padding: number,
  length: number,
): number[] {
  return Array.from({ length: windows }, (_, i) => {
    const start = i * stride - padding;
    return Math.min(start + size, length) - Math.max(start, 0);
  });
}
