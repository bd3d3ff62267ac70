import { replaceFile } from '#platform';
import type { tf } from '../../backends/tf.js';
import { joinChunks } from '../../platform/bytes.js';
import { onnxChunks } from './onnx-chunks.js';
import { translateModel } from './translate-model.js';
import { cannotWrite } from '../../platform/cannot-write.js';

/**
 * Writes a model as ONNX, for ONNX Runtime and others: operator set 17, weights in the file, a batch
 * of any size. Inputs and outputs are as the model's, `[batch, height, width, channels]`, and have
 * the names of their layers, as all nodes do; a feature map that is an output is called
 * `layer/channelsLast`. What only training does, such as dropout, is left out.
 *
 * Any of our networks can be written, and models of the same kinds of layers, nested or not. One
 * that `optimizeForInference` has made is written as it is; ONNX Runtime does the like by itself.
 *
 * At every moment the file is the old one or the new one, whole. Without a path, its bytes are given.
 *
 * @throws Error that names a layer that cannot be written, or the file and why it cannot.
 */
export async function exportOnnx(model: tf.LayersModel, path: string): Promise<void>;
export async function exportOnnx(model: tf.LayersModel): Promise<Uint8Array>;
export async function exportOnnx(model: tf.LayersModel, path?: string): Promise<unknown> {
  const graph = translateModel(model);
  try {
    const chunks = onnxChunks(graph);
    return await (path === undefined ? joinChunks(chunks) : replaceFile(path, chunks));
  } catch (error) {
    const what = path === undefined ? `the model "${model.name}" as ONNX` : `"${path}"`;
    throw cannotWrite(what, error);
  }
}
