import { courseFile } from '#platform';
import type { tf } from '../backends/tf.js';
import { loadWeights } from '../models/weights/load-weights.js';
import { publishedTraining } from '../training/config.js';
import { sources } from '../training/data/sources.js';
import { buildModel, parseRecipe, type Recipe } from '../training/recipe.js';
import { courseFiles } from './course-files.js';
import { readCourseText } from './read-course-file.js';

/** In what the course's trained networks differ: what they know, and how well. */
export const trainedNetworkNames = ['fashion-mnist', 'fashion-mnist-deep', 'cifar10'] as const;

export type TrainedNetworkName = (typeof trainedNetworkNames)[number];

/**
 * A network that was trained for the course: `'fashion-mnist'` and `'fashion-mnist-deep'`, which errs
 * less, know the ten classes of Fashion-MNIST; `'cifar10'` knows those of CIFAR-10, in colour.
 * `weights/README.md` says how they were trained, and how well they do.
 *
 * @returns a model from `[batch, 28, 28, 1]`, or `[batch, 32, 32, 3]` in colour, in [−1, 1] to logits
 *   `[batch, 10]`
 * @throws Error that lists the names, if there is no such network.
 */
export async function loadTrainedNetwork(
  name: TrainedNetworkName = 'fashion-mnist',
): Promise<tf.LayersModel> {
  const { data, network, training } = await loadTrainedRecipe(name);
  const { seed = publishedTraining.seed } = training;
  const pictures = sources[data.name as keyof typeof sources];
  const model = buildModel(network, pictures, seed);
  await loadWeights(model, courseFile(courseFiles[`${name}.safetensors`]));
  return model;
}

/**
 * How a network of the course was trained, and what it was measured to err.
 *
 * @throws Error that lists the names, if there is no such network.
 */
export async function loadTrainedRecipe(
  name: TrainedNetworkName = 'fashion-mnist',
): Promise<Recipe> {
  if (!trainedNetworkNames.includes(name)) {
    throw new Error(
      `The course has no trained network "${name}". Choose one of: ${trainedNetworkNames.join(', ')}.`,
    );
  }
  return parseRecipe(await readCourseText(courseFiles[`${name}.json`]));
}
