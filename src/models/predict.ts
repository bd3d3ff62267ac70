import { tf } from '../backends/tf.js';
import { requireClassifier } from './analysis/class-scores.js';
import { imagenetClasses } from './imagenet-classes.js';
import { inColoursOf, preprocess } from './pictures/images.js';
import { normalized } from './pictures/normalization.js';
import type { Image } from './pictures/read-image.js';

export interface PredictOptions {
  /** How many classes, the most probable ones. Default: 5. */
  readonly top?: number;
  /** A name for each class. Default: ImageNet's for 1000 classes, for others their indices. */
  readonly labels?: readonly string[];
}

export interface Prediction {
  readonly label: string;
  /** The class's place among the labels, from 0. */
  readonly index: number;
  /** A fraction, from 0 to 1. */
  readonly probability: number;
}

/** So many crops at once keep the memory of a full network below a gigabyte. */
const batchSize = 8;

/**
 * The classes that a network finds most probable.
 *
 * The probabilities of a batch, such as `crops` makes, are averaged. Whether the network's output is
 * probabilities already follows from its last layer's activation: after `'softmax'` or `'sigmoid'`
 * it is; `'linear'` leaves logits, to which softmax is applied. Of several outputs, the first counts.
 *
 * A network whose input has one channel sees the luma of what is in colour.
 *
 * TF-slim's networks have 1001 classes, of which the first is the background; without `labels` of
 * yours it is left out, and the probabilities of ImageNet's 1000 stay as they are.
 *
 * @param image a picture in the network's size, or a batch `[crops, height, width, 3]` in [−1, 1],
 *   which stays the caller's to dispose of
 * @returns the most probable class first
 * @throws Error if the image does not fit the network, the labels do not fit its classes, or its
 *   output is no `[batch, classes]` of probabilities or logits.
 */
export async function predict(
  model: tf.LayersModel,
  image: Image | tf.Tensor4D,
  { top = 5, labels }: PredictOptions = {},
): Promise<Prediction[]> {
  if (!Number.isInteger(top) || top < 1) {
    throw new Error(`top is ${top}. Give a whole number of at least 1.`);
  }
  const probabilities = await averageProbabilities(model, image);
  const named = leavesBackgroundOut(probabilities.length, labels)
    ? probabilities.slice(1)
    : probabilities;
  return nameClasses(named, labels)
    .sort((a, b) => b.probability - a.probability)
    .slice(0, top);
}

/** Whether `predict` leaves out the first class, so that class i is the network's i + 1. */
export function leavesBackgroundOut(classes: number, labels?: readonly string[]): boolean {
  return labels === undefined && classes === 1001;
}

async function averageProbabilities(
  model: tf.LayersModel,
  image: Image | tf.Tensor4D,
): Promise<Float32Array> {
  const average = tf.tidy(() => {
    const batch = image instanceof tf.Tensor ? image : preprocess(image);
    return classProbabilities(model, batch, batchSize).mean(0);
  });
  try {
    return (await average.data()) as Float32Array;
  } finally {
    average.dispose();
  }
}

/**
 * What a network says of each picture of a batch.
 *
 * @param batchSize how many pictures it sees at once
 * @returns `[batch, classes]`
 * @throws Error if the pictures do not fit the network, or its output is no probabilities or logits.
 */
export function classProbabilities(
  model: tf.LayersModel,
  batch: tf.Tensor4D,
  batchSize: number,
): tf.Tensor2D {
  const { activation } = requireClassifier(model);
  return tf.tidy(() => {
    const pictures = inColoursOf(model, batch);
    requireFit(model, pictures);
    const output = model.predict(normalized(model, pictures), { batchSize });
    const [first] = (Array.isArray(output) ? output : [output]) as [tf.Tensor2D];
    return activation === 'linear' ? tf.softmax(first) : first;
  });
}

/** @throws Error if the pictures of a batch do not have the size of the model's input, or if there are none. */
export function requireFit(model: tf.LayersModel, batch: tf.Tensor): void {
  const given = batch.shape.slice(1);
  const wanted = model.inputs[0]?.shape.slice(1) ?? [];
  const fits =
    given.length === wanted.length &&
    wanted.every((size, axis) => size === null || size === given[axis]);
  if (fits && batch.size > 0) return;
  throw new Error(
    `The model "${model.name}" takes images of [${wanted.join(', ')}], but this is a batch of ` +
      `[${batch.shape.join(', ')}]. Give preprocess or crops the size of the model's input.`,
  );
}

function nameClasses(
  probabilities: Float32Array,
  labels: readonly string[] | undefined,
): Prediction[] {
  const count = probabilities.length;
  if (labels !== undefined && labels.length !== count) {
    throw new Error(
      `${labels.length} labels do not fit ${count} classes. Give one for each class.`,
    );
  }
  const names = labels ?? (count === imagenetClasses.length ? imagenetClasses : []);
  return Array.from(probabilities, (probability, index) => ({
    label: names[index] ?? String(index),
    index,
    probability,
  }));
}
