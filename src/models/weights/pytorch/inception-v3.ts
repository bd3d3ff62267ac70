import { units, type LayerNames } from './names.js';

const stem = {
  conv1: 'Conv2d_1a_3x3',
  conv2: 'Conv2d_2a_3x3',
  conv3: 'Conv2d_2b_3x3',
  conv4: 'Conv2d_3b_1x1',
  conv5: 'Conv2d_4a_3x3',
};
const inceptionA = {
  'branch1/conv1': 'branch1x1',
  'branch2/conv1': 'branch5x5_1',
  'branch2/conv2': 'branch5x5_2',
  'branch3/conv1': 'branch3x3dbl_1',
  'branch3/conv2': 'branch3x3dbl_2',
  'branch3/conv3': 'branch3x3dbl_3',
  'branch4/conv1': 'branch_pool',
};
const reductionA = {
  'branch1/conv1': 'branch3x3',
  'branch2/conv1': 'branch3x3dbl_1',
  'branch2/conv2': 'branch3x3dbl_2',
  'branch2/conv3': 'branch3x3dbl_3',
};
const inceptionB = {
  'branch1/conv1': 'branch1x1',
  'branch2/conv1': 'branch7x7_1',
  'branch2/conv2': 'branch7x7_2',
  'branch2/conv3': 'branch7x7_3',
  'branch3/conv1': 'branch7x7dbl_1',
  'branch3/conv2': 'branch7x7dbl_2',
  'branch3/conv3': 'branch7x7dbl_3',
  'branch3/conv4': 'branch7x7dbl_4',
  'branch3/conv5': 'branch7x7dbl_5',
  'branch4/conv1': 'branch_pool',
};
const reductionB = {
  'branch1/conv1': 'branch3x3_1',
  'branch1/conv2': 'branch3x3_2',
  'branch2/conv1': 'branch7x7x3_1',
  'branch2/conv2': 'branch7x7x3_2',
  'branch2/conv3': 'branch7x7x3_3',
  'branch2/conv4': 'branch7x7x3_4',
};
const inceptionC = {
  'branch1/conv1': 'branch1x1',
  'branch2/conv1': 'branch3x3_1',
  'branch2/fork1/branch1/conv1': 'branch3x3_2a',
  'branch2/fork1/branch2/conv1': 'branch3x3_2b',
  'branch3/conv1': 'branch3x3dbl_1',
  'branch3/conv2': 'branch3x3dbl_2',
  'branch3/fork1/branch1/conv1': 'branch3x3dbl_3a',
  'branch3/fork1/branch2/conv1': 'branch3x3dbl_3b',
  'branch4/conv1': 'branch_pool',
};

/** The layers of `inceptionV3({ variant: 'torchvision' })` in timm's `inception_v3`. */
export const inceptionV3Names: LayerNames = new Map([
  ...units('stem', '', stem),
  ...['5b', '5c', '5d'].flatMap((name, i) =>
    units(`inceptionA${i + 1}`, `Mixed_${name}.`, inceptionA),
  ),
  ...units('reductionA', 'Mixed_6a.', reductionA),
  ...['6b', '6c', '6d', '6e'].flatMap((name, i) =>
    units(`inceptionB${i + 1}`, `Mixed_${name}.`, inceptionB),
  ),
  ...units('reductionB', 'Mixed_7a.', reductionB),
  ...['7b', '7c'].flatMap((name, i) => units(`inceptionC${i + 1}`, `Mixed_${name}.`, inceptionC)),
  ...units('auxiliary', 'AuxLogits.', { conv1: 'conv0', conv2: 'conv1' }),
  ['auxiliary/logits', 'AuxLogits.fc'],
  ['head/logits', 'fc'],
]);
