import { tf } from '../tf.js';
import { memoryOf } from './memory.js';
import type { MendedKernel } from './mend.js';

interface Attributes {
  readonly strides: [number, number] | number;
  readonly dilations: [number, number] | number;
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

type Shape4D = [number, number, number, number];

/** The gradient of a depthwise convolution by its kernel, which WebAssembly lacks in TensorFlow.js 4.22. */
export const depthwiseConv2dBackpropFilter: MendedKernel = {
  name: 'DepthwiseConv2dNativeBackpropFilter',
  backends: ['wasm'],
  compute({ inputs, attrs, backend }) {
    const { x, dy } = inputs as { x: tf.Tensor; dy: tf.Tensor };
    const { filterShape, ...attributes } = attrs as unknown as Attributes & {
      filterShape: Shape4D;
    };
    const memory = memoryOf(backend);
    const gradient = memory.allocate(filterShape);
    const to = memory.read(gradient);
    const [image, change] = [memory.read(x), memory.read(dy)];
    to.fill(0);
    visit(x.shape as Shape4D, filterShape, attributes, (input, weight, output) => {
      to[weight]! += image[input]! * change[output]!;
    });
    return gradient;
  },
};

/** That by its image, which is missing too. */
export const depthwiseConv2dBackpropInput: MendedKernel = {
  name: 'DepthwiseConv2dNativeBackpropInput',
  backends: ['wasm'],
  compute({ inputs, attrs, backend }) {
    const { dy, filter } = inputs as { dy: tf.Tensor; filter: tf.Tensor };
    const { inputShape, ...attributes } = attrs as unknown as Attributes & { inputShape: Shape4D };
    const memory = memoryOf(backend);
    const gradient = memory.allocate(inputShape);
    const to = memory.read(gradient);
    const [weights, change] = [memory.read(filter), memory.read(dy)];
    to.fill(0);
    visit(inputShape, filter.shape as Shape4D, attributes, (input, weight, output) => {
      to[input]! += weights[weight]! * change[output]!;
    });
    return gradient;
  },
};

/** Calls a function with the places of all that are multiplied with each other, and of their sum. */
function visit(
  inputShape: Shape4D,
  filterShape: Shape4D,
  { strides, dilations, pad, dimRoundingMode }: Attributes,
  each: (input: number, weight: number, output: number) => void,
): void {
  const info = tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    true,
  );
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const multiplier = outChannels / inChannels;
  for (let row = 0; row < batchSize * outHeight * outWidth; row++) {
    const ox = row % outWidth;
    const oy = Math.floor(row / outWidth) % outHeight;
    const b = Math.floor(row / (outWidth * outHeight));
    for (let place = 0; place < info.filterHeight * info.filterWidth; place++) {
      const ky = Math.floor(place / info.filterWidth);
      const kx = place % info.filterWidth;
      const iy = oy * info.strideHeight - info.padInfo.top + ky * info.dilationHeight;
      const ix = ox * info.strideWidth - info.padInfo.left + kx * info.dilationWidth;
      if (iy < 0 || iy >= inHeight || ix < 0 || ix >= inWidth) continue;
      const input = ((b * inHeight + iy) * inWidth + ix) * inChannels;
      for (let c = 0; c < outChannels; c++) {
        each(input + Math.floor(c / multiplier), place * outChannels + c, row * outChannels + c);
      }
    }
  }
}
