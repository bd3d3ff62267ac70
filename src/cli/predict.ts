import { tf } from '../backends/tf.js';
import { useBackend } from '../backends/node/use-backend.js';
import { createNetwork } from '../models/create-network.js';
import { crops } from '../models/crops.js';
import type { CropCount } from '../models/views.js';
import { preprocess } from '../models/images.js';
import { readImage } from '../models/read-image.js';
import { parseNetworkName, type NetworkName } from '../models/networks.js';
import { predict, type Prediction } from '../models/predict.js';

export interface PredictFlags {
  readonly top: number;
  readonly crops: CropCount;
}

/** What timm's configurations call `crop_pct`, where it is not the usual 0.875. */
const cropFractions: Partial<Record<NetworkName, number>> = { 'inception-resnet-v2': 0.8975 };

/**
 * Prints the classes that a network with weights from a file finds most probable for a picture.
 *
 * @throws Error if there is no such network, a file cannot be read, or the weights do not
 *   fit the network.
 */
export async function printPrediction(
  name: string,
  weights: string,
  picture: string,
  { top, crops: count }: PredictFlags,
): Promise<void> {
  const network = parseNetworkName(name);
  // Before the network is built, which takes longer.
  const image = await readImage(picture);

  await useBackend();
  const model = await createNetwork(network, { weights, tell: console.error });
  const [, size = NaN] = model.inputs[0]?.shape.map(Number) ?? [];
  const batch =
    count === 1
      ? preprocess(image, { size, crop: cropFractions[network] ?? 0.875 })
      : crops(image, { count, size });
  console.log(formatPredictions(await predict(model, batch, { top })));
  tf.dispose(batch);
  model.dispose();
}

/** ` 87.31 %  golden retriever`, a line a class. */
function formatPredictions(predictions: readonly Prediction[]): string {
  return predictions
    .map(({ label, probability }) => `${(100 * probability).toFixed(2).padStart(6)} %  ${label}`)
    .join('\n');
}
