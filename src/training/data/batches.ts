import { inThreads } from '#platform';
import type { CropCount } from '../../models/pictures/views.js';
import type { Work } from '../../platform/platform.js';
import { randomNumbers, shuffle } from '../random.js';
import type { PictureSize, Split } from './dataset.js';
import { makePictures, type PictureJob } from './pictures.js';
import { vary, type Augmentation } from './variation.js';

export interface BatchOptions {
  readonly batchSize: number;
  /** The same seed and epoch give the same batches, on every machine. */
  readonly seed: number;
  readonly epoch: number;
  readonly augmentation: Augmentation;
}

export interface Batch {
  /** `views · height · width · channels` numbers in [−1, 1]. */
  readonly images: Float32Array;
  readonly labels: Int32Array;
  /** How many pictures. */
  readonly count: number;
}

/**
 * A training set's batches for one epoch: every picture at most once, shuffled and varied. Pictures
 * that fill no batch are left out, since batch normalization learns from whole ones.
 *
 * @throws Error that names the file that cannot be read as a picture.
 */
export async function* trainingBatches(
  split: Split,
  size: PictureSize,
  { batchSize, seed, epoch, augmentation }: BatchOptions,
): AsyncGenerator<Batch, undefined> {
  const random = randomNumbers('batches', seed, epoch);
  const order = shuffle(split.count, random);
  const chosen = portions(order.subarray(0, split.count - (split.count % batchSize)), batchSize);
  yield* batchesOf(split, chosen, (indices) => ({
    images: pick(split, indices),
    size: sizeOf(size),
    views: Array.from(indices, () => vary(augmentation, random)),
  }));
}

/** A set's batches as they are, all pictures in their order, or several crops of each. */
export async function* evaluationBatches(
  split: Split,
  size: PictureSize,
  { batchSize, crops = 1 }: { readonly batchSize: number; readonly crops?: CropCount },
): AsyncGenerator<Batch, undefined> {
  const all = Uint32Array.from({ length: split.count }, (_, i) => i);
  yield* batchesOf(split, portions(all, batchSize), (indices) => ({
    images: pick(split, indices),
    size: sizeOf(size),
    views: crops,
  }));
}

/** Nothing else: a job is copied to its thread, and a data set is a size with all of its pictures. */
function sizeOf({ height, width, channels }: PictureSize): PictureSize {
  return { height, width, channels };
}

function portions(order: Uint32Array, size: number): Uint32Array[] {
  const count = Math.ceil(order.length / size);
  return Array.from({ length: count }, (_, i) => order.subarray(i * size, (i + 1) * size));
}

const pictureWork: Work<PictureJob, Float32Array> = {
  module: 'training/data/pictures.js',
  name: 'makePictures',
  run: makePictures,
};

async function* batchesOf(
  { labels }: Split,
  portions: readonly Uint32Array[],
  jobOf: (indices: Uint32Array) => PictureJob,
): AsyncGenerator<Batch, undefined> {
  // Jobs are made when a thread is free for them: their pictures' bytes need not lie in memory before.
  const jobs = (function* () {
    for (const indices of portions) yield jobOf(indices);
  })();
  let i = 0;
  for await (const images of inThreads(pictureWork, jobs)) {
    const indices = portions[i++] ?? new Uint32Array();
    const own = Int32Array.from(indices, (index) => labels[index] ?? 0);
    yield { images, labels: own, count: indices.length };
  }
}

/** Some pictures' bytes, or their paths. */
function pick({ images, count }: Split, indices: Uint32Array): Uint8Array | string[] {
  if (!(images instanceof Uint8Array)) return Array.from(indices, (index) => images[index] ?? '');
  const length = images.length / count;
  const picked = new Uint8Array(indices.length * length);
  for (const [i, index] of indices.entries()) {
    picked.set(images.subarray(index * length, (index + 1) * length), i * length);
  }
  return picked;
}
