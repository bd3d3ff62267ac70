import { branches, numbers, residual, units, type LayerNames } from './names.js';
import { pytorchLayout } from './pytorch-layout.js';

const stem = {
  conv1: 'conv2d_1a',
  conv2: 'conv2d_2a',
  conv3: 'conv2d_2b',
  conv4: 'conv2d_3b',
  conv5: 'conv2d_4a',
  conv6: 'conv2d_4b',
};

/** The layers of `inceptionResNetV1({ variant: 'facenet' })` in facenet-pytorch's `InceptionResnetV1`. */
const inceptionResNetV1Names: LayerNames = new Map([
  ...units('stem', '', stem),
  ...numbers(5).flatMap((i) =>
    residual(`inceptionResNetA${i}`, `repeat_1.${i - 1}`, branches(1, 2, 3)),
  ),
  ...units('reductionA', 'mixed_6a.', branches(1, 3)),
  ...numbers(10).flatMap((i) =>
    residual(`inceptionResNetB${i}`, `repeat_2.${i - 1}`, branches(1, 3)),
  ),
  ...units('reductionB', 'mixed_7a.', branches(2, 2, 3)),
  ...numbers(5).flatMap((i) =>
    residual(`inceptionResNetC${i}`, `repeat_3.${i - 1}`, branches(1, 3)),
  ),
  ...residual('inceptionResNetC6', 'block8', branches(1, 3)),
  ['head/embedding', 'last_linear'],
  ['head/embedding/batchNorm', 'last_bn'],
]);

/**
 * The layout of facenet-pytorch's checkpoints (`models/inception_resnet_v1.py`). The names of the
 * people that it was trained with, `logits`, come after what our network computes.
 */
export const facenetLayout = pytorchLayout({
  title: 'facenet-pytorch',
  architectures: new Map([['inceptionResNetV1', inceptionResNetV1Names]]),
  advice: "Build the model with variant: 'facenet'.",
  others: /^logits\./,
});
