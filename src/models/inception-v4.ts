import { tf } from '../backends/tf.js';
import {
  averagePool,
  concatenateBranches,
  convolution,
  fork,
  maxPool,
  sequence,
  stride2V,
  V,
} from './branches.js';
import { layerSeed, type UnitOptions } from './convolution-unit.js';

/** Options of a block: its name, which its layers' names begin with, and what its units share. */
export interface BlockOptions extends UnitOptions {
  readonly name?: string;
}

export interface InceptionV4Options extends UnitOptions {
  /** `[height, width, channels]`, at least 75 × 75. Default: `[299, 299, 3]`. */
  readonly inputShape?: [height: number, width: number, channels: number];
  /** Default: 1000, as in ImageNet. */
  readonly classes?: number;
  /** The fraction dropped before the classifier. Default: 0.2; the paper states what it *keeps*, 0.8. */
  readonly dropoutRate?: number;
}

/** Below this, Reduction-B has nothing left to reduce. */
const smallestInput = 75;

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
 * @throws Error if the input is smaller than 75 × 75, or an option is not a number it can be.
 */
export function inceptionV4({
  inputShape = [299, 299, 3],
  classes = 1000,
  dropoutRate = 0.2,
  ...unit
}: InceptionV4Options = {}): tf.LayersModel {
  requireInput(inputShape);
  requireClasses(classes);
  const image = tf.input({ shape: inputShape, name: 'image' });

  let x = inceptionV4Stem(image, unit);
  for (const i of [1, 2, 3, 4]) x = inceptionA(x, { ...unit, name: `inceptionA${i}` });
  x = reductionA(x, { ...unit, k: 192, l: 224, m: 256, n: 384 });
  for (const i of [1, 2, 3, 4, 5, 6, 7]) x = inceptionB(x, { ...unit, name: `inceptionB${i}` });
  x = reductionB(x, unit);
  for (const i of [1, 2, 3]) x = inceptionC(x, { ...unit, name: `inceptionC${i}` });
  const probabilities = classifier(x, { classes, dropoutRate, ...unit });

  return tf.model({ inputs: image, outputs: probabilities, name: 'inceptionV4' });
}

/**
 * The stem, Figure 3: `[299, 299, 3]` → `[35, 35, 384]`. Inception-ResNet-v2 has the same.
 */
export function inceptionV4Stem(
  x: tf.SymbolicTensor,
  { name = 'stem', ...unit }: BlockOptions = {},
): tf.SymbolicTensor {
  const convolutions = [
    convolution(32, 3, stride2V), // [149, 149, 32]
    convolution(32, 3, V), // [147, 147, 32]
    convolution(64, 3), // [147, 147, 64]
  ];
  const split1 = [
    [maxPool()], //
    [convolution(96, 3, stride2V)],
  ];
  const split2 = [
    [convolution(64, 1), convolution(96, 3, V)],
    [convolution(64, 1), convolution(64, [7, 1]), convolution(64, [1, 7]), convolution(96, 3, V)],
  ];
  const split3 = [
    [convolution(192, 3, stride2V)], //
    [maxPool()],
  ];
  x = sequence(x, name, convolutions, unit);
  x = concatenateBranches(x, `${name}/split1`, split1, unit); // [73, 73, 160]
  x = concatenateBranches(x, `${name}/split2`, split2, unit); // [71, 71, 192]
  return concatenateBranches(x, `${name}/split3`, split3, unit); // [35, 35, 384]
}

/** Inception-A, Figure 4: `[35, 35, 384]` → `[35, 35, 384]`. */
export function inceptionA(
  x: tf.SymbolicTensor,
  { name = 'inceptionA', ...unit }: BlockOptions = {},
): tf.SymbolicTensor {
  const branches = [
    [averagePool(), convolution(96, 1)],
    [convolution(96, 1)],
    [convolution(64, 1), convolution(96, 3)],
    [convolution(64, 1), convolution(96, 3), convolution(96, 3)],
  ];
  return concatenateBranches(x, name, branches, unit);
}

/** Filters of Reduction-A, as Table 1 names them. */
export interface ReductionAOptions extends BlockOptions {
  /** Filters of the third branch's 1×1 convolution. */
  readonly k: number;
  /** Filters of the third branch's first 3×3 convolution. */
  readonly l: number;
  /** Filters of the third branch's second 3×3 convolution, with stride 2. */
  readonly m: number;
  /** Filters of the second branch's 3×3 convolution, with stride 2. */
  readonly n: number;
}

/** Reduction-A, Figure 7: `[35, 35, c]` → `[17, 17, c + n + m]`; k, l, m, n from Table 1. */
export function reductionA(
  x: tf.SymbolicTensor,
  { name = 'reductionA', k, l, m, n, ...unit }: ReductionAOptions,
): tf.SymbolicTensor {
  const branches = [
    [maxPool()],
    [convolution(n, 3, stride2V)],
    [convolution(k, 1), convolution(l, 3), convolution(m, 3, stride2V)],
  ];
  return concatenateBranches(x, name, branches, unit);
}

/** Inception-B, Figure 5: `[17, 17, 1024]` → `[17, 17, 1024]`. */
export function inceptionB(
  x: tf.SymbolicTensor,
  { name = 'inceptionB', ...unit }: BlockOptions = {},
): tf.SymbolicTensor {
  const branches = [
    [averagePool(), convolution(128, 1)],
    [convolution(384, 1)],
    [convolution(192, 1), convolution(224, [1, 7]), convolution(256, [7, 1])],
    [
      convolution(192, 1),
      convolution(192, [1, 7]),
      convolution(224, [7, 1]),
      convolution(224, [1, 7]),
      convolution(256, [7, 1]),
    ],
  ];
  return concatenateBranches(x, name, branches, unit);
}

/** Reduction-B of Inception-v4, Figure 8: `[17, 17, 1024]` → `[8, 8, 1536]`. */
export function reductionB(
  x: tf.SymbolicTensor,
  { name = 'reductionB', ...unit }: BlockOptions = {},
): tf.SymbolicTensor {
  const branches = [
    [maxPool()],
    [convolution(192, 1), convolution(192, 3, stride2V)],
    [
      convolution(256, 1),
      convolution(256, [1, 7]),
      convolution(320, [7, 1]),
      convolution(320, 3, stride2V),
    ],
  ];
  return concatenateBranches(x, name, branches, unit);
}

/** Inception-C, Figure 6: `[8, 8, 1536]` → `[8, 8, 1536]`. */
export function inceptionC(
  x: tf.SymbolicTensor,
  { name = 'inceptionC', ...unit }: BlockOptions = {},
): tf.SymbolicTensor {
  const branches = [
    [averagePool(), convolution(256, 1)],
    [convolution(256, 1)],
    [convolution(384, 1), fork(convolution(256, [1, 3]), convolution(256, [3, 1]))],
    [
      convolution(384, 1),
      convolution(448, [1, 3]),
      convolution(512, [3, 1]),
      fork(convolution(256, [3, 1]), convolution(256, [1, 3])),
    ],
  ];
  return concatenateBranches(x, name, branches, unit);
}

/** Figure 9's top: average pool, dropout, softmax. `[8, 8, 1536]` → `[classes]`. */
function classifier(
  x: tf.SymbolicTensor,
  {
    classes,
    dropoutRate,
    seed,
  }: Required<Pick<InceptionV4Options, 'classes' | 'dropoutRate'>> & UnitOptions,
): tf.SymbolicTensor {
  return [
    tf.layers.globalAveragePooling2d({ name: 'head/pool' }),
    tf.layers.dropout({ name: 'head/dropout', rate: dropoutRate }),
    tf.layers.dense({
      name: 'head/logits',
      units: classes,
      kernelInitializer: tf.initializers.glorotUniform(layerSeed(seed, 'head/logits')),
    }),
    tf.layers.softmax({ name: 'head/softmax' }),
  ].reduce((input, layer) => layer.apply(input) as tf.SymbolicTensor, x);
}

function requireInput([height, width, channels]: readonly number[]): void {
  const fits = (size: number | undefined) =>
    Number.isInteger(size) && Number(size) >= smallestInput;
  if (fits(height) && fits(width) && Number.isInteger(channels) && Number(channels) > 0) return;
  throw new Error(
    `Inception-v4 cannot take an input of [${height}, ${width}, ${channels}]: ` +
      `height and width are whole numbers of at least ${smallestInput}, channels of at least 1.`,
  );
}

function requireClasses(classes: number): void {
  if (Number.isInteger(classes) && classes > 0) return;
  throw new Error(
    `Inception-v4 cannot have ${classes} classes: a whole number of at least 1 is allowed.`,
  );
}
