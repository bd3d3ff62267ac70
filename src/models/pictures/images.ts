import { tf } from '../../backends/tf.js';
import type { Image } from './read-image.js';
import type { HeightAndWidth } from './resample.js';
import { resizeAndCrop, type ResizeOptions } from './resize.js';

/**
 * What the networks take: a batch of one, pixels scaled from [0, 255] to [−1, 1]; with a `size`,
 * the centre of the picture scaled first, as timm evaluates its networks.
 *
 * @returns `[1, height, width, 3]`
 * @throws Error if an option is not allowed.
 */
export function preprocess(image: Image, options: ResizeOptions = {}): tf.Tensor4D {
  const resized = resizeAndCrop(image, options);
  return imageBatch([resized], [resized.height, resized.width]);
}

/** Pictures of one size, as the networks take them: `[batch, height, width, 3]` in [−1, 1]. */
export function imageBatch(images: readonly Image[], [height, width]: HeightAndWidth): tf.Tensor4D {
  const bytes = height * width * 3;
  const values = new Float32Array(images.length * bytes);
  for (const [i, { data }] of images.entries()) values.set(data, i * bytes);
  return tf.tidy(() => {
    const pixels = tf.tensor4d(values, [images.length, height, width, 3]);
    return pixels.div<tf.Tensor4D>(127.5).sub(1);
  });
}

/** Of red, green and blue in a grey: the luma of ITU-R BT.601, as in Pillow's `convert('L')`. */
const luma = [0.299, 0.587, 0.114];

/**
 * Pictures in as many colours as a model takes: for one of a single channel, those in colour become
 * grey.
 *
 * @param batch `[batch, height, width, channels]` in [−1, 1]
 * @returns the batch itself, if nothing is to be done
 */
export function inColoursOf(model: tf.LayersModel, batch: tf.Tensor4D): tf.Tensor4D {
  if (model.inputs[0]?.shape[3] !== 1 || batch.shape[3] !== 3) return batch;
  return tf.tidy(() => batch.mul(tf.tensor1d(luma)).sum(3, true));
}

/**
 * The way back of `preprocess`: what the networks take as pictures of bytes, which can be shown; grey
 * ones get three equal channels. Values beyond [−1, 1] become black or white.
 *
 * @param batch `[batch, height, width, 1 or 3]` in [−1, 1], which stays the caller's
 * @throws Error if it has other channels.
 */
export async function imagesOf(batch: tf.Tensor4D): Promise<Image[]> {
  const [count, height, width, channels] = batch.shape;
  if (channels !== 1 && channels !== 3) {
    throw new Error(
      `Pictures have 1 or 3 channels, but these have ${channels}. Give a batch such as preprocess makes.`,
    );
  }
  const values = await batch.data();
  return Array.from({ length: count }, (_, picture) => {
    const first = picture * height * width * channels;
    const data = Uint8Array.from(
      Uint8ClampedArray.from({ length: height * width * 3 }, (_, i) => {
        const at = channels === 3 ? i : Math.floor(i / 3);
        return ((values[first + at] ?? 0) + 1) * 127.5;
      }),
    );
    return { width, height, data };
  });
}
