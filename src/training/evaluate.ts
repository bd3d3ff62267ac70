import { tf } from '../backends/tf.js';
import { evaluationBatches } from './data/batches.js';
import type { Dataset, Split } from './data/dataset.js';

/** Fractions, from 0 to 1. */
export interface Errors {
  /** How often the first guess is wrong. */
  readonly top1: number;
  /** How often the class is not among the first five. */
  readonly top5: number;
}

/**
 * How often a network is wrong on a set of pictures.
 *
 * @param model from `[batch, height, width, channels]` to logits or probabilities `[batch, classes]`
 */
export async function evaluate(
  model: tf.LayersModel,
  data: Dataset,
  { split = data.test, batchSize = 100 }: { split?: Split; batchSize?: number } = {},
): Promise<Errors> {
  const wrong = { top1: 0, top5: 0 };
  for (const { images, labels, count } of evaluationBatches(split, data, batchSize)) {
    const scores = tf.tidy(() => {
      const input = tf.tensor4d(images, [count, data.height, data.width, data.channels]);
      const outputs = model.predict(input);
      const [first] = Array.isArray(outputs) ? outputs : [outputs];
      if (!first) throw new Error(`The model "${model.name}" has no output.`);
      return first;
    });
    const values = (await scores.array()) as number[][];
    scores.dispose();
    for (const [i, row] of values.entries()) {
      const rank = rankOf(labels[i] ?? 0, row);
      if (rank >= 1) wrong.top1++;
      if (rank >= 5) wrong.top5++;
    }
  }
  return { top1: wrong.top1 / split.count, top5: wrong.top5 / split.count };
}

/** How many classes are thought likelier; what is no number is wrong in any case. */
function rankOf(label: number, scores: readonly number[]): number {
  const own = scores[label] ?? NaN;
  return Number.isNaN(own) ? Infinity : scores.filter((score) => !(score <= own)).length;
}
