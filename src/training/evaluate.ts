import { tf } from '../backends/tf.js';
import { classProbabilities } from '../models/predict.js';
import { requireCropCount, type CropCount } from '../models/pictures/views.js';
import { evaluationBatches } from './data/batches.js';
import type { Dataset, Split } from './data/dataset.js';

/** Fractions, from 0 to 1. */
export interface Errors {
  /** How often the first guess is wrong. */
  readonly top1: number;
  /** How often the class is not among the first five. */
  readonly top5: number;
}

export interface EvaluateOptions {
  /** How many crops of each picture a network sees: 1, 10, 12 or 144, as `crops` takes them. Default: 1. */
  readonly crops?: CropCount;
  /** Which pictures. Default: those to test with. */
  readonly split?: Split;
  /** How many pictures or crops a network sees at once. Default: 100. */
  readonly batchSize?: number;
}

/**
 * How often a network is wrong on a set of pictures; or an ensemble of networks. The probabilities
 * of all networks and crops are averaged (Szegedy et al. 2016, Tables 2 to 5).
 *
 * @param models from `[batch, height, width, channels]` to logits or probabilities `[batch, classes]`
 * @throws Error if there are no so many crops, if pictures that are not square are to be cropped, or
 *   a model's output is no probabilities or logits.
 */
export async function evaluate(
  models: tf.LayersModel | readonly tf.LayersModel[],
  data: Dataset,
  options: EvaluateOptions = {},
): Promise<Errors> {
  const { split = data.test } = options;
  return errorsOf(await averagedProbabilities(models, data, options), split.labels);
}

/**
 * What a network, or an ensemble, says of each picture: the mean over all networks and crops.
 *
 * @returns a row for each picture, a probability for each class
 */
export async function averagedProbabilities(
  models: tf.LayersModel | readonly tf.LayersModel[],
  data: Dataset,
  { crops = 1, split = data.test, batchSize = 100 }: EvaluateOptions = {},
): Promise<number[][]> {
  const ensemble = models instanceof Array ? models : [models];
  requireCropCount(crops);
  if (crops > 1 && data.height !== data.width) {
    throw new Error(
      `The pictures of ${data.name} are ${data.height} × ${data.width}, but crops are square.`,
    );
  }
  const pictures = Math.max(1, Math.floor(batchSize / crops));
  const all: number[][] = [];
  for await (const batch of evaluationBatches(split, data, { batchSize: pictures, crops })) {
    const probabilities = tf.tidy(() => {
      const shape = [batch.count * crops, data.height, data.width, data.channels] as const;
      const input = tf.tensor4d(batch.images, [...shape]);
      const outputs = ensemble.map((model) => classProbabilities(model, input, batchSize));
      const sum = tf.addN(outputs).reshape([batch.count, crops, -1]).sum<tf.Tensor2D>(1);
      return sum.div<tf.Tensor2D>(crops * ensemble.length);
    });
    all.push(...(await probabilities.array()));
    probabilities.dispose();
  }
  return all;
}

/** How often the most probable class, or all of the five most probable ones, are wrong. */
export function errorsOf(
  probabilities: readonly (readonly number[])[],
  labels: ArrayLike<number>,
): Errors {
  const ranks = probabilities.map((row, i) => rankOf(labels[i] ?? 0, row));
  const from = (rank: number) => ranks.filter((own) => own >= rank).length / ranks.length;
  return { top1: from(1), top5: from(5) };
}

/** How many classes come before it; of those alike, the first does. What is no number comes last. */
function rankOf(label: number, scores: readonly number[]): number {
  const own = scores[label] ?? NaN;
  if (Number.isNaN(own)) return Infinity;
  return scores.filter((score, i) => !(score < own) && (score !== own || i < label)).length;
}
