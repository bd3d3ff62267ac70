import { tf } from '../tf.js';
import { padBorders, spread } from './borders.js';
import { conv2dGeometry } from './conv2d-geometry.js';
import type { MendedKernel } from './mend.js';

/**
 * The gradient of a convolution with respect to its input: a convolution of `dy` with the kernel
 * turned round. TensorFlow.js 4.22's own WebAssembly kernel is right, but computes 2 GFLOP/s where
 * the forward convolution computes over 20.
 */
export const conv2dBackpropInput: MendedKernel = {
  name: 'Conv2DBackpropInput',
  backends: ['wasm'],
  mend:
    () =>
    ({ inputs, attrs }) => {
      const { dy, filter } = inputs as { dy: tf.Tensor4D; filter: tf.Tensor4D };
      const geometry = conv2dGeometry(attrs.inputShape as number[], filter.shape, attrs);
      const { inHeight, inWidth, filterHeight, filterWidth, padInfo } = geometry;
      return tf.tidy(() => {
        const gradient = spread(dy, geometry.strideHeight, geometry.strideWidth);
        const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
        // How far the turned kernel must reach beyond dy, so that every input pixel gets its sum.
        const top = filterHeight - 1 - padInfo.top;
        const left = filterWidth - 1 - padInfo.left;
        const bottom = inHeight + filterHeight - 1 - top - gradient.shape[1];
        const right = inWidth + filterWidth - 1 - left - gradient.shape[2];
        if (Math.min(top, left, bottom, right) < 0) {
          throw new Error('The gradient of conv2d takes no padding wider than the kernel.');
        }
        return tf.conv2d(padBorders(gradient, { top, bottom, left, right }), turned, 1, 'valid');
      });
    },
};
