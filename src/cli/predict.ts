import { tf } from '../backends/tf.js';
import { useBackend } from '../backends/node/use-backend.js';
import { crops } from '../models/pictures/crops.js';
import type { CropCount } from '../models/pictures/views.js';
import { preprocess } from '../models/pictures/images.js';
import { readImage } from '../models/pictures/read-image.js';
import { predict, type Prediction } from '../models/predict.js';
import { modelArgument, pictureSize, weightsAndPicture } from './model-argument.js';

export interface PredictFlags {
  readonly top: number;
  readonly crops: CropCount;
  readonly input?: [height: number, width: number, channels: number];
}

/**
 * Prints the classes that a network with weights from a file finds most probable for a picture.
 *
 * @param name of a network, or the path of a recipe or of a `model.json`
 * @throws Error if there is no such network, a file cannot be read, or the weights do not
 *   fit the network.
 */
export async function printPrediction(
  name: string,
  first: string,
  second: string | undefined,
  { top, crops: count, ...flags }: PredictFlags,
): Promise<void> {
  const [weights, picture] = await weightsAndPicture(name, first, second);
  // Before the network is built, which takes longer.
  const image = await readImage(picture);

  await useBackend();
  const argument = await modelArgument(name, { ...flags, weights });
  const { model, crop, labels } = argument;
  const [height, width] = pictureSize(argument);
  if (count > 1 && height !== width) {
    throw new Error(
      `${model.name} takes ${height} × ${width}, but crops are square: give --crops 1.`,
    );
  }
  const batch =
    count === 1
      ? preprocess(image, { size: [height, width], crop })
      : crops(image, { count, size: width });
  console.log(formatPredictions(await predict(model, batch, { top, ...(labels && { labels }) })));
  tf.dispose(batch);
  model.dispose();
}

/** ` 87.31 %  golden retriever`, a line a class. */
function formatPredictions(predictions: readonly Prediction[]): string {
  return predictions
    .map(({ label, probability }) => `${(100 * probability).toFixed(2).padStart(6)} %  ${label}`)
    .join('\n');
}
