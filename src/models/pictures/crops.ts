import { tf } from '../../backends/tf.js';
import { imageBatch } from './images.js';
import type { Image } from './read-image.js';
import { uprightCrops, type CropCount } from './views.js';

export interface CropsOptions {
  /** How many: 1 (the centre), 10, 12 or 144. */
  readonly count: CropCount;
  /** Pixels a side of a crop. Default: 299. */
  readonly size?: number;
}

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
  const upright = uprightCrops(image, count, size);
  return tf.tidy(() => {
    const batch = imageBatch(upright, [size, size]);
    return count === 1 ? batch : tf.concat([batch, batch.reverse(2)]);
  });
}
