import { openBytes } from '#platform';
import { firstCharacters, zipStart, type OpenBytes } from '../../platform/bytes.js';
import { nameOf, type Source } from '../../platform/source.js';
import type { NetworkName } from '../network-names.js';
import { openKerasFile } from './keras/keras-file.js';
import { openCheckpoint } from './sharded-safetensors.js';
import type { WeightsFile, WeightsOrigin } from './weights-file.js';

/** What a file of weights is for, by its own names. */
export interface RecognizedWeights {
  readonly origin: WeightsOrigin;
  readonly network: NetworkName;
  /** The variant of ours whose weights they are. */
  readonly variant: string;
  /** Whether they have the auxiliary classifiers that our network has. */
  readonly auxiliary: boolean;
  /** Whether batch normalizations have a scale, gamma. */
  readonly batchNormScale: boolean;
  /** How many there are; of facenet's, the numbers that describe a face. None without a classifier. */
  readonly classes: number | undefined;
}

interface Kind extends Pick<RecognizedWeights, 'origin' | 'network' | 'variant'> {
  /** Tensors that all such files have, and no others have together. */
  readonly has: readonly string[];
  readonly hasNot?: readonly string[];
  /** Its classifier's kernel, and the axis of the classes there. */
  readonly classifier: readonly [name: string, axis: number];
}

const kinds: readonly Kind[] = [
  {
    ...{ origin: 'timm', network: 'inception-v4', variant: 'slim' },
    ...{ has: ['features.0.conv.weight', 'features.18.branch1.3.conv.weight'] },
    classifier: ['last_linear.weight', 0],
  },
  {
    ...{ origin: 'timm', network: 'inception-resnet-v2', variant: 'slim' },
    ...{ has: ['conv2d_1a.conv.weight', 'repeat.0.conv2d.weight'] },
    classifier: ['classif.weight', 0],
  },
  {
    ...{ origin: 'facenet-pytorch', network: 'inception-resnet-v1', variant: 'facenet' },
    ...{ has: ['conv2d_1a.conv.weight', 'repeat_3.0.conv2d.weight'] },
    classifier: ['last_linear.weight', 0],
  },
  {
    ...{ origin: 'timm', network: 'inception-v3', variant: 'torchvision' },
    ...{ has: ['Conv2d_1a_3x3.conv.weight', 'Mixed_7c.branch_pool.conv.weight'] },
    classifier: ['fc.weight', 0],
  },
  {
    ...{ origin: 'torchvision', network: 'googlenet', variant: 'torchvision' },
    ...{ has: ['conv1.conv.weight', 'inception5b.branch4.1.conv.weight'] },
    classifier: ['fc.weight', 0],
  },
  {
    ...{ origin: 'keras', network: 'inception-resnet-v2', variant: 'slim' },
    ...{ has: ['conv2d_1/kernel', 'block35_1_conv/kernel'] },
    classifier: ['predictions/kernel', 1],
  },
  {
    ...{ origin: 'keras', network: 'inception-v3', variant: 'slim' },
    ...{ has: ['conv2d_94/kernel'], hasNot: ['conv2d_95/kernel'] },
    classifier: ['predictions/kernel', 1],
  },
  // As Keras 3.0 to 3.5 wrote them: without names.
  {
    ...{ origin: 'keras', network: 'inception-resnet-v2', variant: 'slim' },
    ...{ has: ['conv2d#243/kernel'], hasNot: ['conv2d#244/kernel'] },
    classifier: ['dense#0/kernel', 1],
  },
  {
    ...{ origin: 'keras', network: 'inception-v3', variant: 'slim' },
    ...{ has: ['conv2d#93/kernel'], hasNot: ['conv2d#94/kernel'] },
    classifier: ['dense#0/kernel', 1],
  },
];

/** Networks of ours, by blocks that only they have; of several that fit, the first. */
const ownKinds: readonly Kind[] = (
  [
    ['inception-resnet-v2', 'slim', ['mixed5b/branch1/conv1/kernel']],
    [
      ...(['inception-resnet-v2', 'paper'] as const),
      ['inceptionResNetA1/linear/kernel', 'stem/split1/branch2/conv1/kernel'],
    ],
    [
      ...(['inception-resnet-v1', 'facenet'] as const),
      ['inceptionResNetA1/linear/kernel', 'head/embedding/kernel'],
    ],
    ['inception-resnet-v1', 'paper', ['inceptionResNetA1/linear/kernel']],
    [
      ...(['inception-v4', 'slim'] as const),
      ['stem/split1/branch2/conv1/kernel', 'inceptionA1/branch3/conv3/kernel'],
    ],
    [
      ...(['inception-v4', 'paper'] as const),
      ['stem/split1/branch2/conv1/kernel', 'inceptionA1/branch4/conv3/kernel'],
    ],
    ['inception-v3', 'slim', ['stem/conv5/kernel', 'inceptionA1/branch3/conv3/kernel']],
    ['googlenet', 'torchvision', ['inception3a/branch1/conv1/kernel', 'stem/conv1/batchNorm/beta']],
    ['googlenet', 'paper', ['inception3a/branch1/conv1/kernel']],
  ] as const
).map(([network, variant, has]) => ({
  ...{ origin: 'inception-lab', network, variant, has },
  classifier: ['head/logits/kernel', 1],
}));

/**
 * Opens a file of weights, whoever has written it.
 *
 * @throws Error if it cannot be read.
 */
export async function openWeights(source: Source): Promise<WeightsFile> {
  // Once: what lies on a server comes whole each time.
  const opening = openBytes(source);
  if (!(await isOfKeras(opening))) return openCheckpoint(source, opening);
  await (await opening).close();
  return openKerasFile(source);
}

/**
 * Says whose weights a file has, and for which network.
 *
 * @throws Error if none of the networks that we know has such weights.
 */
export function recognizeWeights(source: Source, { tensors }: WeightsFile): RecognizedWeights {
  const isThere = (name: string) => tensors.has(name);
  const kind = [...kinds, ...ownKinds].find(
    ({ has, hasNot = [] }) => has.every(isThere) && !hasNot.some(isThere),
  );
  if (!kind) throw notRecognized(source, [...tensors.keys()]);
  const { origin, network, variant, classifier } = kind;
  const names = [...tensors.keys()];
  return {
    ...{ origin, network, variant },
    auxiliary: hasAuxiliary(names),
    batchNormScale: names.some((name) => /\.bn\.weight$|\/gamma$/.test(name)),
    classes: tensors.get(classifier[0])?.shape[classifier[1]],
  };
}

/** Whether a file with these tensors has auxiliary classifiers as our networks have them. */
function hasAuxiliary(names: readonly string[]): boolean {
  return names.some((name) => /^(AuxLogits\.|auxiliary\d?\/)/.test(name));
}

/** Whether a file is of HDF5 or a zip archive, by its first bytes. */
async function isOfKeras(opening: Promise<OpenBytes>): Promise<boolean> {
  const start = await opening
    .then((bytes) => firstCharacters(bytes, zipStart.length))
    .catch(() => '');
  return ['\x89HDF', zipStart].includes(start);
}

function notRecognized(source: Source, names: readonly string[]): Error {
  return new Error(
    `Cannot tell where the weights in ${nameOf(source)} come from; the first tensors are: ` +
      `${names.slice(0, 3).join(', ')}. Build the network with its function, and load them with loadWeights.`,
  );
}
