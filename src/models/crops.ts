import { tf } from '../backends/tf.js';
import { imageBatch, type Image } from './images.js';
import { resample } from './resample.js';
import { centre, cover, cut, requireSize } from './resize.js';

export interface CropsOptions {
  /** How many: 1 (the centre), 10, 12 or 144. */
  readonly count: CropCount;
  /** Pixels a side of a crop. Default: 299. */
  readonly size?: number;
}

/** What the picture's shorter side is scaled to for crops of 224 pixels; others in proportion. */
const shorterSides = [256, 288, 320, 352] as const;

type Views = (image: Image, size: number) => Image[];

const views = {
  1: (image, size) => [centralSquare(scaleTo(image, 256, size), size)],
  10: fiveCrops,
  12: (image, size) => [...fiveCrops(image, size), resample(image, [size, size])],
  144: (image, size) => shorterSides.flatMap((side) => eighteenCrops(image, side, size)),
} as const satisfies Record<number, Views>;

export type CropCount = keyof typeof views;

export const cropCounts = Object.keys(views).map(Number) as CropCount[];

/**
 * Several views of one picture, whose predictions are averaged to evaluate a network:
 *
 * - 1: of the picture scaled to a shorter side of 256, the centre.
 * - 10: of the central square of 256, the four corners and the centre, and the mirror images
 *   (Krizhevsky et al. 2012, "ImageNet Classification with Deep Convolutional Neural Networks",
 *   Section 4.1).
 * - 12: these, and the whole picture squeezed to the size, and its mirror image. The papers of
 *   Inception-v3 and v4 count 12 crops and do not say which; GoogLeNet's of one square are 12 so.
 * - 144: of the picture scaled to shorter sides of 256, 288, 320 and 352, three squares (left,
 *   centre and right, or top, centre and bottom); of each the four corners, the centre and the
 *   square itself, scaled; and the mirror images (Szegedy et al. 2014, arXiv 1409.4842, Section 7).
 *
 * The sides are for crops of 224 pixels; for others they are in proportion, rounded down: 341, 384,
 * 427 and 469 for 299 pixels. The first half of the batch is upright, corners from left to right
 * and top to bottom, then the centre, then what is scaled; the second half mirrors it in order.
 *
 * @returns `[count, size, size, 3]`, pixels in [−1, 1]
 * @throws Error if there are no so many crops, or the size is not allowed.
 */
export function crops(image: Image, { count, size = 299 }: CropsOptions): tf.Tensor4D {
  if (!Object.hasOwn(views, count)) {
    throw new Error(
      `There are no ${String(count)} crops of a picture. Choose one of: ${cropCounts.join(', ')}.`,
    );
  }
  requireSize([size, size]);
  const upright = views[count](image, size);
  return tf.tidy(() => {
    const batch = imageBatch(upright, [size, size]);
    return count === 1 ? batch : tf.concat([batch, batch.reverse(2)]);
  });
}

/** The four corners and the centre of the central square. */
function fiveCrops(image: Image, size: number): Image[] {
  return cornersAndCentre(centralSquare(scaleTo(image, 256, size)), size);
}

/** Three squares, from the left or the top, and six crops of each. */
function eighteenCrops(image: Image, shorterSide: number, size: number): Image[] {
  const scaled = scaleTo(image, shorterSide, size);
  const side = Math.min(scaled.width, scaled.height);
  const corners = [
    [0, 0],
    centre(scaled, [side, side]),
    [scaled.height - side, scaled.width - side],
  ] as const;
  return corners.flatMap((corner) => {
    const square = cut(scaled, corner, [side, side]);
    return [...cornersAndCentre(square, size), resample(square, [size, size])];
  });
}

function cornersAndCentre(square: Image, size: number): Image[] {
  const rest = square.width - size;
  const corners = [
    [0, 0],
    [0, rest],
    [rest, 0],
    [rest, rest],
    centre(square, [size, size]),
  ] as const;
  return corners.map((corner) => cut(square, corner, [size, size]));
}

/** Scales the shorter side, which is given for crops of 224 pixels. */
function scaleTo(image: Image, shorterSide: number, size: number): Image {
  const side = Math.floor((shorterSide * size) / 224);
  return resample(image, cover(image, [side, side]));
}

function centralSquare(image: Image, side = Math.min(image.width, image.height)): Image {
  return cut(image, centre(image, [side, side]), [side, side]);
}
