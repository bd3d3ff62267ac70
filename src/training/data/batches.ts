import { randomNumbers, shuffle } from '../random.js';
import type { Dataset, Split } from './dataset.js';

/** How pictures are varied from epoch to epoch. */
export interface Augmentation {
  /** Mirrors half of them, left and right. */
  readonly flip: boolean;
  /** Moves each by up to so many pixels; what comes in from outside is grey. */
  readonly shift: number;
}

export interface BatchOptions {
  readonly batchSize: number;
  /** The same seed and epoch give the same batches, on every machine. */
  readonly seed: number;
  readonly epoch: number;
  readonly augmentation: Augmentation;
}

export interface Batch {
  /** `count · height · width · channels` numbers in [−1, 1]. */
  readonly images: Float32Array;
  readonly labels: Int32Array;
  readonly count: number;
}

type Size = Pick<Dataset, 'height' | 'width' | 'channels'>;

/**
 * A training set's batches for one epoch: every picture at most once, shuffled and varied. Pictures
 * that fill no batch are left out, since batch normalization learns from whole ones.
 */
export function* trainingBatches(
  split: Split,
  size: Size,
  { batchSize, seed, epoch, augmentation }: BatchOptions,
): Generator<Batch, undefined> {
  const random = randomNumbers('batches', seed, epoch);
  const order = shuffle(split.count, random);
  for (let start = 0; start + batchSize <= split.count; start += batchSize) {
    const chosen = order.subarray(start, start + batchSize);
    yield toBatch(split, size, chosen, () => vary(augmentation, random));
  }
}

/** A set's batches as they are, all pictures in their order. */
export function* evaluationBatches(
  split: Split,
  size: Size,
  batchSize: number,
): Generator<Batch, undefined> {
  for (let start = 0; start < split.count; start += batchSize) {
    const count = Math.min(batchSize, split.count - start);
    yield toBatch(
      split,
      size,
      Uint32Array.from({ length: count }, (_, i) => start + i),
      () => still,
    );
  }
}

/** How one picture is varied. */
interface Variation {
  readonly isFlipped: boolean;
  readonly down: number;
  readonly right: number;
}

const still: Variation = { isFlipped: false, down: 0, right: 0 };

function vary({ flip, shift }: Augmentation, random: () => number): Variation {
  const offset = () => Math.floor(random() * (2 * shift + 1)) - shift;
  return { isFlipped: flip && random() < 0.5, down: offset(), right: offset() };
}

function toBatch(
  { images, labels }: Split,
  size: Size,
  chosen: Uint32Array,
  variation: () => Variation,
): Batch {
  const length = size.height * size.width * size.channels;
  const batch = {
    images: new Float32Array(chosen.length * length),
    labels: Int32Array.from(chosen, (index) => labels[index] ?? 0),
    count: chosen.length,
  };
  for (const [i, index] of chosen.entries()) {
    const source = images.subarray(index * length, (index + 1) * length);
    const target = batch.images.subarray(i * length, (i + 1) * length);
    writePicture(source, target, size, variation());
  }
  return batch;
}

function writePicture(
  source: Uint8Array,
  target: Float32Array,
  { height, width, channels }: Size,
  { isFlipped, down, right }: Variation,
): void {
  for (let y = 0; y < height; y++) {
    const fromY = y - down;
    if (fromY < 0 || fromY >= height) continue;
    for (let x = 0; x < width; x++) {
      const fromX = (isFlipped ? width - 1 - x : x) - right;
      if (fromX < 0 || fromX >= width) continue;
      const from = (fromY * width + fromX) * channels;
      const to = (y * width + x) * channels;
      for (let c = 0; c < channels; c++) target[to + c] = (source[from + c] ?? 0) / 127.5 - 1;
    }
  }
}
