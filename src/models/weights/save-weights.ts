import type { tf } from '../../backends/tf.js';
import { shapeOf } from './layout.js';
import { modelWeights, type ModelWeight } from './model-weights.js';
import { safetensorsChunks, writeSafetensors, type TensorSource } from './write-safetensors.js';

/**
 * Saves a model's weights, moving averages included, as float32 in the safetensors format, each
 * under its layer's name and its own: `stem/conv1/kernel`, `stem/conv1/batchNorm/moving_mean`.
 *
 * At every moment the file is the old one or the new one, whole. A browser keeps it under that name,
 * for `loadWeights`. Without a path, the file's bytes are given.
 *
 * @throws Error that names the file and says why it cannot be written.
 */
export async function saveWeights(model: tf.LayersModel, path: string): Promise<void>;
export async function saveWeights(model: tf.LayersModel): Promise<Uint8Array>;
export async function saveWeights(model: tf.LayersModel, path?: string): Promise<unknown> {
  const tensors = modelWeights(model).map(asSource);
  return path === undefined ? bytesOf(tensors) : writeSafetensors(path, tensors);
}

async function bytesOf(tensors: readonly TensorSource[]): Promise<Uint8Array> {
  const parts: BlobPart[] = [];
  for await (const chunk of safetensorsChunks(tensors)) parts.push(new Uint8Array(chunk));
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function asSource({ name, variable }: ModelWeight): TensorSource {
  return {
    name,
    shape: shapeOf(variable),
    read: () => variable.read().data<'float32'>(),
  };
}
