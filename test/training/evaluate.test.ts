import assert from 'node:assert/strict';
import { crops, evaluate, tf, type CropCount, type Dataset } from 'inception-lab';
import { noise } from '../support/noise.js';
import { useTestBackend } from '../support/backend.js';
import { toyData } from '../support/toy-data.js';

/** A network that says the same of every picture. */
function constant(probabilities: readonly number[]): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [8, 8, 1] }),
      tf.layers.dense({ units: probabilities.length, kernelInitializer: 'zeros' }),
    ],
  });
  const bias = tf.tensor1d(probabilities.map(Math.log));
  model.layers[1]!.setWeights([tf.zeros([64, probabilities.length]), bias]);
  return model;
}

/** As many pictures of each label as there are in a list. */
function withLabels(labels: readonly number[], classes: number): Dataset {
  const data = toyData(2, labels.length);
  const names = Array.from({ length: classes }, (_, i) => `${i}`);
  return { ...data, classes: names, test: { ...data.test, labels: Uint8Array.from(labels) } };
}

describe('An evaluation', function () {
  this.timeout(60_000);
  before(useTestBackend);

  it('counts how often the class is not the first guess, and not among the first five', async () => {
    const model = constant([0.3, 0.2, 0.15, 0.12, 0.1, 0.08, 0.05]);
    // Of eight pictures, three are of the first class, one of the sixth and one of the seventh.
    const data = withLabels([0, 1, 4, 5, 6, 0, 0, 3], 7);
    assert.deepEqual(await evaluate(model, data), { top1: 5 / 8, top5: 2 / 8 });
    assert.deepEqual(await evaluate(model, data, { batchSize: 3 }), { top1: 5 / 8, top5: 2 / 8 });
  });

  it('finds the first class where a network says nothing, and none where it says NaN', async () => {
    const data = withLabels([0, 1, 2, 3], 4);
    assert.equal((await evaluate(constant([1, 1, 1, 1]), data)).top1, 3 / 4);
    assert.deepEqual(await evaluate(constant([NaN, NaN, NaN, NaN]), data), { top1: 1, top5: 1 });
  });

  it('averages the probabilities of an ensemble', async () => {
    const data = withLabels([0, 0, 1], 2);
    const [hesitant, sure] = [constant([0.6, 0.4]), constant([0.1, 0.9])];
    assert.equal((await evaluate(hesitant, data)).top1, 1 / 3);
    // (0.6 + 0.1) / 2 < (0.4 + 0.9) / 2: two votes of the one would not have been enough.
    assert.equal((await evaluate([hesitant, sure], data)).top1, 2 / 3);
    assert.equal((await evaluate([hesitant, hesitant, sure], data)).top1, 2 / 3);
  });

  it('averages the probabilities of crops, as one does by hand', async () => {
    const [side, count] = [16, 6];
    const bytes = Uint8Array.from(noise(count * side * side * 3, 7), (value) => 256 * value);
    const test = { images: bytes, labels: Uint8Array.from([0, 1, 2, 0, 1, 2]), count };
    const size = { height: side, width: side, channels: 3 };
    const data = { name: 'noise', classes: ['a', 'b', 'c'], ...size, train: test, test };
    const initializer = tf.initializers.randomNormal({ stddev: 0.5, seed: 3 });
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ inputShape: [side, side, 3], filters: 4, kernelSize: 5, strides: 3 }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 3, activation: 'softmax', kernelInitializer: initializer }),
      ],
    });
    for (const number of [10, 12, 144] as CropCount[]) {
      let wrong = 0;
      for (const [i, label] of test.labels.entries()) {
        const picture = bytes.slice(i * side * side * 3, (i + 1) * side * side * 3);
        const image = { width: side, height: side, data: picture };
        const batch = crops(image, { count: number, size: side });
        const guess = (model.predict(batch) as tf.Tensor).mean(0).argMax().dataSync()[0];
        if (guess !== label) wrong++;
      }
      const tensors = tf.memory().numTensors;
      assert.equal((await evaluate(model, data, { crops: number })).top1, wrong / count);
      assert.equal(tf.memory().numTensors, tensors);
    }
  });

  it('refuses as many crops as there are not, and pictures that are not square', async () => {
    const model = constant([0.5, 0.5]);
    const data = withLabels([0], 2);
    await assert.rejects(evaluate(model, data, { crops: 5 as CropCount }), {
      message: 'There are no 5 crops of a picture. Choose one of: 1, 10, 12, 144.',
    });
    await assert.rejects(evaluate(model, { ...data, width: 4, height: 16 }, { crops: 10 }), {
      message: 'The pictures of left or right are 16 × 4, but crops are square.',
    });
  });
});
