import { quote } from '../text.js';

/**
 * Ours to timm's, convolution by convolution, by position: in timm's `inception_v4.py` a branch is
 * called from 0 where ours is numbered from 1, and the pool's branch comes last where ours, as in
 * the figures, comes first.
 */
type Convolutions = Readonly<Record<string, string>>;

const stem: Convolutions = {
  conv1: '0',
  conv2: '1',
  conv3: '2',
  'split1/branch2/conv1': '3.conv',
  'split2/branch1/conv1': '4.branch0.0',
  'split2/branch1/conv2': '4.branch0.1',
  'split2/branch2/conv1': '4.branch1.0',
  'split2/branch2/conv2': '4.branch1.1',
  'split2/branch2/conv3': '4.branch1.2',
  'split2/branch2/conv4': '4.branch1.3',
  'split3/branch1/conv1': '5.conv',
};

const inceptionA: Convolutions = {
  'branch1/conv1': 'branch3.1',
  'branch2/conv1': 'branch0',
  'branch3/conv1': 'branch1.0',
  'branch3/conv2': 'branch1.1',
  'branch4/conv1': 'branch2.0',
  'branch4/conv2': 'branch2.1',
  'branch4/conv3': 'branch2.2',
};

const reductionA: Convolutions = {
  'branch2/conv1': 'branch0',
  'branch3/conv1': 'branch1.0',
  'branch3/conv2': 'branch1.1',
  'branch3/conv3': 'branch1.2',
};

const inceptionB: Convolutions = {
  'branch1/conv1': 'branch3.1',
  'branch2/conv1': 'branch0',
  'branch3/conv1': 'branch1.0',
  'branch3/conv2': 'branch1.1',
  'branch3/conv3': 'branch1.2',
  'branch4/conv1': 'branch2.0',
  'branch4/conv2': 'branch2.1',
  'branch4/conv3': 'branch2.2',
  'branch4/conv4': 'branch2.3',
  'branch4/conv5': 'branch2.4',
};

const reductionB: Convolutions = {
  'branch2/conv1': 'branch0.0',
  'branch2/conv2': 'branch0.1',
  'branch3/conv1': 'branch1.0',
  'branch3/conv2': 'branch1.1',
  'branch3/conv3': 'branch1.2',
  'branch3/conv4': 'branch1.3',
};

const inceptionC: Convolutions = {
  'branch1/conv1': 'branch3.1',
  'branch2/conv1': 'branch0',
  'branch3/conv1': 'branch1_0',
  'branch3/fork1/branch1/conv1': 'branch1_1a',
  'branch3/fork1/branch2/conv1': 'branch1_1b',
  'branch4/conv1': 'branch2_0',
  'branch4/conv2': 'branch2_1',
  'branch4/conv3': 'branch2_2',
  'branch4/fork1/branch1/conv1': 'branch2_3a',
  'branch4/fork1/branch2/conv1': 'branch2_3b',
};

/** Where in timm's `features` a block stands, and what it consists of. */
const blocks = new Map<string, readonly [position: string, Convolutions]>([
  ['stem', ['', stem]],
  ...[1, 2, 3, 4].map((i) => [`inceptionA${i}`, [`${5 + i}.`, inceptionA]] as const),
  ['reductionA', ['10.', reductionA]],
  ...[1, 2, 3, 4, 5, 6, 7].map((i) => [`inceptionB${i}`, [`${10 + i}.`, inceptionB]] as const),
  ['reductionB', ['18.', reductionB]],
  ...[1, 2, 3].map((i) => [`inceptionC${i}`, [`${18 + i}.`, inceptionC]] as const),
]);

/**
 * timm's name of a layer of Inception-v4: `features.0.conv` of `stem/conv1`, `features.0.bn` of
 * its batch normalization, `last_linear` of `head/logits`.
 *
 * @throws Error if timm's network has no such layer.
 */
export function timmName(layer: string): string {
  if (layer === 'head/logits') return 'last_linear';
  const [, block = '', convolution = '', batchNorm] =
    /^(\w+)\/(.+?)(\/batchNorm)?$/.exec(layer) ?? [];
  const [position, convolutions = {}] = blocks.get(block) ?? [];
  if (position !== undefined && Object.hasOwn(convolutions, convolution)) {
    const part = batchNorm === undefined ? 'conv' : 'bn';
    return `features.${position}${convolutions[convolution]}.${part}`;
  }
  throw new Error(`timm's Inception-v4 has no layer like ${quote(layer)}.`);
}

/** timm's modules concatenate the pool's branch last; the stem's splits and the forks are as ours. */
export function branchOrder(concatenation: string): readonly number[] | undefined {
  if (/^inception[ABC]\d\/concat$/.test(concatenation)) return [2, 3, 4, 1];
  if (/^reduction[AB]\/concat$/.test(concatenation)) return [2, 3, 1];
  return undefined;
}
