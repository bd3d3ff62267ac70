import assert from 'node:assert/strict';
import { tf } from 'inception-lab';
import { RunningAverage } from '../../dist/training/average.js';
import { crossEntropy } from '../../dist/training/loss.js';
import { clipByGlobalNorm } from '../../dist/training/optimizer.js';
import { useTestBackend } from '../support/backend.js';
import { hashValues } from '../support/hash-values.js';

function close(actual: number, expected: number, tolerance = 1e-5): void {
  assert.ok(Math.abs(actual - expected) < tolerance, `${actual} for ${expected}`);
}

describe('A part of a training', () => {
  before(useTestBackend);

  for (const smoothing of [0, 0.1]) {
    it(`the cross entropy with label smoothing ${smoothing} is that of float64`, async () => {
      const [count, classes] = [6, 5];
      const logits = Array.from(hashValues('logits', count * classes), (value) => value * 4);
      const labels = [0, 4, 2, 2, 1, 3];
      let expected = 0;
      for (let i = 0; i < count; i++) {
        const row = logits.slice(i * classes, (i + 1) * classes);
        const sum = row.reduce((total, value) => total + Math.exp(value), 0);
        for (const [c, value] of row.entries()) {
          const target = (c === labels[i] ? 1 - smoothing : 0) + smoothing / classes;
          expected -= (target * (value - Math.log(sum))) / count;
        }
      }
      const given = tf.tensor2d(logits, [count, classes]);
      const loss = crossEntropy(given, tf.tensor1d(labels, 'int32'), smoothing);
      close((await loss.data())[0]!, expected);
    });
  }

  it("the running average follows TensorFlow's recurrence", async () => {
    const variable = tf.variable(tf.tensor1d([1, -2]));
    const layerVariable = {
      read: () => variable,
      write: (value: tf.Tensor1D) => {
        variable.assign(value);
      },
    };
    const weight = { name: 'w', variable: layerVariable as unknown as tf.LayerVariable };
    const average = new RunningAverage([weight], 0.6);
    const expected = [1, -2];
    for (let step = 0; step < 20; step++) {
      const values = [Math.sin(step), step / 7];
      variable.assign(tf.tensor1d(values));
      average.update();
      const decay = Math.min(0.6, (1 + step) / (10 + step));
      for (const i of [0, 1]) expected[i] = decay * expected[i]! + (1 - decay) * values[i]!;
    }
    const before = await variable.data();
    const during = await average.during(async () => Array.from(await variable.data()));
    for (const i of [0, 1]) close(during[i]!, expected[i]!);
    assert.deepEqual(await variable.data(), before);
  });

  it('gradients are scaled together to the norm that is allowed, and left alone below it', async () => {
    const gradients = () => ({ a: tf.tensor1d([3, 0]), b: tf.tensor2d([[0, 4]]) });
    const clipped = clipByGlobalNorm(gradients(), 1);
    assert.deepEqual(
      [...(await clipped.a!.data())].map((v) => v.toFixed(5)),
      ['0.60000', '0.00000'],
    );
    assert.deepEqual(
      [...(await clipped.b!.data())].map((v) => v.toFixed(5)),
      ['0.00000', '0.80000'],
    );
    assert.deepEqual([...(await clipByGlobalNorm(gradients(), 6).a!.data())], [3, 0]);
  });
});
