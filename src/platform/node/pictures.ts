import type { Sharp } from 'sharp';
import { readAll } from '../bytes.js';
import type { PictureChange } from '../picture.js';
import type { Platform } from '../platform.js';
import type { Source } from '../source.js';
import { localPath, openBytes } from './files.js';

/** Upright, as the camera was held; transparent pixels on white. */
export const decodePicture: Platform['decodePicture'] = async (source, change) => {
  // Not imported above: a script that only builds networks need not load an image codec.
  const { default: sharp } = await import('sharp');
  const upright = sharp(await fileOf(source)).rotate();
  const { data, info } = await (change ? await apply(change, upright) : upright)
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
};

async function fileOf(source: Source): Promise<string | Uint8Array> {
  if (source instanceof Uint8Array) return source;
  return localPath(source) ?? readAll(source, openBytes);
}

async function apply({ regionOf, width, height }: PictureChange, picture: Sharp): Promise<Sharp> {
  const { autoOrient } = await picture.metadata();
  const scaled = { width, height, fit: 'fill', kernel: 'cubic' } as const;
  return picture.extract(regionOf(autoOrient)).resize(scaled);
}
