import { tf } from '../backends/tf.js';

/** A decoded picture: red, green and blue bytes, pixel by pixel, row by row. */
export interface Image {
  readonly width: number;
  readonly height: number;
  /** `width · height · 3` bytes. */
  readonly data: Uint8Array;
}

export interface ReadImageOptions {
  /** Scale and crop to a square of this many pixels a side, around the centre. */
  readonly size?: number;
}

/**
 * Decodes a picture (JPEG, PNG, WebP, GIF, TIFF or AVIF).
 *
 * @param source a path, or the file's bytes
 * @throws Error if there is no such file, or if it is no picture.
 */
export async function readImage(
  source: string | Uint8Array,
  { size }: ReadImageOptions = {},
): Promise<Image> {
  // Not imported above: a script that only builds networks need not load an image codec.
  const { default: sharp } = await import('sharp');
  const resize = size === undefined ? {} : { width: size, height: size, fit: 'cover' as const };
  try {
    const { data, info } = await sharp(source)
      .rotate() // as the camera was held
      .resize(resize)
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
 * What the networks take: a batch of one, pixels scaled from [0, 255] to [−1, 1].
 *
 * @returns `[1, height, width, 3]`
 */
export function preprocess({ width, height, data }: Image): tf.Tensor4D {
  return tf.tidy(() => {
    const pixels = tf.tensor4d(Float32Array.from(data), [1, height, width, 3]);
    return pixels.div<tf.Tensor4D>(127.5).sub(1);
  });
}
