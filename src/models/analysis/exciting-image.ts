import { tf } from '../../backends/tf.js';
import { imagesOf } from '../pictures/images.js';
import type { Image } from '../pictures/read-image.js';
import { firstOf } from './first-of.js';
import { layerNamed } from './layers-within.js';
import { requireOneInput } from './one-image.js';
import { requireFrom, requireWhole } from './require-option.js';
import { valuesOf } from './values-of.js';
import { layerOutput } from './watch-layer.js';

export interface ExcitingImageOptions {
  /** Default: 60. */
  readonly steps?: number;
  /** How far a step goes: the root of the mean square of what it adds to the pixels. Default: 0.1. */
  readonly learningRate?: number;
  /** L2 decay: the fraction that every pixel loses in each step, towards grey. Default: 0.01. */
  readonly decay?: number;
  /** Of the Gaussian that smooths the image after each step: its deviation in pixels. Default: 0.5. */
  readonly blur?: number;
  /** By how many pixels at most the image is moved in each step, before it is seen. Default: 2. */
  readonly jitter?: number;
  /** Of the noise that it starts from, and of the jitter. Default: 1. */
  readonly seed?: number;
  /** Height and width in pixels. Default: what the model takes. */
  readonly size?: readonly [height: number, width: number];
}

/** An image that was made for a channel; grey, if the model takes one channel. */
export interface ExcitingImage extends Image {
  /** The channel's mean activation before each step, by the image as it was moved, and at the end. */
  readonly activations: readonly number[];
}

/** The standard deviation of the noise at the start, where pixels are in [−1, 1]. */
const startNoise = 0.1;

/**
 * The image that excites a channel most: from noise, upwards along the gradient of the channel's
 * mean activation, normalized so that a step is as far whatever the activations' size. (D. Erhan et
 * al., "Visualizing Higher-Layer Features of a Deep Network", 2009; decay and blur as in J. Yosinski
 * et al., "Understanding Neural Networks Through Deep Visualization", 2015; jitter as in A. Mordvintsev
 * et al., "Inceptionism", 2015.)
 *
 * A ReLU that is silent everywhere has no gradient to follow: if `activations` stay 0, give the
 * layer before it, or another seed.
 *
 * @param layer one with channels, such as `inceptionA1/concat`; within a nested model, `outer/inner`
 * @param channel from 0
 * @returns an image of bytes, [0, 255], for the model's [−1, 1]
 * @throws Error if there is no such layer or channel, if the model takes no images of one or three
 *   channels, or if an option is not allowed.
 */
export async function excitingImage(
  model: tf.LayersModel,
  layer: string,
  channel: number,
  options: ExcitingImageOptions = {},
): Promise<ExcitingImage> {
  const { steps = 60, learningRate = 0.1, decay = 0.01, blur = 0.5, jitter = 2 } = options;
  const { seed = 1 } = options;
  requireWhole('steps', steps, 1);
  requireWhole('jitter', jitter, 0);
  requireFrom('learningRate', learningRate, 0);
  requireFrom('decay', decay, 0, 1);
  requireFrom('blur', blur, 0);
  const shape = imageShape(model, options.size);
  const watched = layerNamed(model, layer);
  const moves = await valuesOf(
    tf.tidy(() =>
      tf.randomUniform<tf.Rank.R2>([steps, 2], -jitter, jitter + 1, 'float32', seed).floor(),
    ),
  );
  const activation = (x: tf.Tensor) =>
    channelMean(layerOutput(model, watched, x as tf.Tensor4D), layer, channel);

  const activations: number[] = [];
  let image: tf.Tensor4D = tf.randomNormal<tf.Rank.R4>(shape, 0, startNoise, 'float32', seed);
  try {
    // What does not fit is found here; an error within a gradient would leave its tensors behind.
    tf.tidy(() => void activation(image));
    for (const [down = 0, right = 0] of moves) {
      const [next, before] = tf.tidy((): [tf.Tensor4D, tf.Tensor1D] => {
        const { value, grad } = tf.valueAndGrad(activation)(roll(image, down, right));
        const step = normalized(roll(grad as tf.Tensor4D, -down, -right)).mul(learningRate);
        const decayed = image.add<tf.Tensor4D>(step).mul<tf.Tensor4D>(1 - decay);
        return [tf.clipByValue(blurred(decayed, blur), -1, 1), value.reshape([1])];
      });
      image.dispose();
      image = next;
      activations.push(...(await valuesOf(before)));
    }
    const end = tf.tidy(() => activation(image).reshape<tf.Tensor1D>([1]));
    activations.push(...(await valuesOf(end)));
    return { ...firstOf(await imagesOf(image)), activations };
  } finally {
    image.dispose();
  }
}

function imageShape(
  model: tf.LayersModel,
  size: readonly [number, number] | undefined,
): [1, number, number, number] {
  requireOneInput(model);
  const { shape } = firstOf(model.inputs);
  const [, ownHeight, ownWidth, channels] = shape;
  const [height, width] = size ?? [ownHeight ?? NaN, ownWidth ?? NaN];
  const fits = (given: number, own?: number | null) =>
    own == null ? Number.isInteger(given) && given > 0 : own === given;
  if ((channels === 1 || channels === 3) && fits(height, ownHeight) && fits(width, ownWidth)) {
    return [1, height, width, channels];
  }
  throw new Error(
    `The model "${model.name}" takes [${String(shape.slice(1))}], but an image of ` +
      `[${height}, ${width}] with one or three channels does not fit it. ` +
      'Give a model of images, and a size if the model takes any.',
  );
}

function channelMean(output: tf.Tensor, layer: string, channel: number): tf.Scalar {
  const channels = output.shape.at(-1) ?? 0;
  if (!Number.isInteger(channel) || channel < 0 || channel >= channels) {
    throw new Error(
      `There is no channel ${channel}. The layer "${layer}" has ${channels}: ` +
        `give a whole number from 0 to ${channels - 1}.`,
    );
  }
  return output.reshape([-1, channels]).slice([0, channel], [-1, 1]).mean();
}

/** Moved down and to the right; what leaves on one side comes in on the other. */
function roll(image: tf.Tensor4D, down: number, right: number): tf.Tensor4D {
  return rollAxis(rollAxis(image, 1, down), 2, right);
}

function rollAxis(image: tf.Tensor4D, axis: 1 | 2, by: number): tf.Tensor4D {
  const length = image.shape[axis];
  const back = ((by % length) + length) % length;
  if (back === 0) return image;
  const [first, last] = tf.split(image, [length - back, back], axis) as [tf.Tensor4D, tf.Tensor4D];
  return tf.concat([last, first], axis);
}

/** With a mean square of 1, or zero where all is zero. */
function normalized(gradient: tf.Tensor4D): tf.Tensor4D {
  return gradient.div(gradient.square().mean().sqrt().maximum(1e-20));
}

/** Smoothed by a Gaussian; beyond its edges, the image is mirrored. */
function blurred(image: tf.Tensor4D, deviation: number): tf.Tensor4D {
  const [, height, width, channels] = image.shape;
  const reach = Math.min(Math.ceil(3 * deviation), height, width);
  if (deviation === 0) return image;
  const offsets = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
  const weights = offsets.map((offset) => Math.exp(-(offset ** 2) / (2 * deviation ** 2)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const kernel = tf
    .tensor1d(weights.map((weight) => weight / sum))
    .reshape([-1, 1, 1, 1])
    .tile<tf.Tensor4D>([1, 1, channels, 1]);
  const sides: [number, number] = [reach, reach];
  const none: [number, number] = [0, 0];
  const mirrored = tf.mirrorPad(image, [none, sides, sides, none], 'symmetric');
  const down = tf.depthwiseConv2d(mirrored, kernel, 1, 'valid');
  return tf.depthwiseConv2d(down, kernel.transpose<tf.Tensor4D>([1, 0, 2, 3]), 1, 'valid');
}
