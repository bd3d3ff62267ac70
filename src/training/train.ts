import { tf } from '../backends/tf.js';
import { modelWeights } from '../models/weights/model-weights.js';
import { fnv1a32 } from '../models/hash.js';
import { RunningAverage } from './average.js';
import { restoreCheckpoint, saveCheckpoint, type TrainingState } from './checkpoint.js';
import { learningRateAt, trainingConfig, type TrainingConfig } from './config.js';
import { trainingBatches, type Batch } from './data/batches.js';
import type { Dataset } from './data/dataset.js';
import { evaluate } from './evaluate.js';
import { crossEntropy } from './loss.js';
import { clipByGlobalNorm, makeOptimizer, type ScheduledOptimizer } from './optimizer.js';
import { firstBrokenLayer, zeroFraction } from './vital-signs.js';

/** What became of one epoch. */
export interface EpochResult {
  /** From 1. */
  readonly epoch: number;
  /** Of the training set, averaged over the epoch's steps; without weight decay. */
  readonly loss: number;
  /** Of the test set, with the averaged weights; fractions. */
  readonly top1: number;
  readonly top5: number;
  /** At the epoch's end. */
  readonly learningRate: number;
  /** How much of the last feature map is 0; 1 in a network that has died. */
  readonly zeroFraction: number;
  /** Of training, without evaluation. */
  readonly seconds: number;
  /** Of these, how many it waited for pictures. */
  readonly waitingSeconds: number;
}

export interface TrainOptions {
  /** Where checkpoints are kept, one an epoch: a training that is run again goes on from there. */
  readonly folder?: string;
  /** Called, and waited for, after each epoch. */
  readonly onEpoch?: (result: EpochResult) => void | Promise<void>;
  /** Called after each step. */
  readonly onStep?: (result: StepResult) => void;
}

/** What became of one step. */
export interface StepResult {
  /** From 1, as the step. */
  readonly epoch: number;
  readonly step: number;
  /** How many the epoch has, and the training epochs. */
  readonly steps: number;
  readonly epochs: number;
  readonly loss: number;
  /** How many pictures the step was for. */
  readonly pictures: number;
}

/** A training whose loss is no number any more. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError';
}

/**
 * Trains a network as published, or as the configuration says.
 *
 * The same configuration, model and data give the same losses, bit for bit on wasm and cpu, also
 * where a training has been stopped at any moment and goes on from its folder.
 *
 * @param model from `[batch, height, width, channels]` to logits `[batch, classes]`, and to those of
 *   auxiliary classifiers, if it has some
 * @returns what became of each epoch
 * @throws DivergedError if the loss is no number; it names the layer where that begins.
 * @throws Error if the configuration or the model does not fit.
 */
export async function train(
  model: tf.LayersModel,
  data: Dataset,
  given: Partial<TrainingConfig> = {},
  { folder, onEpoch, onStep }: TrainOptions = {},
): Promise<EpochResult[]> {
  const config = trainingConfig(given);
  requireFit(model, data, config);
  for (const layer of model.layers) {
    if (layer.getClassName() === 'BatchNormalization') {
      Object.assign(layer, { momentum: config.batchNormMomentum });
    }
  }
  const trainer = new Trainer(model, data, config);
  try {
    const curve = folder === undefined ? [] : await restoreCheckpoint(folder, trainer.state);
    for (let epoch = curve.length; epoch < config.epochs; epoch++) {
      const result = await trainer.epoch(epoch, onStep);
      curve.push(result);
      if (folder !== undefined) await saveCheckpoint(folder, trainer.state, curve);
      await onEpoch?.(result);
    }
    return curve;
  } finally {
    trainer.dispose();
  }
}

/** One training on its way. */
class Trainer {
  readonly state: TrainingState;
  readonly #model: tf.LayersModel;
  readonly #data: Dataset;
  readonly #config: TrainingConfig;
  readonly #optimizer: ScheduledOptimizer;
  readonly #average: RunningAverage | undefined;

  constructor(model: tf.LayersModel, data: Dataset, config: TrainingConfig) {
    const weights = modelWeights(model);
    this.#model = model;
    this.#data = data;
    this.#config = config;
    this.#optimizer = makeOptimizer(config);
    this.#average =
      config.averageDecay > 0 ? new RunningAverage(weights, config.averageDecay) : undefined;
    this.state = { weights, optimizer: this.#optimizer, average: this.#average };
  }

  async epoch(epoch: number, onStep: TrainOptions['onStep']): Promise<EpochResult> {
    const { train } = this.#data;
    const { batchSize, epochs, seed, augmentation } = this.#config;
    const steps = Math.floor(train.count / batchSize);
    const batches = trainingBatches(train, this.#data, { batchSize, seed, epoch, augmentation });
    const begun = performance.now();
    let [waited, sum, step] = [0, 0, 0];
    for (let asked = performance.now(); ; asked = performance.now()) {
      const { value: batch, done } = batches.next();
      waited += performance.now() - asked;
      if (done) break;
      this.#optimizer.learningRate = learningRateAt(epoch + step / steps, this.#config);
      this.#seedDropout(epoch * steps + step);
      const loss = await this.#step(batch);
      sum += loss;
      step++;
      onStep?.({ epoch: epoch + 1, step, steps, epochs, loss, pictures: batch.count });
    }
    const seconds = (performance.now() - begun) / 1000;
    const evaluation = () => evaluate(this.#model, this.#data);
    const errors = await (this.#average ? this.#average.during(evaluation) : evaluation());
    return {
      epoch: epoch + 1,
      loss: sum / steps,
      ...errors,
      learningRate: this.#optimizer.learningRate,
      zeroFraction: await zeroFraction(this.#model, this.#data),
      seconds,
      waitingSeconds: waited / 1000,
    };
  }

  dispose(): void {
    this.#optimizer.dispose();
    this.#average?.dispose();
  }

  /** @returns the loss, without weight decay */
  async #step({ images, labels, count }: Batch): Promise<number> {
    const { height, width, channels } = this.#data;
    const input = tf.tensor4d(images, [count, height, width, channels]);
    const targets = tf.tensor1d(labels, 'int32');
    const { value, grads } = tf.variableGrads(() => this.#loss(input, targets));
    const loss = (await value.data())[0] ?? NaN;
    if (!Number.isFinite(loss)) {
      const layer = await firstBrokenLayer(this.#model, input);
      throw new DivergedError(
        `The loss is ${loss}. What is no number begins in the layer "${layer}". ` +
          'Lower learningRate, or set clipNorm.',
      );
    }
    const prepared = this.#prepare(grads);
    this.#optimizer.applyGradients(prepared);
    this.#average?.update();
    tf.dispose([input, targets, value, prepared]);
    return loss;
  }

  #loss(input: tf.Tensor, targets: tf.Tensor1D): tf.Scalar {
    const { labelSmoothing, auxiliaryWeight } = this.#config;
    const outputs = [this.#model.apply(input, { training: true }) as tf.Tensor].flat();
    const losses = outputs.map((logits, i) =>
      crossEntropy(logits, targets, labelSmoothing).mul(i === 0 ? 1 : auxiliaryWeight),
    );
    return tf.addN(losses).asScalar();
  }

  /** Adds weight decay, and clips; those that are given are disposed of, or given back. */
  #prepare(gradients: tf.NamedTensorMap): tf.NamedTensorMap {
    const { weightDecay, clipNorm } = this.#config;
    const variables = tf.engine().registeredVariables;
    const decayed = Object.entries(gradients).map(([name, gradient]) => {
      const variable = variables[name];
      const decays = weightDecay > 0 && variable !== undefined && /\/kernel(_\d+)?$/.test(name);
      if (!decays) return [name, gradient] as const;
      const sum = tf.tidy(() => gradient.add(variable.mul(weightDecay)));
      gradient.dispose();
      return [name, sum] as const;
    });
    const all = Object.fromEntries(decayed);
    return clipNorm > 0 ? clipByGlobalNorm(all, clipNorm) : all;
  }

  /** So that a training that goes on drops what it would have dropped. */
  #seedDropout(step: number): void {
    for (const layer of this.#model.layers) {
      if (layer.getClassName() !== 'Dropout') continue;
      Object.assign(layer, { seed: fnv1a32(`${layer.name} ${this.#config.seed} ${step}`) });
    }
  }
}

/** @throws Error that says what does not fit. */
function requireFit(model: tf.LayersModel, data: Dataset, { batchSize }: TrainingConfig): void {
  const [, ...shape] = model.inputs[0]?.shape ?? [];
  const wanted = [data.height, data.width, data.channels];
  if (String(shape) !== String(wanted)) {
    throw new Error(
      `The model "${model.name}" takes pictures of [${shape.join(', ')}], and those of ` +
        `${data.name} are [${wanted.join(', ')}]: build it with inputShape: [${wanted.join(', ')}].`,
    );
  }
  const classes = model.outputs[0]?.shape.at(-1);
  if (classes !== data.classes.length) {
    throw new Error(
      `The model "${model.name}" knows ${classes} classes, and ${data.name} has ` +
        `${data.classes.length}: build it with classes: ${data.classes.length}.`,
    );
  }
  const activation = model.layers.at(-1)?.getConfig().activation;
  if (activation !== undefined && activation !== 'linear') {
    throw new Error(
      `The model "${model.name}" ends with ${JSON.stringify(activation)}; a training wants its ` +
        "logits: build it with activation: 'linear'.",
    );
  }
  if (batchSize > data.train.count) {
    throw new Error(
      `batchSize is ${batchSize}, and ${data.name} has ${data.train.count} pictures to train with.`,
    );
  }
}
