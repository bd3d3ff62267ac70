import { convolutions, numbers, unnamed, type LayerNames } from './names.js';

const mixed5b = [1, 2, 3, 1];
const residualA = [1, 2, 3];
const reductionA = [1, 3];
const residualB = [1, 3];
const reductionB = [2, 2, 3];
const residualC = [1, 3];

/** The linear convolutions of residual blocks, which have names in Keras. */
function linear(block: string, kerasBlock: string, count: number): [string, string][] {
  return numbers(count).map((i) => [`${block}${i}/linear`, `${kerasBlock}_${i}_conv`]);
}

/** The layers of `inceptionResNetV2({ variant: 'slim' })` in Keras's `InceptionResNetV2`. */
export const inceptionResNetV2Names: LayerNames = new Map([
  ...unnamed([
    ...numbers(5).map((i) => `stem/conv${i}`),
    ...convolutions('mixed5b', mixed5b),
    ...numbers(10).flatMap((i) => convolutions(`inceptionResNetA${i}`, residualA)),
    ...convolutions('reductionA', reductionA),
    ...numbers(20).flatMap((i) => convolutions(`inceptionResNetB${i}`, residualB)),
    ...convolutions('reductionB', reductionB),
    ...numbers(10).flatMap((i) => convolutions(`inceptionResNetC${i}`, residualC)),
  ]),
  ...linear('inceptionResNetA', 'block35', 10),
  ...linear('inceptionResNetB', 'block17', 20),
  ...linear('inceptionResNetC', 'block8', 10),
  ['tail/conv1', 'conv_7b'],
  ['tail/conv1/batchNorm', 'conv_7b_bn'],
  ['head/logits', 'predictions'],
]);
