import { tf } from '../backends/tf.js';
import { useBackend } from '../backends/node/use-backend.js';
import { crops } from '../models/crops.js';
import type { CropCount } from '../models/views.js';
import { preprocess } from '../models/images.js';
import { readImage } from '../models/read-image.js';
import { networks, parseNetworkName, type NetworkName } from '../models/networks.js';
import { predict, type Prediction } from '../models/predict.js';
import { loadWeights, type WeightsOrigin } from '../models/weights/load-weights.js';
import { openSafetensors } from '../models/weights/safetensors.js';

/** Whose files of weights the command reads. */
export const origins = ['timm', 'keras', 'inception-lab'] as const satisfies WeightsOrigin[];

export interface PredictFlags {
  readonly variant?: string;
  readonly from: WeightsOrigin;
  readonly top: number;
  readonly crops: CropCount;
}

/** The variants that published weights belong to. */
const publishedVariants: Readonly<Record<WeightsOrigin, Partial<Record<NetworkName, string>>>> = {
  timm: {
    'inception-v4': 'slim',
    'inception-resnet-v2': 'slim',
    'inception-v3': 'torchvision',
  },
  keras: { 'inception-resnet-v2': 'slim', 'inception-v3': 'slim' },
  'inception-lab': {},
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
  const network = parseNetworkName(name);
  // Before the network is built, which takes longer.
  const image = await readImage(picture);
  const fromKeras = from === 'keras';
  const auxiliary = !fromKeras && (await hasAuxiliary(weights));

  await useBackend();
  const model = networks[network]({
    variant: (variant ?? publishedVariants[from][network]) as never,
    auxiliary,
    batchNormScale: !fromKeras,
  });
  await loadWeights(model, weights, { from });
  const [, size = NaN] = model.inputs[0]?.shape.map(Number) ?? [];
  const batch =
    count === 1
      ? preprocess(image, { size, crop: cropFractions[network] ?? 0.875 })
      : crops(image, { count, size });
  console.log(formatPredictions(await predict(model, batch, { top })));
  tf.dispose(batch);
  model.dispose();
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
