import { tf } from '../backends/tf.js';
import { classifierOf } from '../models/analysis/class-scores.js';
import { layersOf } from '../models/analysis/graph.js';
import { trainingConfig, type TrainingConfig } from './config.js';
import type { Dataset } from './data/dataset.js';
import { keeperOf } from './keeper.js';
import type { EpochResult, TrainOptions } from './results.js';
import { Trainer } from './trainer.js';

/**
 * Trains a network as published, or as the configuration says.
 *
 * The same configuration, model and data give the same losses, bit for bit on wasm and cpu, also
 * where a training has been stopped at any moment and goes on from what was kept of it. At the end the
 * model has the averaged weights, if there is an average.
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
  options: TrainOptions = {},
): Promise<EpochResult[]> {
  const config = trainingConfig(given);
  requireFit(model, data, config);
  freezeWithin(model);
  for (const { layer } of layersOf(model)) {
    if (layer.getClassName() === 'BatchNormalization') {
      Object.assign(layer, { momentum: config.batchNormMomentum });
    }
  }
  const keeper = keeperOf(options, model, data, config);
  const trainer = new Trainer(model, data, config, options);
  try {
    const curve = (await keeper?.restore(trainer.state)) ?? [];
    if (curve.length > 0) options.onResume?.([...curve]);
    for (let epoch = curve.length; epoch < config.epochs; epoch++) {
      const result = await trainer.epoch(epoch);
      curve.push(result);
      await keeper?.save(trainer.state, curve);
      await options.onEpoch?.(result);
    }
    trainer.takeAverages();
    await keeper?.end();
    return curve;
  } finally {
    trainer.dispose();
  }
}

/**
 * Freezes the layers of frozen models within the model, as Keras does: TensorFlow.js freezes their
 * weights, and lets them train again when a sequential model is put together.
 */
function freezeWithin(model: tf.LayersModel): void {
  if (!model.built) model.build([]);
  for (const inner of model.layers) {
    if (!(inner instanceof tf.LayersModel)) continue;
    if (inner.trainable) freezeWithin(inner);
    else for (const { layer } of layersOf(inner)) layer.trainable = false;
  }
}

/** @throws Error that says what does not fit. */
function requireFit(model: tf.LayersModel, data: Dataset, { batchSize }: TrainingConfig): void {
  const [, ...shape] = model.inputs[0]?.shape ?? [];
  const wanted = [data.height, data.width, data.channels];
  if (String(shape) !== String(wanted)) {
    throw new Error(
      `The model "${model.name}" takes pictures of [${shape.join(', ')}], but those of ` +
        `${data.name} are [${wanted.join(', ')}]: build it with inputShape: [${wanted.join(', ')}].`,
    );
  }
  const classes = model.outputs[0]?.shape.at(-1);
  if (classes !== data.classes.length) {
    throw new Error(
      `The model "${model.name}" has ${classes} classes, but ${data.name} has ` +
        `${data.classes.length}: build it with classes: ${data.classes.length}.`,
    );
  }
  const activation = classifierOf(model)?.activation ?? model.layers.at(-1)?.getConfig().activation;
  if (activation !== undefined && activation !== 'linear') {
    throw new Error(
      `The model "${model.name}" ends with ${JSON.stringify(activation)}; training needs its ` +
        "logits: build it with activation: 'linear'.",
    );
  }
  if (batchSize > data.train.count) {
    throw new Error(
      `batchSize is ${batchSize}, but ${data.name} has only ${data.train.count} pictures to train with.`,
    );
  }
}
