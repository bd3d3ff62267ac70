import type { tf } from '../backends/tf.js';
import {
  concatenateBranches,
  convolution,
  maxPool,
  sequence,
  stride2V,
  type BranchOptions,
  type Step,
} from './parts/branches.js';
import {
  reductionA,
  stemPlacements,
  withPool,
  type ReductionAFilters,
  type Variant,
} from './inception-v4.js';
import { slimAuxiliary } from './parts/head.js';
import {
  branchOptions,
  requireBlocks,
  type Features,
  type NetworkOptions,
  type Stem,
} from './network.js';
import { residualBlock, type ResidualOptions } from './parts/residual.js';

/** Which of the two Inception-ResNets a block belongs to. */
export type ResNetVersion = 'v1' | 'v2';

export type ResNetBlockOptions = Omit<ResidualOptions, 'name'> & {
  readonly name?: string;
  readonly version: ResNetVersion;
  /** Filters of Reduction-A, Table 1. Default: the network's own. */
  readonly reductionA?: ReductionAFilters;
  /** `false` puts an n×n convolution in place of 1×n and n×1, for the ablation. Default: `true`. */
  readonly factorized?: boolean;
};

/** Inception-ResNet-A, Figures 10 (v1) and 16 (v2): 35 × 35, as many channels as it is given. */
export function inceptionResNetA(
  x: tf.SymbolicTensor,
  { name = 'inceptionResNetA', version, ...options }: ResNetBlockOptions,
): tf.SymbolicTensor {
  const [second, third] = version === 'v1' ? [32, 32] : [48, 64];
  const branches = [
    [convolution(32, 1)],
    [convolution(32, 1), convolution(32, 3)],
    [convolution(32, 1), convolution(second, 3), convolution(third, 3)],
  ];
  return residualBlock(x, branches, { ...options, name });
}

/** Inception-ResNet-B, Figures 11 (v1) and 17 (v2): 17 × 17, as many channels as it is given. */
export function inceptionResNetB(
  x: tf.SymbolicTensor,
  { name = 'inceptionResNetB', version, factorized, ...options }: ResNetBlockOptions,
): tf.SymbolicTensor {
  const [first, second, third] = version === 'v1' ? [128, 128, 128] : [192, 160, 192];
  const branches = [
    [convolution(first, 1)],
    [convolution(128, 1), ...asymmetric(7, [second, third], factorized)],
  ];
  return residualBlock(x, branches, { ...options, name });
}

/** Inception-ResNet-C, Figures 13 (v1) and 19 (v2): 8 × 8, as many channels as it is given. */
export function inceptionResNetC(
  x: tf.SymbolicTensor,
  { name = 'inceptionResNetC', version, factorized, ...options }: ResNetBlockOptions,
): tf.SymbolicTensor {
  const [second, third] = version === 'v1' ? [192, 192] : [224, 256];
  const branches = [
    [convolution(192, 1)],
    [convolution(192, 1), ...asymmetric(3, [second, third], factorized)],
  ];
  return residualBlock(x, branches, { ...options, name });
}

/** 1×n and n×1; or n×n, which sees as much: Szegedy et al. 2015 (arXiv 1512.00567), Section 3.2. */
function asymmetric(n: number, [first, last]: [number, number], factorized = true): Step[] {
  return factorized
    ? [convolution(first, [1, n]), convolution(last, [n, 1])]
    : [convolution(last, n)];
}

export interface ResNetReductionOptions extends BranchOptions {
  readonly name?: string;
  readonly version: ResNetVersion;
  readonly variant?: Variant;
}

/**
 * Reduction-B of the Inception-ResNets, Figures 12 (v1) and 18 (v2):
 * `[17, 17, 896]` → `[8, 8, 1792]`, `[17, 17, 1152]` → `[8, 8, 2144]`.
 */
export function resNetReductionB(
  x: tf.SymbolicTensor,
  { name = 'reductionB', version, variant = 'paper', ...options }: ResNetReductionOptions,
): tf.SymbolicTensor {
  const [second, third] = version === 'v1' ? [256, 256] : [288, 320];
  const others = [
    [convolution(256, 1), convolution(384, 3, stride2V)],
    [convolution(256, 1), convolution(second, 3, stride2V)],
    [convolution(256, 1), convolution(second, 3), convolution(third, 3, stride2V)],
  ];
  return concatenateBranches(x, name, withPool(variant, [maxPool()], others), options);
}

/** One scale for all residuals, or one each for the A, B and C blocks. */
export type ResidualScale = number | readonly [a: number, b: number, c: number];

/** What both Inception-ResNets let their user choose beside what all networks do. */
export interface InceptionResNetOptions extends NetworkOptions {
  /** How many A, B and C blocks. */
  readonly blocks?: readonly [a: number, b: number, c: number];
  /** What residuals are multiplied with before they are added. */
  readonly residualScale?: ResidualScale;
  /** `false` leaves the shortcuts out: the same blocks, for the ablation. Default: `true`. */
  readonly residual?: boolean;
  /** Filters of Reduction-A, Table 1. Default: the network's own. */
  readonly reductionA?: ReductionAFilters;
  /** `false` puts an n×n convolution in place of 1×n and n×1, for the ablation. Default: `true`. */
  readonly factorized?: boolean;
}

/** What is peculiar to one Inception-ResNet between its stem and its head. */
export interface ResNetBody {
  readonly version: ResNetVersion;
  /** Filters of Reduction-A, Table 1. */
  readonly reductionA: ReductionAFilters;
  /**
   * How many blocks the released network has, if it is that one and not the paper's. It scales
   * residuals by 0.17, 0.10 and 0.20, its last C block has neither a scale nor a ReLU, and pooling
   * branches are concatenated last.
   */
  readonly released: readonly [a: number, b: number, c: number] | undefined;
}

/**
 * A blocks, Reduction-A, B blocks, Reduction-B, C blocks: Figure 15.
 *
 * @param x the stem's output
 */
export function inceptionResNetBody(
  x: tf.SymbolicTensor,
  { version, reductionA: ownFilters, released }: ResNetBody,
  options: InceptionResNetOptions,
): Features {
  const {
    blocks = released ?? [5, 10, 5],
    residualScale = released ? [0.17, 0.1, 0.2] : 0.1,
    residual = true,
    factorized = true,
    reductionA: filters = ownFilters,
  } = options;
  const variant = released ? 'slim' : 'paper';
  const units = branchOptions(options);
  requireBlocks(blocks, 3);
  const [a, b, c] = blocks;
  const [scaleA, scaleB, scaleC] = parseScales(residualScale);
  const shared = { ...units, version, residual, factorized };
  for (let i = 1; i <= a; i++) {
    x = inceptionResNetA(x, { ...shared, name: `inceptionResNetA${i}`, residualScale: scaleA });
  }
  x = reductionA(x, { ...units, ...filters, variant });
  for (let i = 1; i <= b; i++) {
    x = inceptionResNetB(x, { ...shared, name: `inceptionResNetB${i}`, residualScale: scaleB });
  }
  const lower = x;
  x = resNetReductionB(x, { ...units, version, variant });
  for (let i = 1; i <= c; i++) {
    const plain = released !== undefined && i === c;
    x = inceptionResNetC(x, {
      ...shared,
      name: `inceptionResNetC${i}`,
      residualScale: plain ? 1 : scaleC,
      relu: !plain,
    });
  }
  return { last: x, auxiliary: (head) => [slimAuxiliary(lower, { ...units, ...head })] };
}

export interface PlainStemOptions extends BranchOptions {
  readonly stem?: Stem | undefined;
  /** How it comes to 35 × 35: by a convolution to 256 filters, or by a pool that leaves 192. */
  readonly end: 'convolution' | 'pool';
}

/**
 * The stem without branches. Inception-ResNet-v1's, Figure 14, ends in a convolution:
 * `[299, 299, 3]` → `[35, 35, 256]`; those of Inception-v3 and of TF-slim's Inception-ResNet-v2
 * in a pool: `[35, 35, 192]`.
 */
export function plainStem(
  x: tf.SymbolicTensor,
  { stem = 'imagenet', end, ...options }: PlainStemOptions,
): tf.SymbolicTensor {
  const { reduce, shrink, last } = stemPlacements(stem);
  const steps = [
    convolution(32, 3, reduce), // [149, 149, 32]
    convolution(32, 3, shrink), // [147, 147, 32]
    convolution(64, 3), // [147, 147, 64]
    maxPool(reduce), // [73, 73, 64]
    convolution(80, 1), // [73, 73, 80]
    convolution(192, 3, shrink), // [71, 71, 192]
    end === 'convolution' ? convolution(256, 3, last) : maxPool(last), // [35, 35, …]
  ];
  return sequence(x, 'stem', steps, options);
}

function parseScales(scale: ResidualScale): readonly [number, number, number] {
  const scales = typeof scale === 'number' ? ([scale, scale, scale] as const) : scale;
  if (scales.every(Number.isFinite)) return scales;
  throw new Error(
    `residualScale: ${JSON.stringify(scale)} is not allowed. Give one number, or three for A, B and C.`,
  );
}
