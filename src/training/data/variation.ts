/** How pictures are varied from epoch to epoch. */
export interface Augmentation {
  /** Mirrors half of them, left and right. */
  readonly flip: boolean;
  /** Moves each by up to so many pixels; what comes in from outside is grey. */
  readonly shift: number;
  /**
   * Takes a random part of each, of at least this fraction of its area, its width from 3/4 to 4/3 of
   * its height, and scales it to the whole size; 0.08 is what Szegedy et al. (2014, arXiv 1409.4842,
   * Section 6) trained GoogLeNet with. Default: the whole picture, or of a file its centre.
   */
  readonly smallestCrop?: number;
}

/** How one picture is varied. */
export interface Variation {
  readonly isFlipped: boolean;
  /** Pixels. */
  readonly down: number;
  readonly right: number;
  readonly crop?: Crop;
}

/** A part of a picture, whatever its size is. */
export interface Crop {
  /** A fraction of the picture's area. */
  readonly area: number;
  /** Its width by its height. */
  readonly aspect: number;
  /** Fractions of the rest: how much of it lies above, and how much to the left. */
  readonly top: number;
  readonly left: number;
}

export const still: Variation = { isFlipped: false, down: 0, right: 0 };

export const mirror: Variation = { ...still, isFlipped: true };

/** Draws how one picture is varied. */
export function vary({ flip, shift, smallestCrop }: Augmentation, random: () => number): Variation {
  const offset = () => Math.floor(random() * (2 * shift + 1)) - shift;
  const variation = { isFlipped: flip && random() < 0.5, down: offset(), right: offset() };
  if (smallestCrop === undefined) return variation;
  const crop = {
    area: smallestCrop + random() * (1 - smallestCrop),
    aspect: Math.exp((2 * random() - 1) * Math.log(4 / 3)),
    top: random(),
    left: random(),
  };
  return { ...variation, crop };
}

/** A rectangle of pixels. */
export interface Region {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** The pixels of a part of a picture of this size; a side that is too long is cut to the picture's. */
export function regionOf(crop: Crop, size: { height: number; width: number }): Region {
  const area = crop.area * size.height * size.width;
  const side = (length: number, most: number) => Math.min(most, Math.max(1, Math.round(length)));
  const height = side(Math.sqrt(area / crop.aspect), size.height);
  const width = side(Math.sqrt(area * crop.aspect), size.width);
  const offset = (fraction: number, rest: number) => Math.floor(fraction * (rest + 1));
  return {
    top: offset(crop.top, size.height - height),
    left: offset(crop.left, size.width - width),
    height,
    width,
  };
}
