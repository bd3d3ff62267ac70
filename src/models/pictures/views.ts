import type { Image } from './read-image.js';
import { resample } from './resample.js';
import { centre, cover, cut, requireSize } from './resize.js';

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

/** @throws Error that lists how many crops there can be, if these are not so many. */
export function requireCropCount(count: CropCount): void {
  if (Object.hasOwn(views, count)) return;
  throw new Error(
    `There are no ${String(count)} crops of a picture. Choose one of: ${cropCounts.join(', ')}.`,
  );
}

/**
 * The crops of a picture that are upright; their mirror images are crops too, save for a single one.
 *
 * @throws Error if there are no so many crops, or the size is not allowed.
 */
export function uprightCrops(image: Image, count: CropCount, size: number): Image[] {
  requireCropCount(count);
  requireSize([size, size]);
  return views[count](image, size);
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
