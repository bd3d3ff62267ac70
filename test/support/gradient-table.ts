import { backendNames, tf, type BackendName } from 'inception-lab';
import { hashValues } from './hash-values.js';

/** An operation with one input that counts; what else it takes is fixed. */
interface Operation {
  readonly apply: (x: tf.Tensor) => tf.Tensor;
  readonly shape?: readonly number[];
  /** Where the input's values lie. Default: from -1 to 1 */
  readonly range?: readonly [from: number, to: number];
}

/** What came of an operation's gradient: a word of the table. */
export type Verdict = 'right' | 'wrong' | 'none';

const map = [1, 4, 4, 2] as const;
const kernel = () => fixed('kernel', [3, 3, 2, 2]) as tf.Tensor4D;
const asMap = (x: tf.Tensor) => x as tf.Tensor4D;

function fixed(name: string, shape: readonly number[]): tf.Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(hashValues(name, size), [...shape]);
}

/** Operations of one tensor, by the name of the function in `tf`. */
function unary(names: string, range?: readonly [number, number]): [string, Operation][] {
  const functions = tf as unknown as Record<string, (x: tf.Tensor) => tf.Tensor>;
  return names
    .split(' ')
    .map((name) => [name, { apply: functions[name]!, ...(range && { range }) }]);
}

/** Operations of two tensors; the first is looked at, and for those named twice the second. */
function binary(names: string, range?: readonly [number, number]): [string, Operation][] {
  type Function = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
  const functions = tf as unknown as Record<string, Function>;
  return names.split(' ').flatMap((name): [string, Operation][] => {
    const other = () => fixed(`other ${name}`, [6]).abs().add(0.3);
    const shared = { shape: [2, 6], ...(range && { range }) };
    return [
      [name, { ...shared, apply: (x) => functions[name]!(x, other()) }],
      [`${name}, second`, { ...shared, apply: (x) => functions[name]!(other(), x) }],
    ];
  });
}

/** Everything in TensorFlow.js that has a gradient and is not flat: by name. */
export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ...unary('abs asinh atan cos cosh elu erf exp expm1 leakyRelu logSigmoid neg relu selu sigmoid'),
  ...unary('sin sinh softplus square tan tanh'),
  ...unary('acos asin atanh', [-0.8, 0.8]),
  ...unary('acosh', [1.5, 3]),
  ...unary('log log1p reciprocal rsqrt sqrt', [0.5, 2]),
  ...unary('relu6', [-8, 8]),
  ...binary('add sub mul div maximum minimum squaredDifference pow atan2 mod', [0.5, 2]),
  ...unary('softmax logSoftmax sum mean max min logSumExp prod cumsum'),
  ['matMul', { shape: [3, 4], apply: (x) => tf.matMul(x, fixed('m', [4, 2])) }],
  ['matMul, second', { shape: [4, 2], apply: (x) => tf.matMul(fixed('m', [3, 4]), x) }],
  ['norm', { apply: (x) => x.norm() }],
  ['moments', { apply: (x) => tf.moments(x).variance }],
  ['clipByValue', { apply: (x) => x.clipByValue(-0.4, 0.4) }],
  ['prelu', { shape: [2, 6], apply: (x) => tf.prelu(x, fixed('alpha', [6])) }],
  ['reshape', { shape: [2, 6], apply: (x) => x.reshape([3, 4]).square() }],
  ['transpose', { shape: [2, 6], apply: (x) => x.transpose().square() }],
  ['expandDims', { apply: (x) => x.expandDims(0).square() }],
  ['tile', { shape: [2, 3], apply: (x) => x.tile([2, 2]).square() }],
  ['broadcastTo', { shape: [1, 3], apply: (x) => x.broadcastTo([4, 3]).square() }],
  ['reverse', { shape: [2, 3], apply: (x) => x.reverse(1).mul(fixed('r', [2, 3])) }],
  ['concat', { shape: [2, 3], apply: (x) => tf.concat([x, fixed('c', [2, 3])], 1).square() }],
  ['stack', { shape: [2, 3], apply: (x) => tf.stack([x, fixed('c', [2, 3])]).square() }],
  ['unstack', { shape: [2, 3], apply: (x) => tf.unstack(x)[1]!.square() }],
  ['split', { shape: [2, 4], apply: (x) => tf.split(x, 2, 1)[1]!.square() }],
  ['slice', { shape: [3, 4], apply: (x) => x.slice([1, 1], [2, 2]).square() }],
  [
    'stridedSlice',
    { shape: [3, 4], apply: (x) => x.stridedSlice([0, 0], [3, 4], [2, 1]).square() },
  ],
  ['gather', { shape: [4, 3], apply: (x) => x.gather(tf.tensor1d([3, 1, 1], 'int32')).square() }],
  [
    'gather, along the last axis',
    { shape: [2, 5], apply: (x) => x.gather(tf.tensor1d([3], 'int32'), 1).square() },
  ],
  [
    'where',
    { shape: [2, 3], apply: (x) => tf.where(fixed('w', [2, 3]).greater(0), x.square(), x) },
  ],
  [
    'pad',
    {
      shape: [2, 3],
      apply: (x) =>
        x
          .pad([
            [1, 0],
            [0, 2],
          ])
          .square(),
    },
  ],
  [
    'mirrorPad',
    {
      shape: [3, 3],
      apply: (x) =>
        tf
          .mirrorPad(
            x,
            [
              [1, 1],
              [1, 1],
            ],
            'reflect',
          )
          .square(),
    },
  ],
  ['addN', { apply: (x) => tf.addN([x, x.square()]) }],
  ['conv2d', { shape: map, apply: (x) => tf.conv2d(asMap(x), kernel(), 1, 'same') }],
  [
    'conv2d, kernel',
    {
      shape: [3, 3, 2, 2],
      apply: (k) => tf.conv2d(fixed('x', map) as tf.Tensor4D, k as tf.Tensor4D, 1, 'same'),
    },
  ],
  [
    'conv2d, dilated',
    { shape: [1, 7, 7, 2], apply: (x) => tf.conv2d(asMap(x), kernel(), 1, 'valid', 'NHWC', 2) },
  ],
  [
    'conv2dTranspose',
    {
      shape: [1, 3, 3, 2],
      apply: (x) => tf.conv2dTranspose(asMap(x), kernel(), [1, 6, 6, 2], 2, 'same'),
    },
  ],
  [
    'depthwiseConv2d',
    {
      shape: map,
      apply: (x) =>
        tf.depthwiseConv2d(asMap(x), fixed('d', [3, 3, 2, 1]) as tf.Tensor4D, 1, 'same'),
    },
  ],
  [
    'depthwiseConv2d, kernel',
    {
      shape: [3, 3, 2, 1],
      apply: (k) => tf.depthwiseConv2d(fixed('x', map) as tf.Tensor4D, k as tf.Tensor4D, 1, 'same'),
    },
  ],
  [
    'separableConv2d',
    {
      shape: map,
      apply: (x) =>
        tf.separableConv2d(
          asMap(x),
          fixed('d', [3, 3, 2, 1]) as tf.Tensor4D,
          fixed('p', [1, 1, 2, 3]) as tf.Tensor4D,
          1,
          'same',
        ),
    },
  ],
  [
    'conv1d',
    {
      shape: [1, 6, 2],
      apply: (x) => tf.conv1d(x as tf.Tensor3D, fixed('k', [3, 2, 2]) as tf.Tensor3D, 1, 'same'),
    },
  ],
  [
    'conv3d',
    {
      shape: [1, 3, 3, 3, 1],
      apply: (x) =>
        tf.conv3d(x as tf.Tensor5D, fixed('k', [2, 2, 2, 1, 1]) as tf.Tensor5D, 1, 'same'),
    },
  ],
  ['avgPool', { shape: map, apply: (x) => tf.avgPool(asMap(x), 3, 1, 'same') }],
  ['maxPool', { shape: map, apply: (x) => tf.maxPool(asMap(x), 3, 2, 'valid') }],
  [
    'avgPool3d',
    { shape: [1, 3, 3, 3, 1], apply: (x) => tf.avgPool3d(x as tf.Tensor5D, 2, 1, 'valid') },
  ],
  [
    'maxPool3d',
    { shape: [1, 3, 3, 3, 1], apply: (x) => tf.maxPool3d(x as tf.Tensor5D, 2, 1, 'valid') },
  ],
  [
    'batchNorm',
    {
      shape: map,
      apply: (x) => tf.batchNorm(asMap(x), [0.1, 0.2], [0.5, 0.7], [0.3, 0.1], [1.2, 0.8]),
    },
  ],
  [
    'localResponseNormalization',
    { shape: map, apply: (x) => tf.localResponseNormalization(asMap(x), 1) },
  ],
  ['resizeBilinear', { shape: map, apply: (x) => tf.image.resizeBilinear(asMap(x), [7, 6]) }],
  [
    'resizeNearestNeighbor',
    { shape: map, apply: (x) => tf.image.resizeNearestNeighbor(asMap(x), [8, 8]).square() },
  ],
  [
    'batchToSpaceND',
    {
      shape: [4, 1, 1, 2],
      apply: (x) =>
        tf
          .batchToSpaceND(
            x,
            [2, 2],
            [
              [0, 0],
              [0, 0],
            ],
          )
          .square(),
    },
  ],
  [
    'spaceToBatchND',
    {
      shape: [1, 2, 2, 2],
      apply: (x) =>
        tf
          .spaceToBatchND(
            x,
            [2, 2],
            [
              [0, 0],
              [0, 0],
            ],
          )
          .square(),
    },
  ],
  [
    'unsortedSegmentSum',
    {
      shape: [3, 2],
      apply: (x) => tf.unsortedSegmentSum(x, tf.tensor1d([1, 0, 1], 'int32'), 2).square(),
    },
  ],
  [
    'softmaxCrossEntropy',
    { shape: [2, 4], apply: (x) => tf.losses.softmaxCrossEntropy(tf.oneHot([1, 3], 4), x) },
  ],
  [
    'sigmoidCrossEntropy',
    { shape: [2, 4], apply: (x) => tf.losses.sigmoidCrossEntropy(tf.oneHot([1, 3], 4), x) },
  ],
  ['huberLoss', { shape: [2, 4], apply: (x) => tf.losses.huberLoss(fixed('labels', [2, 4]), x) }],
  ['dropout', { shape: [2, 4], apply: (x) => tf.dropout(x, 0.5, undefined, 1).square() }],
]);

/** What it has for the operations that are not right everywhere: a row for each, a word a backend. */
export type GradientTable = ReadonlyMap<string, ReadonlyMap<BackendName, Verdict>>;

const begin = '<!-- gradients: written by npm run gradients -->';
const end = '<!-- /gradients -->';

/** The page with a table in its place. */
export function withTable(page: string, table: GradientTable): string {
  const words = { right: 'right', wrong: '**wrong**', none: 'none' };
  const rows = [...table].map(
    ([name, verdicts]) =>
      `| \`${name}\` | ${backendNames.map((backend) => words[verdicts.get(backend)!]).join(' | ')} |`,
  );
  const head = `| gradient of | ${backendNames.join(' | ')} |\n| --- |${' --- |'.repeat(backendNames.length)}`;
  const rest = operations.size - table.size;
  const said = `The gradients of ${rest} more are right on all four: ${others(table)}.`;
  const [before, after] = [page.split(begin)[0], page.split(end)[1]];
  return `${before}${begin}\n\n${[head, ...rows].join('\n')}\n\n${said}\n\n${end}${after}`;
}

function others(table: GradientTable): string {
  const names = [...operations.keys()].filter((name) => !table.has(name) && !name.includes(', '));
  return names.map((name) => `\`${name}\``).join(', ');
}

/** @returns the verdict of the page on an operation; `'right'` of those that it does not list */
export function verdictOfPage(page: string, name: string, backend: BackendName): Verdict {
  const row = page
    .split('\n')
    .find((line) => line.replaceAll(' ', '').startsWith(`|\`${name.replaceAll(' ', '')}\`|`));
  const cell = row?.split('|')[2 + backendNames.indexOf(backend)]?.replaceAll(/[* ]/g, '');
  return (cell ?? 'right') as Verdict;
}

const step = 2e-3;
const tolerance = 1e-2;

/**
 * Holds an operation's gradient on the current backend against central differences of what it computes
 * there, along a direction that a hash has made.
 *
 * @returns `'none'` if there is no gradient, or none of the kernels that it is made of
 */
export async function gradientVerdict(name: string): Promise<Verdict> {
  const { apply, shape = [2, 6], range = [-1, 1] } = operations.get(name)!;
  const values = fixed(name, shape)
    .add(1)
    .div(2)
    .mul(range[1] - range[0])
    .add(range[0]);
  const direction = fixed(`${name}, direction`, shape);
  const scalar = (x: tf.Tensor) => {
    const output = apply(x);
    return output
      .mul(fixed(`${name}, weights`, output.shape))
      .sum()
      .asScalar();
  };
  const ahead = scalar(values.add(direction.mul(step)));
  const behind = scalar(values.sub(direction.mul(step)));
  const [expected = NaN] = await ahead
    .sub(behind)
    .div(2 * step)
    .data();
  try {
    const gradient = tf.grad(scalar)(values);
    const [along = NaN] = await gradient.mul(direction).sum().data();
    const [size = NaN] = await gradient.norm().mul(direction.norm()).data();
    return Math.abs(along - expected) <= tolerance * Math.max(size, 1e-2) ? 'right' : 'wrong';
  } catch {
    return 'none';
  }
}
