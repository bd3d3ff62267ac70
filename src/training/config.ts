import type { Augmentation } from './data/variation.js';

/** All that decides how a network is trained; plain data, so that a run can be named by it. */
export interface TrainingConfig {
  readonly epochs: number;
  readonly batchSize: number;
  /** Of the order of the pictures, their variation, and dropout. */
  readonly seed: number;
  readonly optimizer: 'rmsprop' | 'sgd';
  readonly momentum: number;
  /** Of RMSProp's mean square. */
  readonly decay: number;
  /** Inside RMSProp's root. */
  readonly epsilon: number;
  readonly learningRate: number;
  /**
   * What the learning rate of a weight is multiplied with, by what its name begins with; of several,
   * the longest counts: `{ '': 0.1, 'head/': 1 }` for a tenth in the body. Default: 1 for all.
   */
  readonly learningRateFactors?: Readonly<Record<string, number>>;
  /** What the learning rate is multiplied with … */
  readonly learningRateDecay: number;
  /** … every so many epochs. */
  readonly epochsPerDecay: number;
  /**
   * `'cosine'`: in place of these steps the learning rate falls to 0 over all epochs, along half a
   * cosine (Loshchilov and Hutter 2017, Equation 5 without restarts).
   */
  readonly learningRateSchedule?: 'cosine';
  /** Over so many epochs the learning rate rises to its first value. */
  readonly warmUpEpochs: number;
  /** Over those epochs the learning rate is this one instead, and then the first value at once. */
  readonly warmUpRate?: number;
  /** The share of the target that goes to all classes alike. */
  readonly labelSmoothing: number;
  /** Of the convolutions' and the classifier's kernels, not of biases and batch normalization. */
  readonly weightDecay: number;
  /** Of the auxiliary classifiers' losses, if the network has some. */
  readonly auxiliaryWeight: number;
  /** The most that the norm of all gradients together may be; 0: no limit. */
  readonly clipNorm: number;
  /** Of the running average of the weights, with which the network is evaluated; 0: none. */
  readonly averageDecay: number;
  /** Of batch normalization's moving averages. */
  readonly batchNormMomentum: number;
  readonly augmentation: Augmentation;
}

/**
 * As published: Szegedy et al. (2016), Section 4 (RMSProp with decay 0.9 and ε 1.0, learning rate
 * 0.045 × 0.94 every two epochs, a running average for evaluation), and what TF-slim adds (momentum
 * 0.9, weight decay 4e-5, auxiliary weight 0.4, label smoothing 0.1, averages of decay 0.9999 and
 * 0.9997); the size of a batch and how pictures are varied are ours, for small pictures.
 */
export const publishedTraining: TrainingConfig = {
  epochs: 160,
  batchSize: 32,
  seed: 1,
  optimizer: 'rmsprop',
  momentum: 0.9,
  decay: 0.9,
  epsilon: 1,
  learningRate: 0.045,
  learningRateDecay: 0.94,
  epochsPerDecay: 2,
  warmUpEpochs: 0,
  labelSmoothing: 0.1,
  weightDecay: 4e-5,
  auxiliaryWeight: 0.4,
  clipNorm: 0,
  averageDecay: 0.9999,
  batchNormMomentum: 0.9997,
  augmentation: { flip: true, shift: 4 },
};

type Rule = readonly [allowed: string, holds: (value: number) => boolean];

const wholeFrom1: Rule = ['a whole number of at least 1', (n) => Number.isInteger(n) && n >= 1];
const notNegative: Rule = ['a number of at least 0', (n) => Number.isFinite(n) && n >= 0];
const fraction: Rule = ['a number of at least 0 and less than 1', (n) => n >= 0 && n < 1];
const positive: Rule = ['a number greater than 0', (n) => Number.isFinite(n) && n > 0];

const rules: Partial<Record<keyof TrainingConfig, Rule>> = {
  epochs: wholeFrom1,
  batchSize: wholeFrom1,
  seed: ['a whole number', Number.isInteger],
  momentum: fraction,
  decay: fraction,
  epsilon: positive,
  learningRate: positive,
  learningRateDecay: positive,
  epochsPerDecay: positive,
  warmUpEpochs: notNegative,
  warmUpRate: positive,
  labelSmoothing: fraction,
  weightDecay: notNegative,
  auxiliaryWeight: notNegative,
  clipNorm: notNegative,
  averageDecay: fraction,
  batchNormMomentum: fraction,
};

/** Settings that the published training does without; absent, they are no part of a run's name. */
const optionalSettings = ['warmUpRate', 'learningRateFactors', 'learningRateSchedule'];

/**
 * A whole configuration: what is given, and for the rest what was published.
 *
 * @throws Error that names the key, what was given and what is allowed.
 */
export function trainingConfig(given: Partial<TrainingConfig> = {}): TrainingConfig {
  const known = [...Object.keys(publishedTraining), ...optionalSettings];
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    const keys = known.join(', ');
    throw new Error(`A training has no setting "${unknown}". Its settings are: ${keys}.`);
  }
  const config = { ...publishedTraining, ...given };
  for (const [key, [allowed, holds]] of Object.entries(rules)) {
    const value = config[key as keyof typeof rules];
    if (value === undefined && !(key in publishedTraining)) continue;
    if (typeof value === 'number' && holds(value)) continue;
    throw new Error(`${key} is ${JSON.stringify(value)}. Give ${allowed}.`);
  }
  const { optimizer, augmentation, learningRateSchedule, learningRateFactors = {} } = config;
  for (const [prefix, factor] of Object.entries(learningRateFactors)) {
    if (typeof factor === 'number' && factor > 0 && Number.isFinite(factor)) continue;
    throw new Error(
      `learningRateFactors has ${JSON.stringify(factor)} for "${prefix}". Give a number ` +
        'greater than 0. To freeze a layer, set layer.trainable = false.',
    );
  }
  if (!['rmsprop', 'sgd'].includes(optimizer)) {
    throw new Error(`There is no optimizer "${optimizer}". Choose one of: rmsprop, sgd.`);
  }
  if (![undefined, 'cosine'].includes(learningRateSchedule)) {
    throw new Error(
      `There is no learningRateSchedule "${learningRateSchedule}". Give "cosine", or ` +
        'leave it out: then learningRateDecay applies.',
    );
  }
  const { shift, smallestCrop = 1 } = augmentation;
  if (!Number.isInteger(shift) || shift < 0) {
    throw new Error(`augmentation.shift is ${shift}. Give a whole number of at least 0.`);
  }
  if (!(smallestCrop > 0 && smallestCrop <= 1)) {
    throw new Error(
      `augmentation.smallestCrop is ${smallestCrop}. Give a number greater than 0, at most 1.`,
    );
  }
  return config;
}

/** The learning rate of a moment: `epoch` counts parts of epochs too, from 0. */
export function learningRateAt(epoch: number, config: TrainingConfig): number {
  const { learningRate, warmUpEpochs, warmUpRate } = config;
  if (epoch < warmUpEpochs && warmUpRate !== undefined) return warmUpRate;
  const decayed = learningRate * decayAt(epoch, config);
  return warmUpEpochs > 0 ? decayed * Math.min(1, epoch / warmUpEpochs) : decayed;
}

function decayAt(epoch: number, config: TrainingConfig): number {
  const { epochs, learningRateDecay, epochsPerDecay, learningRateSchedule } = config;
  if (learningRateSchedule === 'cosine') return (1 + Math.cos((Math.PI * epoch) / epochs)) / 2;
  return learningRateDecay ** Math.floor(epoch / epochsPerDecay);
}
