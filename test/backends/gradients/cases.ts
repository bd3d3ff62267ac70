import { tf } from 'inception-lab';
import * as reference from './reference.js';
import type { Size, Values, Windows } from './reference.js';

/** An operation, computed by a backend and by the reference. */
export interface Case {
  readonly name: string;
  readonly shapes: readonly (readonly number[])[];
  /** What is added to the first input's values, which lie between -1 and 1. */
  readonly offset?: number;
  readonly compute: (...inputs: tf.Tensor[]) => tf.Tensor;
  readonly expected: (...inputs: Values[]) => Values;
}

const paddings = ['same', 'valid'] as const;

const convolutions: Case[] = [1, 2].flatMap((stride) =>
  paddings.flatMap((padding) =>
    (
      [
        [3, 3],
        [1, 1],
        [1, 7],
        [7, 1],
        [5, 5],
      ] as const
    ).flatMap((size) =>
      [2, 9].map((batch): Case => ({
        name: `conv2d ${size.join('×')}, stride ${stride}, ${padding}, batch ${batch}`,
        shapes: [
          [batch, 7, 9, 3],
          [...size, 3, 2],
        ],
        compute: (x, kernel) => tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, stride, padding),
        expected: (x, kernel) => reference.conv2d(x, kernel, [stride, stride], padding),
      })),
    ),
  ),
);

/** Even sizes, where same padding is not the same on both sides. */
const evenConvolutions: Case[] = paddings.map((padding) => ({
  name: `conv2d 2×4, strides 2 and 1, ${padding}, even sides`,
  shapes: [
    [2, 8, 6, 2],
    [2, 4, 2, 3],
  ],
  compute: (x, kernel) => tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, [2, 1], padding),
  expected: (x, kernel) => reference.conv2d(x, kernel, [2, 1], padding),
}));

/** Two channels become four, and strides differ. */
const depthwise: Case[] = paddings.map((padding) => ({
  name: `depthwiseConv2d 3×2, strides 2, ${padding}`,
  shapes: [
    [2, 5, 6, 2],
    [3, 2, 2, 2],
  ],
  compute: (x, kernel) => tf.depthwiseConv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, 2, padding),
  expected: (x, kernel) => reference.depthwiseConv2d(x, kernel, [2, 2], padding),
}));

/** As many pixels as the mended kernels take in blocks. */
const manyPixels: Case = {
  name: 'conv2d 1×1, 1024 pixels',
  shapes: [
    [4, 16, 16, 2],
    [1, 1, 2, 3],
  ],
  compute: (x, kernel) => tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, 1, 'same'),
  expected: (x, kernel) => reference.conv2d(x, kernel, [1, 1], 'same'),
};

const pools: Case[] = [1, 2].flatMap((stride) =>
  paddings.flatMap((padding) =>
    [
      [7, 9],
      [8, 6],
    ].flatMap(([height, width]) =>
      [0, -2].flatMap((offset): Case[] => {
        const windows: Windows = { size: [3, 3], strides: [stride, stride], padding };
        const where = `3×3, stride ${stride}, ${padding}, ${height}×${width}`;
        const shapes = [[2, height!, width!, 3]];
        return [
          {
            name: `averagePool ${where}, values about ${offset}`,
            shapes,
            offset,
            compute: (x) => tf.avgPool(x as tf.Tensor4D, 3, stride, padding),
            expected: (x) => reference.averagePool(x, windows),
          },
          {
            name: `maxPool ${where}, values about ${offset}`,
            shapes,
            offset,
            compute: (x) => tf.maxPool(x as tf.Tensor4D, 3, stride, padding),
            expected: (x) => reference.maxPool(x, windows),
          },
        ];
      }),
    ),
  ),
);

/** The pool before an auxiliary classifier. */
const auxiliaryPool: Case = {
  name: 'averagePool 5×5, stride 3, valid',
  shapes: [[2, 8, 11, 3]],
  compute: (x) => tf.avgPool(x as tf.Tensor4D, 5, 3, 'valid'),
  expected: (x) => reference.averagePool(x, { size: [5, 5], strides: [3, 3], padding: 'valid' }),
};

const epsilon = 1e-3;

const normalizations: Case[] = [
  {
    name: 'batchNorm by given mean and variance',
    shapes: [[3, 5, 3, 4], [4], [4]],
    compute: (x, gamma, beta) =>
      tf.batchNorm(x, tf.tensor1d([1, 0, -1, 2]), tf.tensor1d([1, 2, 3, 4]), beta, gamma, epsilon),
    expected: (x, gamma, beta) =>
      reference.map(x, (value, i) => {
        const c = i % 4;
        const normalized = (value - [1, 0, -1, 2][c]!) / Math.sqrt(c + 1 + epsilon);
        return normalized * gamma.data[c]! + beta.data[c]!;
      }),
  },
  ...[
    [3, 5, 3, 4],
    [2, 7, 9, 3],
    [4, 4, 8, 3],
    [6, 4],
  ].map((shape): Case => ({
    name: `the batch-norm layer in training, [${shape.join(', ')}]`,
    shapes: [shape, [shape.at(-1)!], [shape.at(-1)!]],
    compute: trainingBatchNorm,
    expected: (x, gamma, beta) => reference.batchNorm(x, gamma, beta, epsilon),
  })),
  {
    name: 'local response normalization',
    shapes: [[2, 3, 3, 7]],
    compute: (x) => tf.localResponseNormalization(x as tf.Tensor4D, 2, 1, 0.5, 0.75),
    expected: (x) => reference.localResponse(x, 2, 1, 0.5, 0.75),
  },
];

/** The layer with the given tensors in its weights' place, so that they get gradients. */
function trainingBatchNorm(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor {
  const layer = tf.layers.batchNormalization({ epsilon });
  layer.build(x.shape);
  Object.assign(layer, { gamma: { read: () => gamma }, beta: { read: () => beta } });
  return layer.call(x, { training: true }) as tf.Tensor;
}

const labels = [2, 0, 1];

const others: Case[] = [
  {
    name: 'relu',
    shapes: [[2, 5, 3, 4]],
    compute: (x) => tf.relu(x),
    expected: (x) => reference.map(x, (value) => Math.max(value, 0)),
  },
  {
    name: 'fused convolution with a bias',
    shapes: [[2, 5, 7, 3], [3, 3, 3, 4], [4]],
    compute: (x, kernel, bias) =>
      tf.fused.conv2d({
        x: x as tf.Tensor4D,
        filter: kernel as tf.Tensor4D,
        strides: 1,
        pad: 'same',
        bias,
      }),
    expected: (x, kernel, bias) =>
      reference.map(
        reference.conv2d(x, kernel, [1, 1], 'same'),
        (value, i) => value + bias.data[i % 4]!,
      ),
  },
  {
    name: 'branches side by side, narrow and wide',
    shapes: [
      [2, 3, 5, 2],
      [2, 3, 5, 19],
      [2, 3, 5, 3],
    ],
    compute: (...branches) => tf.concat(branches, 3),
    expected: (...branches) => reference.concatenate(branches),
  },
  {
    name: 'a scaled residual',
    shapes: [
      [2, 3, 5, 2],
      [2, 3, 5, 2],
    ],
    compute: (x, change) => tf.add(x, tf.mul(change, 0.17)),
    expected: (x, change) => reference.map(x, (value, i) => value + 0.17 * change.data[i]!),
  },
  {
    name: 'global average',
    shapes: [[2, 5, 3, 4]],
    compute: (x) => tf.mean(x, [1, 2]),
    expected: reference.globalAverage,
  },
  {
    name: 'dense with a bias',
    shapes: [[3, 5], [5, 4], [4]],
    compute: (x, kernel, bias) => tf.add(tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D), bias),
    expected: (x, kernel, bias) =>
      reference.map(reference.matMul(x, kernel), (value, i) => value + bias.data[i % 4]!),
  },
  {
    name: 'softmax',
    shapes: [[3, 5]],
    compute: (x) => tf.softmax(x),
    expected: reference.softmax,
  },
  {
    name: 'cross-entropy of logits',
    shapes: [[3, 4]],
    compute: (logits) =>
      tf.losses.softmaxCrossEntropy(
        tf.oneHot(labels, 4),
        logits,
        undefined,
        undefined,
        tf.Reduction.NONE,
      ),
    expected: (logits) => reference.crossEntropy(logits, labels),
  },
  {
    name: 'dropout by a given mask',
    shapes: [[2, 6]],
    compute: (x) => tf.mul(x, tf.tensor2d([[1, 0, 1, 1, 0, 1]])).div(0.8),
    expected: (x) => reference.map(x, (value, i) => (value * [1, 0, 1, 1, 0, 1][i % 6]!) / 0.8),
  },
  {
    name: 'resizing to the nearest neighbour',
    shapes: [[3, 3, 4, 2]],
    compute: (x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [6, 9]),
    expected: (x) => reference.resizeNearest(x, [6, 9] as Size),
  },
];

/** Of a class, of channels, of pictures: what looking inside picks out. */
const gathers: Case[] = [
  { shape: [2, 5], axis: 1, places: [3] },
  { shape: [2, 3, 4, 5], axis: 3, places: [4, 0, 4] },
  { shape: [3, 2, 4, 2], axis: 0, places: [2, 2, 0, 2] },
].map(({ shape, axis, places }) => ({
  name: `gather [${places.join(', ')}] along axis ${axis} of [${shape.join(', ')}]`,
  shapes: [shape],
  compute: (x) => tf.gather(x, tf.tensor1d(places, 'int32'), axis),
  expected: (x) => reference.gather(x, places, axis),
}));

export const cases: readonly Case[] = [
  ...convolutions,
  ...evenConvolutions,
  ...depthwise,
  manyPixels,
  ...pools,
  auxiliaryPool,
  ...normalizations,
  ...others,
  ...gathers,
];
