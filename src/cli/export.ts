import type { tf } from '../backends/tf.js';
import { useBackend } from '../backends/node/use-backend.js';
import { createNetwork } from '../models/create-network.js';
import { parseNetworkName } from '../models/networks.js';
import { exportOnnx } from '../models/onnx/export-onnx.js';
import { saveWeights } from '../models/weights/save-weights.js';

const writers = {
  onnx: exportOnnx,
  timm: (model: tf.LayersModel, path: string) => saveWeights(model, path, { to: 'timm' }),
} as const;

/** What the command writes. */
export const formats = Object.keys(writers) as (keyof typeof writers)[];

export interface ExportFlags {
  readonly to: keyof typeof writers;
  readonly output: string;
  readonly input?: [height: number, width: number, channels: number];
}

/**
 * Writes a network with weights from a file for another program.
 *
 * @throws Error if there is no such network, a file cannot be read or written, or the
 *   weights do not fit the network.
 */
export async function exportNetwork(
  name: string,
  weights: string,
  { to, output, input }: ExportFlags,
): Promise<void> {
  const network = parseNetworkName(name);
  await useBackend();
  const model = await createNetwork(network, {
    ...{ weights, tell: console.error },
    ...(input === undefined ? {} : { inputShape: input }),
  });
  await writers[to](model, output);
  console.log(`${output} is written.`);
  model.dispose();
}
