import assert from 'node:assert/strict';
import { tf } from 'inception-lab';
import { useTestBackend } from '../support/backend.js';

/** A dense layer on batch normalization: in training, gamma = 1 gives the same as no gamma. */
function model(scale: boolean): tf.Sequential {
  const layers = [
    tf.layers.batchNormalization({ inputShape: [3], scale }),
    tf.layers.dense({ units: 1, useBias: false, kernelInitializer: 'ones' }),
  ];
  const sequential = tf.sequential({ layers });
  sequential.compile({ optimizer: tf.train.sgd(0.5), loss: 'meanSquaredError' });
  return sequential;
}

async function trainOneBatch(network: tf.LayersModel): Promise<number[]> {
  const x = tf.tensor2d([1, 2, 3, 4, 5, 7, 2, 9, 1, 0, 3, 8], [4, 3]);
  const y = tf.tensor2d([1, 0, 2, -1], [4, 1]);
  const loss = (await network.trainOnBatch(x, y)) as number;
  const beta = network.layers[0]!.weights.find(({ name }) => name.endsWith('beta'))!;
  return [loss, ...(await beta.read().data())];
}

describe('Batch normalization without gamma', () => {
  before(useTestBackend);

  it('trains, as one whose gamma is still 1', async () => {
    const [without, withGamma] = [
      await trainOneBatch(model(false)),
      await trainOneBatch(model(true)),
    ];
    for (const [i, value] of without.entries()) {
      assert.ok(Math.abs(value - withGamma[i]!) < 1e-5, `${without.join()} ${withGamma.join()}`);
    }
  });

  it('has no weight for it', () => {
    assert.deepEqual(
      model(false).layers[0]!.weights.map(({ name }) => name.replace(/.*\//, '')),
      ['beta', 'moving_mean', 'moving_variance'],
    );
  });

  it('keeps no tensor', async () => {
    const network = model(false);
    await trainOneBatch(network);
    const before = tf.memory().numTensors;
    await trainOneBatch(network);
    assert.ok(tf.memory().numTensors - before <= 2, 'no more than the batch itself');
  });
});
