import { tf } from '../backends/tf.js';
import type { HeightAndWidth } from './resample.js';
import { resizeAndCrop, type ResizeOptions } from './resize.js';

/** A decoded picture: red, green and blue bytes, pixel by pixel, row by row. */
export interface Image {
  readonly width: number;
  readonly height: number;
  /** `width · height · 3` bytes. */
  readonly data: Uint8Array;
}

/**
 * Decodes a picture (JPEG, PNG, WebP, GIF, TIFF or AVIF); with a `size`, scales it and cuts out its
 * centre.
 *
 * @param source a path, or the file's bytes
 * @throws Error if there is no such file, if it is no picture, or an option is not allowed.
 */
export async function readImage(
  source: string | Uint8Array,
  options: ResizeOptions = {},
): Promise<Image> {
  return resizeAndCrop(await decode(source), options);
}

async function decode(source: string | Uint8Array): Promise<Image> {
  // Not imported above: a script that only builds networks need not load an image codec.
  const { default: sharp } = await import('sharp');
  try {
    const { data, info } = await sharp(source)
      .rotate() // as the camera was held
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data };
  } catch (error) {
    const what = typeof source === 'string' ? `"${source}"` : `${source.length} bytes`;
    throw new Error(
      `Cannot read ${what} as a picture (${(error as Error).message}). ` +
        'Give the path or the bytes of a JPEG, PNG, WebP, GIF, TIFF or AVIF file.',
      { cause: error },
    );
  }
}

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
