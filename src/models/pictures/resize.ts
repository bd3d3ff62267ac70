import type { Image } from '../../platform/picture.js';
import { resample, type HeightAndWidth, type ResizeMethod } from './resample.js';

export interface ResizeOptions {
  /** Scale and crop to this many pixels a side, or to `[height, width]`. Default: as it is. */
  readonly size?: number | HeightAndWidth;
  /**
   * The fraction of the scaled picture's shorter side that the crop keeps: 0.875 is usual for
   * evaluation, 0.8975 what timm evaluates Inception-ResNet-v2 with. Default: 1.
   */
  readonly crop?: number;
  /** How pixels between pixels are computed. Default: `'bicubic'`. */
  readonly method?: ResizeMethod;
}

/**
 * Scales a picture and cuts out its centre as timm does to evaluate a network
 * (`transforms_imagenet_eval`): the shorter side becomes `size / crop` pixels, rounded down, of
 * which the middle `size` remain.
 *
 * @throws Error if an option is not allowed.
 */
export function resizeAndCrop(image: Image, { size, crop = 1, method }: ResizeOptions = {}): Image {
  if (!(crop > 0 && crop <= 1)) {
    throw new Error(`A crop of ${crop} is not allowed. Give a fraction greater than 0, at most 1.`);
  }
  if (size === undefined) return image;
  const [height, width] = typeof size === 'number' ? [size, size] : size;
  requireSize([height, width]);
  const least = [Math.floor(height / crop), Math.floor(width / crop)] as const;
  const scaled = resample(image, cover(image, least), method);
  return cut(scaled, centre(scaled, [height, width]), [height, width]);
}

/** The smallest size of a picture's proportions that covers another, rounded as in torchvision. */
export function cover(
  { width, height }: Image,
  [leastHeight, leastWidth]: HeightAndWidth,
): HeightAndWidth {
  if (leastHeight * width >= leastWidth * height) {
    return [leastHeight, Math.floor((leastHeight * width) / height)];
  }
  return [Math.floor((leastWidth * height) / width), leastWidth];
}

/** The upper left corner of a picture's middle, which torchvision rounds to an even number. */
export function centre(image: Image, [height, width]: HeightAndWidth): [top: number, left: number] {
  return [half(image.height - height), half(image.width - width)];
}

function half(rest: number): number {
  return rest % 2 === 0 ? rest / 2 : 2 * Math.round(rest / 4);
}

/** The part of a picture whose upper left corner is at `top`, `left`. */
export function cut(
  { width: stride, data }: Image,
  [top, left]: readonly [top: number, left: number],
  [height, width]: HeightAndWidth,
): Image {
  const part = new Uint8Array(height * width * 3);
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * stride + left) * 3;
    part.set(data.subarray(start, start + width * 3), y * width * 3);
  }
  return { width, height, data: part };
}

/** @throws Error if these are not whole numbers of pixels. */
export function requireSize([height, width]: HeightAndWidth): void {
  if ([height, width].every((side) => Number.isInteger(side) && side >= 1)) return;
  throw new Error(
    `A size of ${height} × ${width} pixels is not allowed. Give whole numbers of at least 1.`,
  );
}
