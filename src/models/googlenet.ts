import { tf } from '../backends/tf.js';
import {
  concatenateBranches,
  convolution,
  maxPool,
  padded,
  sequence,
  stride2V,
  type BranchOptions,
  type Step,
} from './parts/branches.js';
import { requireChoice } from './parts/choice.js';
import { googLeNetAuxiliary, type AuxiliaryOptions } from './parts/head.js';
import { LocalResponseNormalization } from './parts/local-response-normalization.js';
import { branchOptions, buildNetwork, type NetworkKind, type NetworkOptions } from './network.js';

export interface GoogLeNetOptions extends NetworkOptions {
  /**
   * `'paper'` has biases and local response normalization; `'torchvision'` batch normalization
   * in their place, a 3×3 convolution where the paper has 5×5, and PyTorch's padding. Default:
   * `'paper'`.
   */
  readonly variant?: 'paper' | 'torchvision';
}

const kind: NetworkKind = {
  title: 'GoogLeNet',
  name: 'googLeNet',
  inputShape: [224, 224, 3],
  smallestInput: { imagenet: 32, small: 4 },
};

/** Filters of an Inception module, in the columns of Table 1. */
export type InceptionModuleFilters = readonly [
  single: number,
  reduce3: number,
  filters3: number,
  reduce5: number,
  filters5: number,
  pool: number,
];

/** The modules of Table 1; between the groups stands a max pool with stride 2. */
const modules: readonly (readonly (readonly [name: string, filters: InceptionModuleFilters])[])[] =
  [
    [
      ['inception3a', [64, 96, 128, 16, 32, 32]],
      ['inception3b', [128, 128, 192, 32, 96, 64]],
    ],
    [
      ['inception4a', [192, 96, 208, 16, 48, 64]],
      ['inception4b', [160, 112, 224, 24, 64, 64]],
      ['inception4c', [128, 128, 256, 24, 64, 64]],
      ['inception4d', [112, 144, 288, 32, 64, 64]],
      ['inception4e', [256, 160, 320, 32, 128, 128]],
    ],
    [
      ['inception5a', [256, 160, 320, 32, 128, 128]],
      ['inception5b', [384, 192, 384, 48, 128, 128]],
    ],
  ];

/**
 * GoogLeNet, Table 1 of Szegedy et al. 2014, "Going Deeper with Convolutions" (arXiv 1409.4842),
 * the first network of Inception modules.
 *
 * At its 224 × 224 pixels it has 6,998,552 parameters, as `variant: 'torchvision'` 6,624,904; its
 * two auxiliary classifiers not counted.
 *
 * @returns a model from `[batch, height, width, channels]` to class probabilities `[batch, classes]`
 * @throws Error if the input is smaller than 32 × 32, or an option has a value that is not allowed.
 */
export function googLeNet({
  variant = 'paper',
  ...options
}: GoogLeNetOptions = {}): tf.LayersModel {
  requireChoice('variant', variant, ['paper', 'torchvision']);
  const isPaper = variant === 'paper';
  const shared = { ...branchOptions(options), batchNorm: !isPaper };
  const { stem = 'imagenet' } = options;
  const [reduces, reducesLast] = [stem === 'imagenet', stem !== 'small'];
  const halve = isPaper ? () => maxPool({ strides: 2 }) : pytorchPool;

  return buildNetwork(kind, { dropoutRate: isPaper ? 0.4 : 0.2, ...options }, (image) => {
    const normalize = isPaper ? [localResponseNormalization()] : [];
    const steps = [
      reduces ? firstConvolution(variant) : convolution(64, 7), // [112, 112, 64]
      reduces ? halve() : maxPool({ strides: 1 }), // [56, 56, 64]
      ...normalize,
      convolution(64, 1),
      convolution(192, 3), // [56, 56, 192]
      ...normalize,
      reducesLast ? halve() : maxPool({ strides: 1 }), // [28, 28, 192]
    ];
    let x = sequence(image, 'stem', steps, shared);
    const lower: tf.SymbolicTensor[] = [];
    for (const [i, group] of modules.entries()) {
      // torchvision's last pool is 2×2.
      const pool = isPaper ? halve() : pytorchPool(i === 2 ? 2 : 3);
      if (i > 0) x = sequence(x, `reduction${i}`, [pool], shared);
      for (const [name, filters] of group) {
        x = inceptionModule(x, { ...shared, name, filters, variant });
        if (name === 'inception4a' || name === 'inception4d') lower.push(x);
      }
    }
    const auxiliary = (head: AuxiliaryOptions) =>
      lower.map((features, i) =>
        googLeNetAuxiliary(features, `auxiliary${i + 1}`, { ...shared, ...head }),
      );
    return { last: x, auxiliary };
  });
}

export interface InceptionModuleOptions extends BranchOptions {
  readonly name?: string;
  readonly filters: InceptionModuleFilters;
  /** Default: `'paper'`. */
  readonly variant?: 'paper' | 'torchvision';
}

/** An Inception module with dimension reductions, Figure 2b: same size, as many channels as its filters sum to. */
export function inceptionModule(
  x: tf.SymbolicTensor,
  { name = 'inception', filters, variant = 'paper', ...options }: InceptionModuleOptions,
): tf.SymbolicTensor {
  const [single, reduce3, filters3, reduce5, filters5, pool] = filters;
  const branches = [
    [convolution(single, 1)],
    [convolution(reduce3, 1), convolution(filters3, 3)],
    [convolution(reduce5, 1), convolution(filters5, variant === 'paper' ? 5 : 3)],
    [maxPool({ strides: 1 }), convolution(pool, 1)],
  ];
  return concatenateBranches(x, name, branches, options);
}

function firstConvolution(variant: 'paper' | 'torchvision'): Step {
  if (variant === 'paper') return convolution(64, 7, { strides: 2 });
  return padded(convolution(64, 7, stride2V), [3, 3]);
}

/** With `ceil_mode`: the last window may reach over the edge, where a zero is as good as nothing behind a ReLU. */
function pytorchPool(poolSize = 3): Step {
  return padded(maxPool(stride2V, poolSize), [0, 1]);
}

function localResponseNormalization(): Step {
  return {
    label: 'norm',
    apply: (x, name) => new LocalResponseNormalization({ name }).apply(x) as tf.SymbolicTensor,
  };
}
