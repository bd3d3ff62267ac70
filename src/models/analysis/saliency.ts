import { tf } from '../../backends/tf.js';
import { chooseClass, logitsOf } from './class-scores.js';
import { batchOfOne, type OneImage } from './one-image.js';
import { requireFrom, requireWhole } from './require-option.js';
import { valuesOf } from './values-of.js';

export interface SaliencyOptions {
  /** Its place among the model's outputs, from 0. Default: the most probable class. */
  readonly class?: number;
  /** Of how many noisy copies the gradient is averaged; more than one make it SmoothGrad. Default: 1. */
  readonly samples?: number;
  /**
   * The noise's standard deviation, as a share of the image's range, its greatest value less its
   * least. Default: 0.15 for several samples, else 0.
   */
  readonly noise?: number;
  /** Of the noise. Default: 1. */
  readonly seed?: number;
}

/**
 * How much the class's logit changes with each pixel: the magnitude of its gradient, of the channels
 * the greatest. (K. Simonyan, A. Vedaldi, A. Zisserman, "Deep Inside Convolutional Networks",
 * ICLR workshop 2014, Section 3.)
 *
 * With `samples`, the gradient is averaged over noisy copies of the image first: SmoothGrad.
 * (D. Smilkov et al., "SmoothGrad: removing noise by adding noise", 2017.)
 *
 * @param image a picture in the network's size, or a batch `[1, height, width, channels]`
 * @returns `map[y][x]`, in the image's resolution, of at least 0
 * @throws Error if the image does not fit the model, if the model tells no classes or not this one,
 *   or if an option is not allowed.
 */
export async function saliency(
  model: tf.LayersModel,
  image: OneImage,
  { class: wanted, samples = 1, noise = samples > 1 ? 0.15 : 0, seed = 1 }: SaliencyOptions = {},
): Promise<number[][]> {
  requireWhole('samples', samples, 1);
  requireFrom('noise', noise, 0);
  const batch = batchOfOne(model, image);
  try {
    const chosen = await chooseClass(model, batch, wanted);
    const gradientOf = (x: tf.Tensor) =>
      tf.grad((input) => logitOf(model, input as tf.Tensor4D, chosen))(x);
    const map = tf.tidy(() => {
      const deviation = batch.max().sub(batch.min()).mul(noise);
      let sum: tf.Tensor = tf.zerosLike(batch);
      for (let i = 0; i < samples; i++) {
        sum = tf.tidy(() => {
          const normal = tf.randomNormal(batch.shape, 0, 1, 'float32', seed + i);
          return sum.add(gradientOf(batch.add(normal.mul(deviation))));
        });
      }
      return sum.div<tf.Tensor4D>(samples).abs().max<tf.Tensor3D>(3).squeeze<tf.Tensor2D>([0]);
    });
    return await valuesOf(map);
  } finally {
    batch.dispose();
  }
}

function logitOf(model: tf.LayersModel, input: tf.Tensor4D, chosen: number): tf.Scalar {
  return logitsOf(model, input).slice([0, chosen], [1, 1]).asScalar();
}
