import type { tf } from '../../backends/tf.js';
import { shapeOf } from './layout.js';
import { modelWeights, type ModelWeight } from './model-weights.js';
import { writeSafetensors, type TensorSource } from './write-safetensors.js';

/**
 * Saves a model's weights, moving averages included, as float32 in the safetensors format, each
 * under its layer's name and its own: `stem/conv1/kernel`, `stem/conv1/batchNorm/moving_mean`.
 *
 * At every moment the file is the old one or the new one, whole.
 *
 * @throws Error that names the file and says why it cannot be written.
 */
export async function saveWeights(model: tf.LayersModel, path: string): Promise<void> {
  await writeSafetensors(path, modelWeights(model).map(asSource));
}

function asSource({ name, variable }: ModelWeight): TensorSource {
  return {
    name,
    shape: shapeOf(variable),
    read: () => variable.read().data<'float32'>(),
  };
}
