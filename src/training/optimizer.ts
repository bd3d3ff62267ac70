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
 * One step, with a learning rate for each variable.
 *
 * @param gradients which are disposed of, or given back
 * @param config in `learningRateFactors`, what the optimizer's rate is multiplied with
 */
export function applyGradients(
  optimizer: ScheduledOptimizer,
  gradients: tf.NamedTensorMap,
  { optimizer: kind, learningRateFactors: factors = {} }: TrainingConfig,
): tf.NamedTensorMap {
  const prefixes = Object.keys(factors).sort((a, b) => b.length - a.length);
  const factorOf = (name: string) =>
    factors[prefixes.find((one) => name.startsWith(one)) ?? ''] ?? 1;
  if (kind === 'sgd') {
    // To its steps the gradient and the rate are one factor each.
    const scaled = scaleEach(gradients, factorOf);
    optimizer.applyGradients(scaled);
    return scaled;
  }
  const { learningRate } = optimizer;
  for (const factor of new Set(Object.keys(gradients).map(factorOf))) {
    const group = Object.entries(gradients).filter(([name]) => factorOf(name) === factor);
    optimizer.learningRate = learningRate * factor;
    optimizer.applyGradients(Object.fromEntries(group));
  }
  optimizer.learningRate = learningRate;
  return gradients;
}

/** New tensors in the place of those that change. */
function scaleEach(
  gradients: tf.NamedTensorMap,
  factorOf: (name: string) => number,
): tf.NamedTensorMap {
  const scaled = Object.entries(gradients).map(([name, gradient]) => {
    const factor = factorOf(name);
    if (factor === 1) return [name, gradient] as const;
    const product = gradient.mul(factor);
    gradient.dispose();
    return [name, product] as const;
  });
  return Object.fromEntries(scaled);
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
