import type { Sharp } from 'sharp';
import { resizeAndCrop, type ResizeOptions } from './resize.js';

/** A decoded picture: red, green and blue bytes, pixel by pixel, row by row. */
export interface Image {
  readonly width: number;
  readonly height: number;
  /** `width · height · 3` bytes. */
  readonly data: Uint8Array;
}

/**
 * Decodes a picture (JPEG, PNG, WebP, GIF, TIFF or AVIF), of several frames the first; with a
 * `size`, scales it and cuts out its centre.
 *
 * @param source a path, or the file's bytes
 * @throws Error if there is no such file, if it is no picture, or an option is not allowed.
 */
export async function readImage(
  source: string | Uint8Array,
  options: ResizeOptions = {},
): Promise<Image> {
  return resizeAndCrop(await decodeImage(source), options);
}

/**
 * Decodes a picture, upright, as the camera was held.
 *
 * @param change what is done to it before it becomes bytes
 * @throws Error if there is no such file, or if it is no picture.
 */
export async function decodeImage(
  source: string | Uint8Array,
  change: (picture: Sharp) => Sharp | Promise<Sharp> = (picture) => picture,
): Promise<Image> {
  // Not imported above: a script that only builds networks need not load an image codec.
  const { default: sharp } = await import('sharp');
  try {
    const { data, info } = await (
      await change(sharp(source).rotate())
    )
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
