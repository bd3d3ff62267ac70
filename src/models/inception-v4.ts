import type { tf } from '../backends/tf.js';
import {
  averagePool,
  concatenateBranches,
  convolution,
  fork,
  maxPool,
  sequence,
  stride2V,
  V,
  type BranchOptions,
  type Placement,
  type Step,
} from './parts/branches.js';
import { requireChoice } from './parts/choice.js';
import type { Size } from './parts/convolution-unit.js';
import { slimAuxiliary, type AuxiliaryOptions } from './parts/head.js';
import {
  branchOptions,
  buildNetwork,
  requireBlocks,
  type NetworkKind,
  type NetworkOptions,
  type Stem,
} from './network.js';

/**
 * Whose network it is: the paper's figures', or the one that was released in TF-slim and that
 * timm and Keras have. Slim's concatenates the pooling branch last and has some 1×7 and 7×1
 * convolutions in the other order; its counts are the same.
 */
export type Variant = 'paper' | 'slim';

/** Options of a block: its name, which its layers' names begin with, and what its units share. */
export interface BlockOptions extends BranchOptions {
  readonly name?: string;
  /** Default: `'paper'`. */
  readonly variant?: Variant;
}

export interface StemOptions extends BlockOptions {
  readonly stem?: Stem | undefined;
}

export interface InceptionV4Options extends NetworkOptions {
  /** Default: `'paper'`. */
  readonly variant?: Variant;
  /** How many A, B and C blocks. Default: `[4, 7, 3]`. */
  readonly blocks?: readonly [a: number, b: number, c: number];
}

const kind: NetworkKind = {
  title: 'Inception-v4',
  name: 'inceptionV4',
  inputShape: [299, 299, 3],
  smallestInput: { imagenet: 75, small: 7 },
};

/**
 * Inception-v4, Figure 9 of Szegedy et al. 2016 (arXiv 1602.07261): stem, 4 × A, Reduction-A,
 * 7 × B, Reduction-B, 3 × C, average pool, dropout, softmax.
 *
 * With the default options it has 42,679,816 trainable parameters and takes 12,253,974,624
 * multiply-adds an image. Pixels are expected in [−1, 1].
 *
 * The figures' slips are repaired: the last convolution of Figure 3 has stride 2, and one of the
 * two 1×7 convolutions that Figure 5 prints in a row is a 7×1.
 *
 * @returns a model from `[batch, height, width, channels]` to class probabilities `[batch, classes]`
 * @throws Error if the input is smaller than 75 × 75, or an option has a value that is not allowed.
 */
export function inceptionV4({
  variant = 'paper',
  blocks = [4, 7, 3],
  stem = 'imagenet',
  ...options
}: InceptionV4Options = {}): tf.LayersModel {
  requireChoice('variant', variant, ['paper', 'slim']);
  requireBlocks(blocks, 3);
  const units = branchOptions(options);
  const shared = { ...units, variant };
  const named = (name: string, i: number) => ({ ...shared, name: `${name}${i + 1}` });
  const [a, b, c] = blocks;

  return buildNetwork(kind, { ...options, stem }, (image) => {
    let x = inceptionV4Stem(image, { ...shared, stem });
    for (let i = 0; i < a; i++) x = inceptionA(x, named('inceptionA', i));
    x = reductionA(x, { ...shared, k: 192, l: 224, m: 256, n: 384 });
    for (let i = 0; i < b; i++) x = inceptionB(x, named('inceptionB', i));
    const lower = x;
    x = reductionB(x, shared);
    for (let i = 0; i < c; i++) x = inceptionC(x, named('inceptionC', i));
    const auxiliary = (head: AuxiliaryOptions) => [slimAuxiliary(lower, { ...units, ...head })];
    return { last: x, auxiliary };
  });
}

/**
 * The stem, Figure 3: `[299, 299, 3]` → `[35, 35, 384]`. Inception-ResNet-v2 has the same.
 */
export function inceptionV4Stem(
  x: tf.SymbolicTensor,
  { name = 'stem', variant = 'paper', stem = 'imagenet', ...options }: StemOptions = {},
): tf.SymbolicTensor {
  const { reduce, shrink, last } = stemPlacements(stem);
  const [first, second] = inOrder(variant, [7, 1], [1, 7]);
  const convolutions = [
    convolution(32, 3, reduce), // [149, 149, 32]
    convolution(32, 3, shrink), // [147, 147, 32]
    convolution(64, 3), // [147, 147, 64]
  ];
  const split1 = [
    [maxPool(reduce)], //
    [convolution(96, 3, reduce)],
  ];
  const split2 = [
    [convolution(64, 1), convolution(96, 3, shrink)],
    [
      convolution(64, 1),
      convolution(64, first),
      convolution(64, second),
      convolution(96, 3, shrink),
    ],
  ];
  const split3 = [
    [convolution(192, 3, last)], //
    [maxPool(last)],
  ];
  x = sequence(x, name, convolutions, options);
  x = concatenateBranches(x, `${name}/split1`, split1, options); // [73, 73, 160]
  x = concatenateBranches(x, `${name}/split2`, split2, options); // [71, 71, 192]
  return concatenateBranches(x, `${name}/split3`, split3, options); // [35, 35, 384]
}

/** Inception-A, Figure 4: `[35, 35, 384]` → `[35, 35, 384]`. */
export function inceptionA(
  x: tf.SymbolicTensor,
  { name = 'inceptionA', variant = 'paper', ...options }: BlockOptions = {},
): tf.SymbolicTensor {
  const pool = [averagePool(), convolution(96, 1)];
  const others = [
    [convolution(96, 1)],
    [convolution(64, 1), convolution(96, 3)],
    [convolution(64, 1), convolution(96, 3), convolution(96, 3)],
  ];
  return concatenateBranches(x, name, withPool(variant, pool, others), options);
}

/** Filters of Reduction-A, as Table 1 names them. */
export interface ReductionAFilters {
  /** Filters of the longest branch's 1×1 convolution. */
  readonly k: number;
  /** Filters of the longest branch's first 3×3 convolution. */
  readonly l: number;
  /** Filters of the longest branch's second 3×3 convolution, with stride 2. */
  readonly m: number;
  /** Filters of the single 3×3 convolution with stride 2. */
  readonly n: number;
}

export interface ReductionAOptions extends BlockOptions, ReductionAFilters {}

/** Reduction-A, Figure 7: `[35, 35, c]` → `[17, 17, c + n + m]`; k, l, m, n from Table 1. */
export function reductionA(
  x: tf.SymbolicTensor,
  { name = 'reductionA', variant = 'paper', k, l, m, n, ...options }: ReductionAOptions,
): tf.SymbolicTensor {
  const others = [
    [convolution(n, 3, stride2V)],
    [convolution(k, 1), convolution(l, 3), convolution(m, 3, stride2V)],
  ];
  return concatenateBranches(x, name, withPool(variant, [maxPool()], others), options);
}

/** Inception-B, Figure 5: `[17, 17, 1024]` → `[17, 17, 1024]`. */
export function inceptionB(
  x: tf.SymbolicTensor,
  { name = 'inceptionB', variant = 'paper', ...options }: BlockOptions = {},
): tf.SymbolicTensor {
  const [first, second] = inOrder(variant, [1, 7], [7, 1]);
  const pool = [averagePool(), convolution(128, 1)];
  const others = [
    [convolution(384, 1)],
    [convolution(192, 1), convolution(224, [1, 7]), convolution(256, [7, 1])],
    [
      convolution(192, 1),
      convolution(192, first),
      convolution(224, second),
      convolution(224, first),
      convolution(256, second),
    ],
  ];
  return concatenateBranches(x, name, withPool(variant, pool, others), options);
}

/** Reduction-B of Inception-v4, Figure 8: `[17, 17, 1024]` → `[8, 8, 1536]`. */
export function reductionB(
  x: tf.SymbolicTensor,
  { name = 'reductionB', variant = 'paper', ...options }: BlockOptions = {},
): tf.SymbolicTensor {
  const others = [
    [convolution(192, 1), convolution(192, 3, stride2V)],
    [
      convolution(256, 1),
      convolution(256, [1, 7]),
      convolution(320, [7, 1]),
      convolution(320, 3, stride2V),
    ],
  ];
  return concatenateBranches(x, name, withPool(variant, [maxPool()], others), options);
}

/** Inception-C, Figure 6: `[8, 8, 1536]` → `[8, 8, 1536]`. */
export function inceptionC(
  x: tf.SymbolicTensor,
  { name = 'inceptionC', variant = 'paper', ...options }: BlockOptions = {},
): tf.SymbolicTensor {
  const [first, second] = inOrder(variant, [1, 3], [3, 1]);
  const pool = [averagePool(), convolution(256, 1)];
  const others = [
    [convolution(256, 1)],
    [convolution(384, 1), fork(convolution(256, [1, 3]), convolution(256, [3, 1]))],
    [
      convolution(384, 1),
      convolution(448, first),
      convolution(512, second),
      fork(convolution(256, second), convolution(256, first)),
    ],
  ];
  return concatenateBranches(x, name, withPool(variant, pool, others), options);
}

/** What the figures' "stride 2 V" and "V" become in a stem; `last` is its last "stride 2 V". */
export function stemPlacements(stem: Stem): Record<'reduce' | 'shrink' | 'last', Placement> {
  if (stem === 'imagenet') return { reduce: stride2V, shrink: V, last: stride2V };
  return { reduce: {}, shrink: {}, last: { strides: stem === 'medium' ? 2 : 1 } };
}

/** The paper draws the pooling branch first; slim concatenates it last. */
export function withPool(
  variant: Variant,
  pool: readonly Step[],
  others: readonly (readonly Step[])[],
): (readonly Step[])[] {
  return variant === 'slim' ? [...others, pool] : [pool, ...others];
}

/** The paper's order of two kernels; slim has them the other way round. */
function inOrder(variant: Variant, first: Size, second: Size): [Size, Size] {
  return variant === 'slim' ? [second, first] : [first, second];
}
