import { tf } from '../backends/tf.js';
import { useBackend } from '../backends/use-backend.js';
import { crops, type CropCount } from '../models/crops.js';
import { preprocess, readImage } from '../models/images.js';
import { networkNames, networks, type NetworkName } from '../models/networks.js';
import { predict, type Prediction } from '../models/predict.js';
import { loadWeights } from '../models/weights/load-weights.js';
import { openSafetensors } from '../models/weights/safetensors.js';

/** Whose safetensors files the command reads. */
export const safetensorsOrigins = ['timm', 'inception-lab'] as const;

export interface PredictFlags {
  readonly variant?: string;
  readonly from: (typeof safetensorsOrigins)[number];
  readonly top: number;
  readonly crops: CropCount;
}

/** The networks that published weights belong to. */
const publishedVariants: Partial<Record<NetworkName, string>> = {
  'inception-v4': 'slim',
  'inception-resnet-v2': 'slim',
  'inception-v3': 'torchvision',
};

/** What timm's configurations call `crop_pct`, where it is not the usual 0.875. */
const cropFractions: Partial<Record<NetworkName, number>> = { 'inception-resnet-v2': 0.8975 };

/**
 * Prints the classes that a network with weights from a file finds most probable for a picture.
 *
 * @throws Error if there is no such network or variant, a file cannot be read, or the weights do not
 *   fit the network.
 */
export async function printPrediction(
  name: string,
  weights: string,
  picture: string,
  { variant, from, top, crops: count }: PredictFlags,
): Promise<void> {
  if (!isNetwork(name)) {
    throw new Error(`There is no network "${name}". Choose one of: ${networkNames.join(', ')}.`);
  }
  // Before the network is built, which takes longer.
  const image = await readImage(picture);
  const auxiliary = await hasAuxiliary(weights);

  await useBackend();
  const options = { variant: (variant ?? publishedVariants[name]) as never, auxiliary };
  const model = networks[name](options);
  await loadWeights(model, weights, { from });
  const [, size = NaN] = model.inputs[0]?.shape.map(Number) ?? [];
  const batch =
    count === 1
      ? preprocess(image, { size, crop: cropFractions[name] ?? 0.875 })
      : crops(image, { count, size });
  console.log(formatPredictions(await predict(model, batch, { top })));
  tf.dispose(batch);
  model.dispose();
}

function isNetwork(name: string): name is NetworkName {
  return Object.hasOwn(networks, name);
}

/** torchvision's Inception-v3 was published with its auxiliary classifier, most others without. */
async function hasAuxiliary(weights: string): Promise<boolean> {
  const file = await openSafetensors(weights);
  await file.close();
  return [...file.tensors.keys()].some((name) => /^(AuxLogits\.|auxiliary\/)/.test(name));
}

/** ` 87.31 %  golden retriever`, a line a class. */
function formatPredictions(predictions: readonly Prediction[]): string {
  return predictions
    .map(({ label, probability }) => `${(100 * probability).toFixed(2).padStart(6)} %  ${label}`)
    .join('\n');
}
