import { branches, numbers, pooled, units, type LayerNames } from '../pytorch/names.js';

const stem = {
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
const inceptionA = branches(1, 2, 3, pooled);
const reductionA = branches(1, 3);
const inceptionB = branches(1, 3, 5, pooled);
const reductionB = branches(2, 4);
const inceptionC = {
  'branch1/conv1': 'branch0',
  'branch2/conv1': 'branch1_0',
  'branch2/fork1/branch1/conv1': 'branch1_1a',
  'branch2/fork1/branch2/conv1': 'branch1_1b',
  'branch3/conv1': 'branch2_0',
  'branch3/conv2': 'branch2_1',
  'branch3/conv3': 'branch2_2',
  'branch3/fork1/branch1/conv1': 'branch2_3a',
  'branch3/fork1/branch2/conv1': 'branch2_3b',
  'branch4/conv1': 'branch3.1',
};

/** The layers of `inceptionV4({ variant: 'slim' })` in timm's `inception_v4`. */
export const inceptionV4Names: LayerNames = new Map([
  ...units('stem', 'features.', stem),
  ...numbers(4).flatMap((i) => units(`inceptionA${i}`, `features.${5 + i}.`, inceptionA)),
  ...units('reductionA', 'features.10.', reductionA),
  ...numbers(7).flatMap((i) => units(`inceptionB${i}`, `features.${10 + i}.`, inceptionB)),
  ...units('reductionB', 'features.18.', reductionB),
  ...numbers(3).flatMap((i) => units(`inceptionC${i}`, `features.${18 + i}.`, inceptionC)),
  ['head/logits', 'last_linear'],
]);
