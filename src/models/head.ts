import { tf } from '../backends/tf.js';
import { convolution, sequence, type BranchOptions } from './branches.js';
import { layerSeed } from './convolution-unit.js';

/** An activation of tfjs-layers; `'linear'` is none. */
export type Activation = 'softmax' | 'sigmoid' | 'linear';

export interface ClassifierOptions {
  readonly classes: number;
  readonly dropoutRate: number;
  readonly activation: Activation;
  readonly seed: number | undefined;
}

/**
 * Average pool over all places, dropout, fully connected layer, activation.
 *
 * @param x `[batch, height, width, channels]`
 * @returns `[batch, classes]`
 */
export function classifier(
  x: tf.SymbolicTensor,
  { classes, dropoutRate, activation, seed }: ClassifierOptions,
): tf.SymbolicTensor {
  const pool = tf.layers.globalAveragePooling2d({ name: 'head/pool' });
  const dropout = tf.layers.dropout({ name: 'head/dropout', rate: dropoutRate });
  const pooled = dropout.apply(pool.apply(x)) as tf.SymbolicTensor;
  return logits(pooled, 'head', { classes, activation, seed });
}

/**
 * TF-slim's auxiliary classifier, which trains the lower blocks directly: average pool 5×5 with
 * stride 3, 1×1 128, a convolution 768 over all that is left, fully connected layer, activation.
 *
 * @param x `[batch, 17, 17, channels]` at 299 px
 * @returns `[batch, classes]`
 * @throws Error if the feature map is smaller than the pool.
 */
export function auxiliaryHead(
  x: tf.SymbolicTensor,
  {
    classes,
    activation,
    ...options
  }: Omit<ClassifierOptions, 'dropoutRate' | 'seed'> & BranchOptions,
): tf.SymbolicTensor {
  const [, height, width] = x.shape;
  if (Number(height) < 5 || Number(width) < 5) {
    throw new Error(
      `The auxiliary classifier needs a feature map of at least 5 × 5, and finds ${height} × ${width}. ` +
        'Give a larger inputShape, or leave auxiliary out.',
    );
  }
  const pool = tf.layers.averagePooling2d({ name: 'auxiliary/pool', poolSize: 5, strides: 3 });
  const pooled = pool.apply(x) as tf.SymbolicTensor;
  const rest: [number, number] = [Number(pooled.shape[1]), Number(pooled.shape[2])];
  const steps = [convolution(128, 1), convolution(768, rest, { padding: 'valid' })];
  const features = sequence(pooled, 'auxiliary', steps, options);
  const flatten = tf.layers.flatten({ name: 'auxiliary/flatten' });
  const flat = flatten.apply(features) as tf.SymbolicTensor;
  return logits(flat, 'auxiliary', { classes, activation, seed: options.seed });
}

function logits(
  x: tf.SymbolicTensor,
  name: string,
  { classes, activation, seed }: Omit<ClassifierOptions, 'dropoutRate'>,
): tf.SymbolicTensor {
  const dense = tf.layers.dense({
    name: `${name}/logits`,
    units: classes,
    kernelInitializer: tf.initializers.glorotUniform(layerSeed(seed, `${name}/logits`)),
  });
  const output = dense.apply(x) as tf.SymbolicTensor;
  if (activation === 'linear') return output;
  const layer = tf.layers.activation({ name: `${name}/${activation}`, activation });
  return layer.apply(output) as tf.SymbolicTensor;
}
