import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { tf } from '../backends/tf.js';
import { loadWeights } from '../models/weights/load-weights.js';
import { publishedTraining } from '../training/config.js';
import { buildModel, parseRecipe } from '../training/recipe.js';
import { clothesClasses } from './clothes.js';

const folder = new URL('../../weights/', import.meta.url);

/**
 * The course's trained network: a small Inception-ResNet-v1 that knows the ten classes of
 * Fashion-MNIST; `weights/README.md` says how it was trained, and how well it does.
 *
 * @returns a model from `[batch, 28, 28, 1]` in [−1, 1] to logits `[batch, 10]`
 */
export async function loadTrainedNetwork(): Promise<tf.LayersModel> {
  const recipe = parseRecipe(await readFile(new URL('fashion-mnist.json', folder), 'utf8'));
  const { seed = publishedTraining.seed } = recipe.training;
  const pictures = { height: 28, width: 28, channels: 1, classes: clothesClasses };
  const model = buildModel(recipe.network, pictures, seed);
  await loadWeights(model, fileURLToPath(new URL('fashion-mnist.safetensors', folder)));
  return model;
}
