import assert from 'node:assert/strict';
import { predict, tf, type Image } from 'inception-lab';
import { useTestBackend } from '../support/backend.js';

type Activation = 'linear' | 'softmax' | 'sigmoid' | 'relu';

/** Takes one pixel; its red selects the first row of logits, its green the second. */
function network(rows: readonly (readonly number[])[], activation: Activation): tf.LayersModel {
  const classes = rows[0]!.length;
  const kernel = tf.tensor2d([...rows, ...rows, ...rows].slice(0, 3).map((row) => [...row]));
  const model = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [1, 1, 3] }),
      tf.layers.dense({ units: classes, useBias: false }),
      tf.layers.activation({ activation }),
    ],
  });
  model.setWeights([kernel]);
  kernel.dispose();
  return model;
}

const red: Image = { width: 1, height: 1, data: Uint8Array.of(255, 0, 0) };
const logits = (...probabilities: number[]) => probabilities.map(Math.log);
const none = [0, 0, 0];

/** Of probabilities written with two digits. */
function assertProbabilities(given: readonly { probability: number }[], wanted: number[]) {
  assert.equal(given.length, wanted.length);
  for (const [i, { probability }] of given.entries()) {
    assert.ok(Math.abs(probability - wanted[i]!) < 1e-5, `${probability}, not ${wanted[i]}`);
  }
}

describe('predict', () => {
  before(useTestBackend);

  for (const activation of ['softmax', 'linear'] as const) {
    it(`sorts the probabilities of a network that ends with ${activation}`, async () => {
      // Red is 1, green and blue −1: the rows' sum is the first row's again.
      const model = network([logits(0.2, 0.7, 0.1), none, none], activation);
      const predictions = await predict(model, red, { labels: ['cat', 'dog', 'bird'] });
      assert.deepEqual(
        predictions.map(({ label, index }) => [label, index]),
        [
          ['dog', 1],
          ['cat', 0],
          ['bird', 2],
        ],
      );
      assertProbabilities(predictions, [0.7, 0.2, 0.1]);
      model.dispose();
    });
  }

  it('shows a network of one channel the luma of a picture in colour', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.flatten({ inputShape: [1, 1, 1] }),
        tf.layers.dense({ units: 2, useBias: false }),
      ],
    });
    // The first class's logit is in grey levels from the middle of 0 and 255.
    model.setWeights([tf.tensor2d([[127.5, 0]])]);
    const image = { width: 1, height: 1, data: Uint8Array.of(200, 120, 50) };
    const [light] = await predict(model, image, { labels: ['light', 'dark'] });
    const { label, probability } = light!;
    assert.equal(label, 'light');
    // ITU-R BT.601: 0.299 red, 0.587 green, 0.114 blue.
    const grey = 0.299 * 200 + 0.587 * 120 + 0.114 * 50;
    assert.ok(Math.abs(probability - 1 / (1 + Math.exp(127.5 - grey))) < 1e-5, String(probability));
    model.dispose();
  });

  it('takes a network within another model, and a layer that is a softmax', async () => {
    const inner = network([logits(0.2, 0.7, 0.1), none, none], 'linear');
    const around = tf.sequential({ layers: [inner] });
    const softmax = tf.sequential({ layers: [inner, tf.layers.softmax()] });
    for (const model of [around, softmax]) {
      assertProbabilities(await predict(model, red), [0.7, 0.2, 0.1]);
    }
    inner.dispose();
  });

  it("leaves a sigmoid's probabilities as they are", async () => {
    const model = network(
      [
        [Math.log(3), 0],
        [0, 0],
        [0, 0],
      ],
      'sigmoid',
    );
    assertProbabilities(await predict(model, red), [0.75, 0.5]);
    model.dispose();
  });

  it('averages probabilities, not logits, over a batch, and keeps no tensors', async () => {
    const model = network([logits(0.1, 0.2, 0.7), logits(0.8, 0.1, 0.1)], 'linear');
    const batch = tf.tensor4d([1, 0, 0, 0, 1, 0], [2, 1, 1, 3]);
    const before = tf.memory().numTensors;
    const predictions = await predict(model, batch);
    await predict(model, red);
    assert.equal(tf.memory().numTensors, before);
    assert.deepEqual(
      predictions.map(({ label }) => label),
      ['0', '2', '1'],
    );
    assertProbabilities(predictions, [0.45, 0.4, 0.15]);
    batch.dispose();
    model.dispose();
  });

  it("knows ImageNet's classes, with TF-slim's background before them and without", async () => {
    for (const [classes, shift, probability] of [
      [1000, 0, 1000 / 1999],
      [1001, 1, 1000 / 3999],
    ] as const) {
      const row = new Array<number>(classes).fill(0);
      row[207 + shift] = Math.log(1000);
      if (shift === 1) row[0] = Math.log(2000);
      const zeros = row.map(() => 0);
      const model = network([row, zeros, zeros], 'linear');
      const predictions = await predict(model, red, { top: 1 });
      assert.deepEqual([predictions[0]?.label, predictions[0]?.index], ['golden retriever', 207]);
      assertProbabilities(predictions, [probability]);
      model.dispose();
    }
  });

  it('counts a background that has a label', async () => {
    const row = new Array<number>(1001).fill(0);
    row[0] = 1;
    const model = network([row, row, row], 'linear');
    const labels = row.map((_, i) => `class ${i}`);
    const green = tf.tensor4d([0, 1, 0], [1, 1, 1, 3]);
    assert.equal((await predict(model, green, { labels }))[0]?.label, 'class 0');
    green.dispose();
    model.dispose();
  });

  it('takes the first of several outputs', async () => {
    const image = tf.input({ shape: [1, 1, 3] });
    const flat = tf.layers.flatten().apply(image) as tf.SymbolicTensor;
    const output = (units: number) =>
      tf.layers.dense({ units, activation: 'softmax' }).apply(flat) as tf.SymbolicTensor;
    const model = tf.model({ inputs: image, outputs: [output(3), output(2)] });
    assert.equal((await predict(model, red)).length, 3);
    model.dispose();
  });

  it('says what does not fit', async () => {
    const model = network([none, none, none], 'softmax');
    await assert.rejects(predict(model, red, { top: 0 }), /top is 0\. Give a whole/);
    await assert.rejects(predict(model, red, { labels: ['one'] }), /1 labels do not fit 3 classes/);
    const large = { width: 2, height: 1, data: new Uint8Array(6) };
    const before = tf.memory().numTensors;
    await assert.rejects(
      predict(model, large),
      /takes images of \[1, 1, 3\], but this is a batch of \[1, 1, 2, 3\]\. Give preprocess or crops/,
    );
    assert.equal(tf.memory().numTensors, before);
    model.dispose();
    const relu = network([none, none, none], 'relu');
    await assert.rejects(predict(relu, red), /is one of: softmax, sigmoid, linear\.$/);
    relu.dispose();
  });
});
