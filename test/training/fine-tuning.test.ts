import assert from 'node:assert/strict';
import {
  createNetwork,
  freezeBody,
  inceptionResNetV1,
  saveWeights,
  tf,
  train,
  type TrainingConfig,
} from 'inception-lab';
import { useTestBackend } from '../support/backend.js';
import { toyData } from '../support/toy-data.js';
import { toyModel } from '../support/toy-model.js';

const data = toyData(32, 16);
const config: Partial<TrainingConfig> = {
  ...{ epochs: 2, batchSize: 8, learningRate: 0.1, averageDecay: 0.9, batchNormMomentum: 0.5 },
  augmentation: { flip: false, shift: 0 },
};

/** Every weight's bits, moving averages included. */
function bitsOf(model: tf.LayersModel): Map<string, number[]> {
  const bits = (values: Float32Array) => [...new Uint32Array(values.slice().buffer)];
  return new Map(
    model.weights.map((one) => [one.originalName, bits(one.read().dataSync<'float32'>())]),
  );
}

/** Which weights have changed since. */
function changed(model: tf.LayersModel, before: ReadonlyMap<string, number[]>): string[] {
  return [...bitsOf(model)]
    .filter(([name, bits]) => String(bits) !== String(before.get(name)))
    .map(([name]) => name);
}

function network(classes: number): tf.LayersModel {
  return inceptionResNetV1({
    ...{ stem: 'small', inputShape: [8, 8, 1], width: 0.05, blocks: [1, 1, 1], seed: 1 },
    ...{ classes, activation: 'linear' },
  });
}

describe('Fine-tuning', function () {
  this.timeout(120_000);
  before(useTestBackend);

  it('leaves a frozen body as it is, to the bit, batch normalization’s averages included', async () => {
    const model = network(2);
    freezeBody(model);
    const before = bitsOf(model);
    await train(model, data, config);
    assert.deepEqual(changed(model, before), ['head/logits/kernel', 'head/logits/bias']);
    // The body normalizes by these averages while it trains, as Keras's does.
    const x = tf.randomUniform([4, 8, 8, 1], -1, 1, 'float32', 1);
    const features = tf.model({
      inputs: model.inputs,
      outputs: model.getLayer('head/pool').output,
    });
    const [training, predicting] = [true, false].map((is) =>
      (features.apply(x, { training: is }) as tf.Tensor).dataSync(),
    );
    assert.deepEqual(training, predicting);
    assert.deepEqual(changed(model, before), ['head/logits/kernel', 'head/logits/bias']);
  });

  it('leaves a frozen model within a model as it is, too', async () => {
    const body = inceptionResNetV1({
      ...{ stem: 'small', inputShape: [8, 8, 1], width: 0.05, blocks: [1, 1, 1], top: false },
    });
    const head = tf.layers.dense({ units: 2, name: 'mine' });
    const pool = tf.layers.globalAveragePooling2d({ name: 'pool' });
    const model = tf.sequential({ layers: [body, pool, head] });
    body.trainable = false;
    const before = bitsOf(model);
    await train(model, data, config);
    assert.deepEqual(changed(model, before), ['mine/kernel', 'mine/bias']);
  });

  it('trains parts at rates of their own', async () => {
    const rates = { '': 1e-9, logits: 1 };
    const plain = {
      ...config,
      epochs: 1,
      averageDecay: 0,
      weightDecay: 0,
      optimizer: 'sgd',
      momentum: 0,
    } as const;
    const one = { ...plain, batchSize: 32 };
    const step = async (factors?: Record<string, number>) => {
      const model = toyModel();
      const weights = () =>
        new Map(model.weights.map((of) => [of.originalName, [...of.read().dataSync()]]));
      const before = weights();
      await train(model, data, factors ? { ...one, learningRateFactors: factors } : one);
      return new Map(
        [...weights()].map(([name, now]) => [
          name,
          now.map((value, i) => value - before.get(name)![i]!),
        ]),
      );
    };
    const [all, slow, half] = [await step(), await step(rates), await step({ logits: 0.5 })];
    assert.deepEqual(slow.get('logits/kernel'), all.get('logits/kernel'));
    assert.ok(all.get('first/kernel')!.some((change) => change !== 0));
    assert.ok(slow.get('first/kernel')!.every((change) => Math.abs(change) < 1e-8));
    assert.deepEqual(half.get('first/kernel'), all.get('first/kernel'));
    for (const [i, change] of half.get('logits/bias')!.entries()) {
      assert.ok(Math.abs(change - all.get('logits/bias')![i]! / 2) < 1e-7);
    }
    await assert.rejects(
      train(toyModel(), data, { learningRateFactors: { 'head/': 0 } }),
      /learningRateFactors has 0 for "head\/"\. Give a number greater than 0\. .*trainable = false/,
    );
  });

  it('starts from the weights of a file, with a new head for other classes', async () => {
    const file = await saveWeights(network(7));
    const model = await createNetwork('inception-resnet-v1', {
      ...{ stem: 'small', inputShape: [8, 8, 1], width: 0.05, classes: 2, activation: 'linear' },
      ...{ weights: file, tell: () => undefined, seed: 2 },
      ...({ blocks: [1, 1, 1] } as object),
    });
    freezeBody(model);
    await train(model, data, config);
    const moved = changed(model, bitsOf(network(7)));
    assert.deepEqual(moved, ['head/logits/kernel', 'head/logits/bias']);
  });
});
