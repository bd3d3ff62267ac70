import { branches, numbers, pooled, residual, units, type LayerNames } from '../pytorch/names.js';

const stem = {
  conv1: 'conv2d_1a',
  conv2: 'conv2d_2a',
  conv3: 'conv2d_2b',
  conv4: 'conv2d_3b',
  conv5: 'conv2d_4a',
};
const mixed5b = branches(1, 2, 3, pooled);
const residualA = branches(1, 2, 3);
const reductionA = branches(1, 3);
const residualB = branches(1, 3);
const reductionB = branches(2, 2, 3);
const residualC = branches(1, 3);

/** The layers of `inceptionResNetV2({ variant: 'slim' })` in timm's `inception_resnet_v2`. */
export const inceptionResNetV2Names: LayerNames = new Map([
  ...units('stem', '', stem),
  ...units('mixed5b', 'mixed_5b.', mixed5b),
  ...numbers(10).flatMap((i) => residual(`inceptionResNetA${i}`, `repeat.${i - 1}`, residualA)),
  ...units('reductionA', 'mixed_6a.', reductionA),
  ...numbers(20).flatMap((i) => residual(`inceptionResNetB${i}`, `repeat_1.${i - 1}`, residualB)),
  ...units('reductionB', 'mixed_7a.', reductionB),
  ...numbers(9).flatMap((i) => residual(`inceptionResNetC${i}`, `repeat_2.${i - 1}`, residualC)),
  ...residual('inceptionResNetC10', 'block8', residualC),
  ...units('tail', '', { conv1: 'conv2d_7b' }),
  ['head/logits', 'classif'],
]);
