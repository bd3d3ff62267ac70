import { tf } from '../../backends/tf.js';
import { convolution, sequence, type BranchOptions } from './branches.js';
import { chain } from './chain.js';
import { batchNormEpsilon, layerSeed } from './convolution-unit.js';
import { heNormal } from './he-normal.js';

/** An activation of tfjs-layers; `'linear'` is none. */
export type Activation = 'softmax' | 'sigmoid' | 'linear';

export interface HeadOptions {
  readonly classes: number;
  readonly dropoutRate: number;
  readonly activation: Activation;
  readonly batchNormScale: boolean | undefined;
  readonly seed: number | undefined;
}

/** What stands on a network's last feature map. */
export type Head = (x: tf.SymbolicTensor, options: HeadOptions) => tf.SymbolicTensor;

/**
 * Average pool over all places, dropout, fully connected layer, activation.
 *
 * @param x `[batch, height, width, channels]`
 * @returns `[batch, classes]`
 */
export const classifier: Head = (x, options) => logits(pool(x, options), 'head', options);

/**
 * facenet's bottleneck, which describes what is seen by a few numbers: average pool, dropout, a
 * fully connected layer with batch normalization in place of a bias, and no activation.
 *
 * @param x `[batch, height, width, channels]`
 * @returns `[batch, classes]`
 */
export const embedding: Head = (x, { batchNormScale = true, ...options }) => {
  const name = 'head/embedding';
  const dense = tf.layers.dense({
    name,
    units: options.classes,
    useBias: false,
    kernelInitializer: tf.initializers.glorotUniform(layerSeed(options.seed, name)),
  });
  const batchNorm = tf.layers.batchNormalization({
    name: `${name}/batchNorm`,
    epsilon: batchNormEpsilon,
    scale: batchNormScale,
  });
  return chain(pool(x, options), dense, batchNorm);
};

function pool(
  x: tf.SymbolicTensor,
  { dropoutRate }: Pick<HeadOptions, 'dropoutRate'>,
): tf.SymbolicTensor {
  const average = tf.layers.globalAveragePooling2d({ name: 'head/pool' });
  const dropout = tf.layers.dropout({ name: 'head/dropout', rate: dropoutRate });
  return chain(x, average, dropout);
}

/** What an auxiliary classifier shares with the classifier. */
export type AuxiliaryOptions = Pick<HeadOptions, 'classes' | 'activation'>;

/**
 * TF-slim's auxiliary classifier, which trains the lower blocks directly: average pool 5×5 with
 * stride 3, 1×1 128, a convolution 768 over all that is left, fully connected layer, activation.
 *
 * @param x `[batch, 17, 17, channels]` at 299 px
 * @returns `[batch, classes]`
 * @throws Error if the feature map is smaller than the pool.
 */
export function slimAuxiliary(
  x: tf.SymbolicTensor,
  { classes, activation, ...options }: AuxiliaryOptions & BranchOptions,
): tf.SymbolicTensor {
  const name = 'auxiliary';
  const pooled = auxiliaryPool(x, name);
  const rest: [number, number] = [Number(pooled.shape[1]), Number(pooled.shape[2])];
  const steps = [convolution(128, 1), convolution(768, rest, { padding: 'valid' })];
  const features = sequence(pooled, name, steps, options);
  const flat = chain(features, tf.layers.flatten({ name: `${name}/flatten` }));
  return logits(flat, name, { classes, activation, seed: options.seed });
}

/**
 * GoogLeNet's auxiliary classifier (Szegedy et al. 2014, Section 5): average pool 5×5 with stride 3,
 * 1×1 128, fully connected 1024 with ReLU, 70 % dropout, fully connected layer, activation.
 *
 * @param x `[batch, 14, 14, channels]` at 224 px
 * @returns `[batch, classes]`
 * @throws Error if the feature map is smaller than the pool.
 */
export function googLeNetAuxiliary(
  x: tf.SymbolicTensor,
  name: string,
  { classes, activation, ...options }: AuxiliaryOptions & BranchOptions,
): tf.SymbolicTensor {
  const features = sequence(auxiliaryPool(x, name), name, [convolution(128, 1)], options);
  const hidden = chain(
    features,
    tf.layers.flatten({ name: `${name}/flatten` }),
    tf.layers.dense({
      name: `${name}/hidden`,
      units: 1024,
      activation: 'relu',
      kernelInitializer: heNormal(layerSeed(options.seed, `${name}/hidden`)),
    }),
    tf.layers.dropout({ name: `${name}/dropout`, rate: 0.7 }),
  );
  return logits(hidden, name, { classes, activation, seed: options.seed });
}

function auxiliaryPool(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  const [, height, width] = x.shape;
  if (Number(height) < 5 || Number(width) < 5) {
    throw new Error(
      `The auxiliary classifier needs a feature map of at least 5 × 5, but gets ${height} × ${width}. ` +
        'Give a larger inputShape, or leave auxiliary out.',
    );
  }
  const layer = tf.layers.averagePooling2d({ name: `${name}/pool`, poolSize: 5, strides: 3 });
  return chain(x, layer);
}

function logits(
  x: tf.SymbolicTensor,
  name: string,
  { classes, activation, seed }: Pick<HeadOptions, 'classes' | 'activation' | 'seed'>,
): tf.SymbolicTensor {
  const dense = tf.layers.dense({
    name: `${name}/logits`,
    units: classes,
    kernelInitializer: tf.initializers.glorotUniform(layerSeed(seed, `${name}/logits`)),
  });
  if (activation === 'linear') return chain(x, dense);
  return chain(x, dense, tf.layers.activation({ name: `${name}/${activation}`, activation }));
}
