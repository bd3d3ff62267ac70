import type { tf } from '../backends/tf.js';
import {
  averagePool,
  concatenateBranches,
  convolution,
  fork,
  maxPool,
  stride2V,
  type AveragePoolOptions,
  type BranchOptions,
} from './parts/branches.js';
import { requireChoice } from './parts/choice.js';
import { plainStem } from './inception-resnet.js';
import { slimAuxiliary, type AuxiliaryOptions } from './parts/head.js';
import { branchOptions, buildNetwork, type NetworkKind, type NetworkOptions } from './network.js';

export interface InceptionV3Options extends NetworkOptions {
  /**
   * `'torchvision'` counts the padding in its average pools, as torchvision's and timm's networks
   * do; `'slim'` does not, as TF-slim's and Keras's. Default: `'slim'`.
   */
  readonly variant?: 'slim' | 'torchvision';
}

const kind: NetworkKind = {
  title: 'Inception-v3',
  name: 'inceptionV3',
  inputShape: [299, 299, 3],
  smallestInput: { imagenet: 75, small: 7 },
};

/**
 * Inception-v3 of Szegedy et al. 2015, "Rethinking the Inception Architecture" (arXiv 1512.00567),
 * as TF-slim released it: the ancestor that Inception-v4 is measured against.
 *
 * With the default options it has 23,834,568 trainable parameters and takes 5,713,216,096
 * multiply-adds an image; 27,161,264 parameters with its auxiliary classifier. Pixels are expected
 * in [−1, 1].
 *
 * @returns a model from `[batch, height, width, channels]` to class probabilities `[batch, classes]`
 * @throws Error if the input is smaller than 75 × 75, or an option has a value that is not allowed.
 */
export function inceptionV3({
  variant = 'slim',
  ...options
}: InceptionV3Options = {}): tf.LayersModel {
  requireChoice('variant', variant, ['slim', 'torchvision']);
  const units = branchOptions(options);
  const shared = { ...units, countPadding: variant === 'torchvision' };

  return buildNetwork(kind, options, (image) => {
    let x = plainStem(image, { ...units, stem: options.stem, end: 'pool' }); // [35, 35, 192]
    for (const [i, pool] of [32, 64, 64].entries()) {
      x = inceptionV3A(x, { ...shared, poolFilters: pool, name: `inceptionA${i + 1}` }); // [35, 35, 288]
    }
    x = inceptionV3ReductionA(x, units); // [17, 17, 768]
    for (const [i, filters] of [128, 160, 160, 192].entries()) {
      x = inceptionV3B(x, { ...shared, filters, name: `inceptionB${i + 1}` }); // [17, 17, 768]
    }
    const lower = x;
    x = inceptionV3ReductionB(x, units); // [8, 8, 1280]
    for (const i of [1, 2]) x = inceptionV3C(x, { ...shared, name: `inceptionC${i}` }); // [8, 8, 2048]
    const auxiliary = (head: AuxiliaryOptions) => [slimAuxiliary(lower, { ...units, ...head })];
    return { last: x, auxiliary };
  });
}

/** Options of a block of Inception-v3. */
export interface InceptionV3BlockOptions extends BranchOptions, AveragePoolOptions {
  readonly name?: string;
}

/** Figure 5, one of whose ways to see 5×5 is left as it was: `[35, 35, c]` → `[35, 35, 224 + poolFilters]`. */
export function inceptionV3A(
  x: tf.SymbolicTensor,
  {
    name = 'inceptionA',
    poolFilters,
    countPadding = false,
    ...options
  }: InceptionV3BlockOptions & { readonly poolFilters: number },
): tf.SymbolicTensor {
  const branches = [
    [convolution(64, 1)],
    [convolution(48, 1), convolution(64, 5)],
    [convolution(64, 1), convolution(96, 3), convolution(96, 3)],
    [averagePool({ countPadding }), convolution(poolFilters, 1)],
  ];
  return concatenateBranches(x, name, branches, options);
}

/** Figure 10: `[35, 35, 288]` → `[17, 17, 768]`. */
export function inceptionV3ReductionA(
  x: tf.SymbolicTensor,
  { name = 'reductionA', ...options }: BranchOptions & { readonly name?: string } = {},
): tf.SymbolicTensor {
  const branches = [
    [convolution(384, 3, stride2V)],
    [convolution(64, 1), convolution(96, 3), convolution(96, 3, stride2V)],
    [maxPool()],
  ];
  return concatenateBranches(x, name, branches, options);
}

/** Figure 6 with n = 7: 17 × 17, 768 channels; `filters` of the 7×7's inner convolutions. */
export function inceptionV3B(
  x: tf.SymbolicTensor,
  {
    name = 'inceptionB',
    filters,
    countPadding = false,
    ...options
  }: InceptionV3BlockOptions & { readonly filters: number },
): tf.SymbolicTensor {
  const branches = [
    [convolution(192, 1)],
    [convolution(filters, 1), convolution(filters, [1, 7]), convolution(192, [7, 1])],
    [
      convolution(filters, 1),
      convolution(filters, [7, 1]),
      convolution(filters, [1, 7]),
      convolution(filters, [7, 1]),
      convolution(192, [1, 7]),
    ],
    [averagePool({ countPadding }), convolution(192, 1)],
  ];
  return concatenateBranches(x, name, branches, options);
}

/** The second reduction: `[17, 17, 768]` → `[8, 8, 1280]`. */
export function inceptionV3ReductionB(
  x: tf.SymbolicTensor,
  { name = 'reductionB', ...options }: BranchOptions & { readonly name?: string } = {},
): tf.SymbolicTensor {
  const branches = [
    [convolution(192, 1), convolution(320, 3, stride2V)],
    [
      convolution(192, 1),
      convolution(192, [1, 7]),
      convolution(192, [7, 1]),
      convolution(192, 3, stride2V),
    ],
    [maxPool()],
  ];
  return concatenateBranches(x, name, branches, options);
}

/** Figure 7: 8 × 8, 2048 channels. */
export function inceptionV3C(
  x: tf.SymbolicTensor,
  { name = 'inceptionC', countPadding = false, ...options }: InceptionV3BlockOptions = {},
): tf.SymbolicTensor {
  const split = () => fork(convolution(384, [1, 3]), convolution(384, [3, 1]));
  const branches = [
    [convolution(320, 1)],
    [convolution(384, 1), split()],
    [convolution(448, 1), convolution(384, 3), split()],
    [averagePool({ countPadding }), convolution(192, 1)],
  ];
  return concatenateBranches(x, name, branches, options);
}
