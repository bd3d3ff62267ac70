import type { tf } from '../../backends/tf.js';
import type { Use } from './shapes.js';

/** The weights that are multiplied with activations, in every convolution and dense layer. */
const kernelName = /(^|[/_])kernel(_\d+)?$/;

/**
 * Multiply-adds of one use of a layer for one image. Convolutions and fully connected layers
 * count, as in the literature; everything else is 0.
 *
 * @throws Error if the layer counts and a size of its shape is open (`null`).
 */
export function multiplyAdds(layer: tf.layers.Layer, { input, output }: Use): number {
  const type = layer.getClassName();
  if (!/^(Conv[123]D|Conv[23]DTranspose|DepthwiseConv2D|SeparableConv2D|Dense)$/.test(type))
    return 0;

  // A transposed convolution puts its kernel on every *input* position.
  const shape = type.endsWith('Transpose') ? input : output;
  const positions = positionsIn(shape, layer);
  const kernels = layer.weights.filter(({ name }) => kernelName.test(name));
  return kernels.reduce((total, kernel) => total + numbersIn(kernel.shape) * positions, 0);
}

/** How many numbers a shape holds; an open size counts as one. */
export function numbersIn(shape: tf.Shape): number {
  return shape.reduce<number>((product, size) => product * (size ?? 1), 1);
}

/** How many places of one image there are, channels not counted: 149 × 149 for `[null, 149, 149, 32]`. */
function positionsIn(shape: tf.Shape, layer: tf.layers.Layer): number {
  const { dataFormat } = layer as { dataFormat?: string };
  const places = dataFormat === 'channelsFirst' ? shape.slice(2) : shape.slice(1, -1);
  if (places.includes(null)) {
    throw new Error(
      `The multiply-adds of layer "${layer.name}" depend on the input's size, which is open: ` +
        `its output is [${shape.map((size) => size ?? 'null').join(', ')}]. ` +
        'Give it: { inputShape: [height, width, channels] }.',
    );
  }
  return numbersIn(places);
}
