import { tf } from '../backends/tf.js';
import type { TrainingConfig } from './config.js';
import { RMSProp } from './rms-prop.js';

/** An optimizer whose learning rate a schedule sets. */
export type ScheduledOptimizer = tf.Optimizer & { learningRate: number };

export function makeOptimizer(config: TrainingConfig): ScheduledOptimizer {
  const { optimizer, learningRate, momentum, decay, epsilon } = config;
  if (optimizer === 'rmsprop') return new RMSProp({ learningRate, momentum, decay, epsilon });
  return new Momentum(learningRate, momentum);
}

/** TensorFlow.js's own, whose learning rate may be set, and which leaves nothing behind. */
class Momentum extends tf.MomentumOptimizer {
  declare learningRate: number;

  override dispose(): void {
    super.dispose();
    // That of its parent class, which it forgets.
    this.c.dispose();
  }
}

/**
 * Scales gradients together so that their common norm is at most `limit`.
 *
 * @returns new tensors; those that are given are disposed of
 */
export function clipByGlobalNorm(gradients: tf.NamedTensorMap, limit: number): tf.NamedTensorMap {
  const clipped = tf.tidy(() => {
    const squares = Object.values(gradients).map((gradient) => gradient.square().sum());
    const norm = tf.addN(squares).sqrt();
    const scale = tf.minimum(tf.scalar(limit).div(norm), 1);
    return Object.fromEntries(
      Object.entries(gradients).map(([name, gradient]) => [name, gradient.mul(scale)]),
    );
  });
  tf.dispose(gradients);
  return clipped;
}
