import { courseFile } from '#platform';
import type { tf } from '../backends/tf.js';
import { loadWeights } from '../models/weights/load-weights.js';
import { publishedTraining } from '../training/config.js';
import { buildModel, parseRecipe } from '../training/recipe.js';
import { clothesClasses } from './clothes.js';
import { courseFiles } from './course-files.js';
import { readCourseText } from './read-course-file.js';

/**
 * The course's trained network: a small Inception-ResNet-v1 that knows the ten classes of
 * Fashion-MNIST; `weights/README.md` says how it was trained, and how well it does.
 *
 * @returns a model from `[batch, 28, 28, 1]` in [−1, 1] to logits `[batch, 10]`
 */
export async function loadTrainedNetwork(): Promise<tf.LayersModel> {
  const recipe = parseRecipe(await readCourseText(courseFiles['fashion-mnist.json']));
  const { seed = publishedTraining.seed } = recipe.training;
  const pictures = { height: 28, width: 28, channels: 1, classes: clothesClasses };
  const model = buildModel(recipe.network, pictures, seed);
  await loadWeights(model, courseFile(courseFiles['fashion-mnist.safetensors']));
  return model;
}
