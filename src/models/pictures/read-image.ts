import { decodePicture } from '#platform';
import type { Image, PictureChange } from '../../platform/picture.js';
import { nameOf, type Source } from '../../platform/source.js';
import { resizeAndCrop, type ResizeOptions } from './resize.js';

export type { Image };

/**
 * Decodes a picture (JPEG, PNG, WebP, GIF, TIFF or AVIF; a browser knows no TIFF), of several frames
 * the first; with a `size`, scales it and cuts out its centre.
 *
 * @param source a path or URL, a `File`, or the file's bytes
 * @throws Error if there is no such file, if it is no picture, or an option is not allowed.
 */
export async function readImage(source: Source, options: ResizeOptions = {}): Promise<Image> {
  return resizeAndCrop(await decodeImage(source), options);
}

/**
 * Decodes a picture, upright, as the camera was held.
 *
 * @param change which part of it, scaled to what
 * @throws Error if there is no such file, or if it is no picture.
 */
export async function decodeImage(source: Source, change?: PictureChange): Promise<Image> {
  try {
    return await decodePicture(source, change);
  } catch (error) {
    throw new Error(
      `Cannot read ${nameOf(source)} as a picture (${(error as Error).message}). ` +
        'Give the path or the bytes of a JPEG, PNG, WebP, GIF, TIFF or AVIF file.',
      { cause: error },
    );
  }
}
