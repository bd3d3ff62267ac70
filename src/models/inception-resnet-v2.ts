import type { tf } from '../backends/tf.js';
import {
  averagePool,
  concatenateBranches,
  convolution,
  sequence,
  type BranchOptions,
} from './parts/branches.js';
import { requireChoice } from './parts/choice.js';
import { inceptionResNetBody, plainStem, type InceptionResNetOptions } from './inception-resnet.js';
import { inceptionV4Stem, type Variant } from './inception-v4.js';
import {
  branchOptions,
  buildNetwork,
  type Features,
  type NetworkKind,
  type Stem,
} from './network.js';

export interface InceptionResNetV2Options extends InceptionResNetOptions {
  /**
   * `'slim'` is the network that was released in TF-slim, and that Keras and timm have: another
   * stem, 10 × A, 20 × B and 10 × C, whose last is not scaled and has no ReLU, residual scales
   * 0.17, 0.10 and 0.20, and a 1×1 convolution to 1536 filters before the pool. Default: `'paper'`.
   */
  readonly variant?: Variant;
}

const kind: NetworkKind = {
  title: 'Inception-ResNet-v2',
  name: 'inceptionResNetV2',
  inputShape: [299, 299, 3],
  smallestInput: { imagenet: 75, small: 7 },
};

const reductionA = { k: 256, l: 256, m: 384, n: 384 };

/**
 * Inception-ResNet-v2, Figures 3 and 15 to 19 of Szegedy et al. 2016 (arXiv 1602.07261):
 * Inception-v4's stem, 5 × A, Reduction-A, 10 × B, Reduction-B, 5 × C, average pool, dropout, softmax.
 *
 * The figures' slips are repaired: the linear convolutions have as many filters as what they are
 * added to, 1152 where Figure 17 prints 1154, and 2144 where Figure 19 prints 2048.
 *
 * So it has 32,433,928 trainable parameters and takes 9,257,953,632 multiply-adds an image; as
 * `variant: 'slim'`, 55,843,464 and 13,155,794,016. Pixels are expected in [−1, 1].
 *
 * @returns a model from `[batch, height, width, channels]` to class probabilities `[batch, classes]`
 * @throws Error if the input is smaller than 75 × 75, or an option has a value that is not allowed.
 */
export function inceptionResNetV2({
  variant = 'paper',
  ...options
}: InceptionResNetV2Options = {}): tf.LayersModel {
  requireChoice('variant', variant, ['paper', 'slim']);
  const isPaper = variant === 'paper';
  return buildNetwork(kind, options, (image) => {
    const shared = branchOptions(options);
    const stemOptions = { ...shared, stem: options.stem };
    const x = isPaper ? inceptionV4Stem(image, stemOptions) : slimStem(image, stemOptions);
    const released = isPaper ? undefined : ([10, 20, 10] as const);
    const features = inceptionResNetBody(x, { version: 'v2', reductionA, released }, options);
    return isPaper ? features : slimTail(features, shared);
  });
}

/** TF-slim's stem, up to its Mixed_5b: `[299, 299, 3]` → `[35, 35, 320]`. */
function slimStem(
  x: tf.SymbolicTensor,
  { stem, ...options }: BranchOptions & { readonly stem: Stem | undefined },
): tf.SymbolicTensor {
  const branches = [
    [convolution(96, 1)],
    [convolution(48, 1), convolution(64, 5)],
    [convolution(64, 1), convolution(96, 3), convolution(96, 3)],
    [averagePool(), convolution(64, 1)],
  ];
  const plain = plainStem(x, { ...options, stem, end: 'pool' });
  return concatenateBranches(plain, 'mixed5b', branches, options);
}

/** TF-slim's last convolution: `[8, 8, 2080]` → `[8, 8, 1536]`. */
function slimTail({ last, auxiliary }: Features, options: BranchOptions): Features {
  return { last: sequence(last, 'tail', [convolution(1536, 1)], options), auxiliary };
}
