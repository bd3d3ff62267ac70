import { convolutions, numbers, unnamed, type LayerNames } from './names.js';

const inceptionA = [1, 2, 3, 1];
const reductionA = [1, 3];
const inceptionB = [1, 3, 5, 1];
const reductionB = [2, 4];
const inceptionC = [
  'branch1/conv1',
  'branch2/conv1',
  'branch2/fork1/branch1/conv1',
  'branch2/fork1/branch2/conv1',
  'branch3/conv1',
  'branch3/conv2',
  'branch3/fork1/branch1/conv1',
  'branch3/fork1/branch2/conv1',
  'branch4/conv1',
];

/** The layers of `inceptionV3()` in Keras's `InceptionV3`. */
export const inceptionV3Names: LayerNames = new Map([
  ...unnamed([
    ...numbers(5).map((i) => `stem/conv${i}`),
    ...numbers(3).flatMap((i) => convolutions(`inceptionA${i}`, inceptionA)),
    ...convolutions('reductionA', reductionA),
    ...numbers(4).flatMap((i) => convolutions(`inceptionB${i}`, inceptionB)),
    ...convolutions('reductionB', reductionB),
    ...numbers(2).flatMap((i) => inceptionC.map((name) => `inceptionC${i}/${name}`)),
  ]),
  ['head/logits', 'predictions'],
]);
