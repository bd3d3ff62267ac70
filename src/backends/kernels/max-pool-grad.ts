import type { tf } from '../tf.js';
import { memoryOf } from './memory.js';
import type { MendedKernel } from './mend.js';
import { poolGeometry } from './pool-window.js';

/**
 * The gradient of max pooling on WebAssembly: all of a window's gradient goes to its first maximum.
 * TensorFlow.js 4.22's own kernel takes no maximum of 0 or less, so that such windows lose their
 * gradient. Plain JavaScript on the module's memory.
 */
export const maxPoolGrad: MendedKernel = {
  name: 'MaxPoolGrad',
  backends: ['wasm'],
  compute({ inputs, attrs, backend }) {
    const { dy, input, output } = inputs as Record<'dy' | 'input' | 'output', tf.Tensor4D>;
    const memory = memoryOf(backend);
    const gradient = memory.allocate(input.shape);
    const [x, y, change, dx] = [input, output, dy, gradient].map((tensor) =>
      memory.read(tensor),
    ) as [Float32Array, Float32Array, Float32Array, Float32Array];
    dx.fill(0);

    const { batchSize, inHeight, inWidth, outHeight, outWidth, inChannels, ...geometry } =
      poolGeometry(input.shape, attrs);
    const { strideHeight, strideWidth, filterHeight, filterWidth, padInfo } = geometry;
    let out = 0;
    for (let batch = 0; batch < batchSize; batch++) {
      for (let outRow = 0; outRow < outHeight; outRow++) {
        const top = outRow * strideHeight - padInfo.top;
        for (let outColumn = 0; outColumn < outWidth; outColumn++) {
          const left = outColumn * strideWidth - padInfo.left;
          const pixels: number[] = [];
          for (let row = Math.max(top, 0); row < Math.min(top + filterHeight, inHeight); row++) {
            const end = Math.min(left + filterWidth, inWidth);
            for (let column = Math.max(left, 0); column < end; column++) {
              pixels.push(((batch * inHeight + row) * inWidth + column) * inChannels);
            }
          }
          for (let c = 0; c < inChannels; c++, out++) {
            for (const pixel of pixels) {
              if (x[pixel + c] !== y[out]) continue;
              dx[pixel + c]! += change[out]!;
              break;
            }
          }
        }
      }
    }
    return gradient;
  },
};
