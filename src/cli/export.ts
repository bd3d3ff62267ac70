import type { tf } from '../backends/tf.js';
import { useBackend } from '../backends/node/use-backend.js';
import { exportOnnx } from '../models/onnx/export-onnx.js';
import { saveWeights } from '../models/weights/save-weights.js';
import type { Format } from './export-formats.js';
import { modelArgument, requireWeights } from './model-argument.js';

const writers = {
  onnx: exportOnnx,
  timm: (model: tf.LayersModel, path: string) => saveWeights(model, path, { to: 'timm' }),
} as const satisfies Record<Format, (model: tf.LayersModel, path: string) => Promise<void>>;

export interface ExportFlags {
  readonly to: Format;
  readonly output: string;
  readonly input?: [height: number, width: number, channels: number];
}

/**
 * Writes a network with weights from a file for another program.
 *
 * @param name of a network, or the path of a recipe or of a `model.json`
 * @throws Error if there is no such network, a file cannot be read or written, or the
 *   weights do not fit the network.
 */
export async function exportNetwork(
  name: string,
  weights: string | undefined,
  { to, output, ...flags }: ExportFlags,
): Promise<void> {
  await requireWeights(name, weights);
  await useBackend();
  const { model } = await modelArgument(name, { ...flags, weights });
  await writers[to](model, output);
  console.log(`Wrote ${output}.`);
  model.dispose();
}
