import type { tf } from '../backends/tf.js';
import { requireChoice } from './parts/choice.js';
import { inceptionResNetBody, plainStem, type InceptionResNetOptions } from './inception-resnet.js';
import { embedding } from './parts/head.js';
import { branchOptions, buildNetwork, type NetworkKind } from './network.js';

export interface InceptionResNetV1Options extends InceptionResNetOptions {
  /**
   * `'facenet'` is the network of the face-recognition project of that name: one C block more,
   * which is not scaled and has no ReLU, residual scales 0.17, 0.10 and 0.20, pooling branches
   * concatenated last, and in place of classes a bottleneck: numbers that describe a face, 512 of
   * them unless `classes` says otherwise, batch-normalized, without activation. Default: `'paper'`.
   */
  readonly variant?: 'paper' | 'facenet';
}

const kind: NetworkKind = {
  title: 'Inception-ResNet-v1',
  name: 'inceptionResNetV1',
  inputShape: [299, 299, 3],
  smallestInput: { imagenet: 75, small: 7 },
};

const reductionA = { k: 192, l: 192, m: 256, n: 384 };

/**
 * Inception-ResNet-v1, Figures 10 to 15 of Szegedy et al. 2016 (arXiv 1602.07261): the stem of
 * Figure 14, 5 × A, Reduction-A, 10 × B, Reduction-B, 5 × C, average pool, dropout, softmax.
 *
 * With the default options it has 22,756,328 trainable parameters and takes 6,206,361,696
 * multiply-adds an image. Residuals are scaled by 0.1. Pixels are expected in [−1, 1].
 *
 * @returns a model from `[batch, height, width, channels]` to class probabilities `[batch, classes]`
 * @throws Error if the input is smaller than 75 × 75, or an option has a value that is not allowed.
 */
export function inceptionResNetV1({
  variant = 'paper',
  ...options
}: InceptionResNetV1Options = {}): tf.LayersModel {
  requireChoice('variant', variant, ['paper', 'facenet']);
  const isPaper = variant === 'paper';
  const addBody = (image: tf.SymbolicTensor) => {
    const { stem } = options;
    const x = plainStem(image, { ...branchOptions(options), stem, end: 'convolution' });
    const released = isPaper ? undefined : ([5, 10, 6] as const);
    return inceptionResNetBody(x, { version: 'v1', reductionA, released }, options);
  };
  return isPaper
    ? buildNetwork(kind, options, addBody)
    : buildNetwork(kind, { classes: 512, ...options }, addBody, embedding);
}
