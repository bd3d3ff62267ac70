import { addScaled } from '../backends/fused.js';
import { tf } from '../backends/tf.js';
import { layersOf } from '../models/analysis/graph.js';
import { normalized } from '../models/pictures/normalization.js';
import { fnv1a32 } from '../models/parts/hash.js';
import { modelWeights } from '../models/weights/model-weights.js';
import { RunningAverage } from './average.js';
import type { TrainingState } from './checkpoint.js';
import { learningRateAt, type TrainingConfig } from './config.js';
import { trainingBatches, type Batch } from './data/batches.js';
import type { Dataset } from './data/dataset.js';
import { evaluate } from './evaluate.js';
import { crossEntropy } from './loss.js';
import {
  applyGradients,
  clipByGlobalNorm,
  makeOptimizer,
  type ScheduledOptimizer,
} from './optimizer.js';
import { DivergedError, type Death, type EpochResult, type TrainOptions } from './results.js';
import { tensorBoardLog, type TensorBoardLog } from './tensor-board.js';
import {
  firstBrokenLayer,
  firstDeadLayer,
  lastFeatureMap,
  zeroFraction,
  zerosOf,
} from './vital-signs.js';

/** A network more of whose last feature map is 0 has died. */
const deadAbove = 0.95;

/** What one step has come to. */
interface StepNumbers {
  /** Without weight decay. */
  readonly loss: number;
  readonly zeroFraction: number;
  readonly deadLayer: string | undefined;
}

/** One training on its way. */
export class Trainer {
  readonly state: TrainingState;
  readonly #model: tf.LayersModel;
  readonly #data: Dataset;
  readonly #config: TrainingConfig;
  readonly #optimizer: ScheduledOptimizer;
  readonly #average: RunningAverage | undefined;
  readonly #options: TrainOptions;
  readonly #log: TensorBoardLog | undefined;
  /** The model, with its last feature map as one more output, if it has one. */
  readonly #watched: tf.LayersModel;
  #isDead = false;

  constructor(model: tf.LayersModel, data: Dataset, config: TrainingConfig, options: TrainOptions) {
    const weights = modelWeights(model);
    this.#model = model;
    this.#data = data;
    this.#config = config;
    this.#options = options;
    this.#log = options.tensorBoard === undefined ? undefined : tensorBoardLog(options.tensorBoard);
    const map = lastFeatureMap(model);
    this.#watched = tf.model({
      inputs: model.inputs,
      outputs: [...model.outputs, ...(map ? [map] : [])],
    });
    this.#optimizer = makeOptimizer(config);
    this.#average =
      config.averageDecay > 0 ? new RunningAverage(weights, config.averageDecay) : undefined;
    this.state = { weights, optimizer: this.#optimizer, average: this.#average };
  }

  async epoch(epoch: number): Promise<EpochResult> {
    const { train } = this.#data;
    const { batchSize, epochs, seed, augmentation } = this.#config;
    const { onStep, onDeath = warn, signal } = this.#options;
    const steps = Math.floor(train.count / batchSize);
    const batches = trainingBatches(train, this.#data, { batchSize, seed, epoch, augmentation });
    const begun = performance.now();
    let [waited, sum, step] = [0, 0, 0];
    for (let asked = performance.now(); ; asked = performance.now()) {
      const { value: batch, done } = await batches.next();
      waited += performance.now() - asked;
      if (done) break;
      this.#optimizer.learningRate = learningRateAt(epoch + step / steps, this.#config);
      this.#seedDropout(epoch * steps + step);
      const { loss, zeroFraction, deadLayer } = await this.#step(batch);
      sum += loss;
      step++;
      const place = { epoch: epoch + 1, step, steps, epochs };
      const result = { ...place, loss, pictures: batch.count, zeroFraction };
      this.#log?.step(result);
      onStep?.(result);
      if (deadLayer !== undefined) await onDeath({ ...result, layer: deadLayer });
      if (signal) await mayBeStopped(signal);
    }
    const seconds = (performance.now() - begun) / 1000;
    const evaluation = () => evaluate(this.#model, this.#data);
    const errors = await (this.#average ? this.#average.during(evaluation) : evaluation());
    const result = {
      epoch: epoch + 1,
      loss: sum / steps,
      ...errors,
      learningRate: this.#optimizer.learningRate,
      zeroFraction: await zeroFraction(this.#model, this.#data),
      seconds,
      waitingSeconds: waited / 1000,
    };
    this.#log?.epoch(result, steps * batchSize);
    return result;
  }

  takeAverages(): void {
    this.#average?.write();
  }

  dispose(): void {
    this.#optimizer.dispose();
    this.#average?.dispose();
    this.#log?.close();
  }

  async #step({ images, labels, count }: Batch): Promise<StepNumbers> {
    const { height, width, channels } = this.#data;
    const pictures = tf.tensor4d(images, [count, height, width, channels]);
    const input = normalized(this.#model, pictures);
    const targets = tf.tensor1d(labels, 'int32');
    let zeros: tf.Scalar = tf.scalar(0);
    const { value, grads } = tf.variableGrads(() => {
      const outputs = [this.#watched.apply(input, { training: true }) as tf.Tensor].flat();
      const map = outputs[this.#model.outputs.length];
      if (map) {
        zeros.dispose();
        zeros = tf.keep(zerosOf(map));
      }
      return this.#loss(outputs.slice(0, this.#model.outputs.length), targets);
    });
    let gradients = grads;
    try {
      const [loss = NaN] = await value.data();
      if (!Number.isFinite(loss)) {
        const layer = await firstBrokenLayer(this.#model, input);
        throw new DivergedError(
          `The loss is ${loss}. Values that are not numbers begin in the layer "${layer}". ` +
            'Lower learningRate, or set clipNorm.',
        );
      }
      const [zeroFraction = 0] = await zeros.data();
      const deadLayer = await this.#findDeath(zeroFraction, input);
      gradients = this.#prepare(gradients);
      gradients = applyGradients(this.#optimizer, gradients, this.#config);
      this.#average?.update();
      return { loss, zeroFraction, deadLayer };
    } finally {
      tf.dispose([pictures, input, targets, value, zeros, gradients]);
    }
  }

  /** @returns the layer where death begins, if the network has died just now */
  async #findDeath(zeroFraction: number, input: tf.Tensor): Promise<string | undefined> {
    if (zeroFraction <= deadAbove || this.#isDead) return undefined;
    this.#isDead = true;
    return firstDeadLayer(this.#model, input, deadAbove);
  }

  #loss(outputs: readonly tf.Tensor[], targets: tf.Tensor1D): tf.Scalar {
    const { labelSmoothing, auxiliaryWeight } = this.#config;
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
      const sum = addScaled(gradient, variable, weightDecay);
      gradient.dispose();
      return [name, sum] as const;
    });
    const all = Object.fromEntries(decayed);
    return clipNorm > 0 ? clipByGlobalNorm(all, clipNorm) : all;
  }

  /** So that a training that goes on drops what it would have dropped. */
  #seedDropout(step: number): void {
    for (const { name, layer } of layersOf(this.#model)) {
      if (layer.getClassName() !== 'Dropout') continue;
      Object.assign(layer, { seed: fnv1a32(`${name} ${this.#config.seed} ${step}`) });
    }
  }
}

/** Who stops the training gets a turn: by themselves, steps may leave none. */
async function mayBeStopped(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  signal.throwIfAborted();
}

function warn({ epoch, step, zeroFraction, layer }: Death): void {
  console.warn(
    `The network has died in step ${step} of epoch ${epoch}: ${(zeroFraction * 100).toFixed(1)} % ` +
      `of its last feature map is 0; that begins in the layer "${layer}". ` +
      'Lower learningRate, or scale residuals down.',
  );
}
