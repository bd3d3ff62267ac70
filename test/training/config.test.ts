import assert from 'node:assert/strict';
import { publishedTraining } from 'inception-lab';
import { learningRateAt, trainingConfig } from '../../dist/training/config.js';

describe('The configuration of a training', () => {
  it('is what was published, but for what is given', () => {
    const { learningRate, decay, epsilon, momentum, labelSmoothing } = publishedTraining;
    assert.deepEqual([learningRate, decay, epsilon], [0.045, 0.9, 1]);
    assert.deepEqual([momentum, labelSmoothing], [0.9, 0.1]);
    assert.deepEqual(trainingConfig({ epochs: 3 }), { ...publishedTraining, epochs: 3 });
  });

  it('lowers the learning rate to 0.94 of itself every two epochs', () => {
    const at = (epoch: number) => learningRateAt(epoch, publishedTraining);
    assert.deepEqual([0, 1.99, 2, 5].map(at), [0.045, 0.045, 0.0423, 0.045 * 0.94 ** 2]);
  });

  it('raises it from 0 while it warms up', () => {
    const config = trainingConfig({ warmUpEpochs: 2, epochsPerDecay: 100, learningRate: 0.4 });
    const rates = [0, 0.5, 1, 2, 3].map((epoch) => learningRateAt(epoch, config));
    assert.deepEqual(rates, [0, 0.1, 0.2, 0.4, 0.4]);
  });

  it('keeps it low while it warms up, and raises it at once, where a rate for that is given', () => {
    const phase = { warmUpEpochs: 2, warmUpRate: 1e-5 };
    const config = trainingConfig({ ...phase, epochsPerDecay: 100, learningRate: 0.4 });
    const rates = [0, 1.99, 2, 3].map((epoch) => learningRateAt(epoch, config));
    assert.deepEqual(rates, [1e-5, 1e-5, 0.4, 0.4]);
  });

  // √3 / 2 and -√3 / 2 are the cosines of π/6 and 5π/6.
  it('falls along half a cosine where that is asked for, after the same warm-up', () => {
    const schedule = { learningRateSchedule: 'cosine', epochs: 12, learningRate: 0.4 } as const;
    const near = (epoch: number, rate: number, more = {}) => {
      const at = learningRateAt(epoch, trainingConfig({ ...schedule, ...more }));
      assert.ok(Math.abs(at - rate) < 1e-9, `${at} after ${epoch} epochs, not ${rate}`);
    };
    near(0, 0.4);
    near(2, 0.2 + 0.1 * Math.sqrt(3));
    near(6, 0.2);
    near(10, 0.2 - 0.1 * Math.sqrt(3));
    near(12, 0);
    near(2, 0.1 + 0.05 * Math.sqrt(3), { warmUpEpochs: 4 });
  });

  for (const [given, message] of [
    [{ warmUpRate: 0 }, /^warmUpRate is 0\. Give a number greater than 0\.$/],
    [
      { batchsize: 8 },
      /^A training has no setting "batchsize"\. Its settings are: epochs, batchSize,/,
    ],
    [{ batchSize: 0 }, /^batchSize is 0\. Give a whole number of at least 1\.$/],
    [{ momentum: 1 }, /^momentum is 1\. Give a number of at least 0 and less than 1\.$/],
    [{ learningRate: NaN }, /^learningRate is null\. Give a number greater than 0\.$/],
    [{ seed: '1' }, /^seed is "1"\. Give a whole number\.$/],
    [
      { learningRateSchedule: 'linear' },
      /^There is no learningRateSchedule "linear"\. Give "cosine", or leave it out: then learning/,
    ],
    [{ optimizer: 'adam' }, /^There is no optimizer "adam"\. Choose one of: rmsprop, sgd\.$/],
    [
      { augmentation: { flip: true, shift: 0.5 } },
      /^augmentation\.shift is 0\.5\. Give a whole number of at least 0\.$/,
    ],
  ] as [object, RegExp][]) {
    it(`refuses ${JSON.stringify(given)}`, () => {
      assert.throws(() => trainingConfig(given), { message });
    });
  }
});
