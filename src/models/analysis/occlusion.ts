import { tf } from '../../backends/tf.js';
import { chooseClass, classScores, type Score } from './class-scores.js';
import { batchOfOne, type OneImage } from './one-image.js';
import { requireWhole } from './require-option.js';
import { valuesOf } from './values-of.js';

export interface OcclusionOptions {
  /** Its place among the model's outputs, from 0. Default: the most probable class. */
  readonly class?: number;
  /** The side of the square that is covered, in pixels. Default: a sixth of the image's shorter side. */
  readonly size?: number;
  /** How many pixels lie between two squares. Default: half of `size`. */
  readonly stride?: number;
  /** What the square is painted with, in [−1, 1]. Default: 0, grey. */
  readonly value?: number;
  /** Whether a fraction drops, or a logit. Default: `'probability'` */
  readonly score?: Score;
  /** How many covered images the network sees at once. Default: 8. */
  readonly batchSize?: number;
}

/** Rows or columns, from the first to before the last. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * How much a class's score drops when a square of the image is covered, for squares all over it:
 * what is needed to see the class. Below zero, covering helps it. (M. Zeiler, R. Fergus, "Visualizing
 * and Understanding Convolutional Networks", ECCV 2014, Section 4.2.)
 *
 * The image is divided evenly, into cells of about `stride` pixels; each square is centred on a
 * cell, and cut off where it reaches over the edge. So the map lies over the image as it is.
 *
 * @param image a picture in the network's size, or a batch `[1, height, width, channels]`
 * @returns `map[row][column]`, a number a square
 * @throws Error if the image does not fit the model, if the model tells no classes or not this one,
 *   or if an option is not allowed.
 */
export async function occlusion(
  model: tf.LayersModel,
  image: OneImage,
  options: OcclusionOptions = {},
): Promise<number[][]> {
  const { class: wanted, value = 0, score = 'probability', batchSize = 8 } = options;
  const batch = batchOfOne(model, image);
  try {
    const [, height, width] = batch.shape;
    const { size = Math.max(1, Math.round(Math.min(height, width) / 6)) } = options;
    const { stride = Math.max(1, Math.round(size / 2)) } = options;
    for (const [name, number] of Object.entries({ size, stride, batchSize })) {
      requireWhole(name, number, 1);
    }
    const chosen = await chooseClass(model, batch, wanted);
    const columns = spans(width, size, stride);
    const squares = spans(height, size, stride).flatMap((rows) =>
      columns.map((across) => [rows, across] as const),
    );
    const scores = (images: tf.Tensor4D) => valuesOf(classScores(model, images, chosen, score));
    const [whole = NaN] = await scores(batch);
    const drops: number[] = [];
    for (let at = 0; at < squares.length; at += batchSize) {
      const covered = tf.tidy(() =>
        tf.concat(
          squares
            .slice(at, at + batchSize)
            .map(([rows, across]) => cover(batch, rows, across, value)),
        ),
      );
      drops.push(...(await scores(covered)).map((left) => whole - left));
      covered.dispose();
    }
    return Array.from({ length: drops.length / columns.length }, (_, row) =>
      drops.slice(row * columns.length, (row + 1) * columns.length),
    );
  } finally {
    batch.dispose();
  }
}

function spans(length: number, size: number, stride: number): Span[] {
  const count = Math.ceil(length / stride);
  return Array.from({ length: count }, (_, i) => {
    const start = Math.round(((i + 0.5) * length) / count - size / 2);
    return { from: Math.max(start, 0), to: Math.min(start + size, length) };
  });
}

function cover(batch: tf.Tensor4D, rows: Span, columns: Span, value: number): tf.Tensor4D {
  const [, height, width] = batch.shape;
  const square = tf.zeros<tf.Rank.R4>([1, rows.to - rows.from, columns.to - columns.from, 1]);
  const keep = tf.pad(
    square,
    [
      [0, 0],
      [rows.from, height - rows.to],
      [columns.from, width - columns.to],
      [0, 0],
    ],
    1,
  );
  return batch.mul(keep).add(tf.sub(1, keep).mul(value));
}
