import type { tf } from '../backends/tf.js';
import type { NetworkOptions } from '../models/network.js';
import { networks, type NetworkName } from '../models/networks.js';
import { loadWeights, type WeightsOrigin } from '../models/weights/load-weights.js';
import { hasAuxiliary } from '../models/weights/recognize.js';
import { openCheckpoint } from '../models/weights/sharded-safetensors.js';

/** Whose files of weights the commands read. */
export const origins = [
  'timm',
  'torchvision',
  'facenet-pytorch',
  'keras',
  'inception-lab',
] as const satisfies WeightsOrigin[];

/** The variants that published weights belong to. */
const publishedVariants: Readonly<Record<WeightsOrigin, Partial<Record<NetworkName, string>>>> = {
  timm: {
    'inception-v4': 'slim',
    'inception-resnet-v2': 'slim',
    'inception-v3': 'torchvision',
  },
  torchvision: { 'inception-v3': 'torchvision', googlenet: 'torchvision' },
  'facenet-pytorch': { 'inception-resnet-v1': 'facenet' },
  keras: { 'inception-resnet-v2': 'slim', 'inception-v3': 'slim' },
  'inception-lab': {},
};

export interface StoredNetworkOptions extends Pick<NetworkOptions, 'classes' | 'inputShape'> {
  readonly variant?: string | undefined;
  readonly from: WeightsOrigin;
}

/**
 * Builds the network that a file of weights is for, and loads them.
 *
 * @throws Error if there is no such variant, the file cannot be read, or does not fit the network.
 */
export async function storedNetwork(
  network: NetworkName,
  weights: string,
  { variant, from, ...options }: StoredNetworkOptions,
): Promise<tf.LayersModel> {
  const fromKeras = from === 'keras';
  // torchvision's Inception-v3 was published with its auxiliary classifier, most others without.
  const auxiliary = !fromKeras && hasAuxiliary(await tensorNames(weights));
  const model = networks[network]({
    variant: (variant ?? publishedVariants[from][network]) as never,
    auxiliary,
    batchNormScale: !fromKeras,
    ...options,
  });
  await loadWeights(model, weights, { from });
  return model;
}

async function tensorNames(weights: string): Promise<string[]> {
  const file = await openCheckpoint(weights);
  await file.close();
  return [...file.tensors.keys()];
}
