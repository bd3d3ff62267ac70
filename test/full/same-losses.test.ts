import assert from 'node:assert/strict';
import { inceptionResNetV2, RMSProp, tf } from 'inception-lab';
import { forEachBackend } from '../support/backends.js';
import { hashValues } from '../support/hash-values.js';

const batch = 4;
const side = 12;
const classes = 3;

/** The losses of the first 20 steps of a small Inception-ResNet, on images that a hash has made. */
async function firstLosses(): Promise<number[]> {
  const model = inceptionResNetV2({
    stem: 'small',
    inputShape: [side, side, 3],
    classes,
    width: 0.04,
    blocks: [1, 1, 1],
    dropoutRate: 0,
    activation: 'linear',
    seed: 1,
  });
  const optimizer = new RMSProp({ learningRate: 0.002 });
  const losses: number[] = [];
  for (let step = 0; step < 20; step++) {
    const images = tf.tensor4d(hashValues(`images ${step}`, batch * side * side * 3), [
      batch,
      side,
      side,
      3,
    ]);
    const labels = tf.oneHot([0, 1, 2, step % 3], classes);
    const loss = optimizer.minimize(() => {
      const logits = model.apply(images, { training: true }) as tf.Tensor;
      return tf.losses.softmaxCrossEntropy(labels, logits);
    }, true)!;
    losses.push(...(await loss.data()));
    tf.dispose([images, labels, loss]);
  }
  model.dispose();
  optimizer.dispose();
  return losses;
}

describe('The first 20 losses of a small Inception-ResNet', () => {
  const byBackend = new Map<string, number[]>();

  forEachBackend((name) => {
    it('are computed', async function () {
      this.timeout(300_000);
      const losses = await firstLosses();
      assert.ok(losses.every((loss) => Number.isFinite(loss)));
      assert.ok(new Set(losses).size === 20, 'the weights change');
      byBackend.set(name, losses);
    });
  });

  // Mocha runs a suite's own tests before the suites within it.
  describe('together', () => {
    it('are the same on every backend', () => {
      const [[first, expected] = ['', []], ...others] = [...byBackend];
      assert.ok(others.length > 0, 'there are two to compare');
      for (const [name, losses] of others) {
        const worst = Math.max(...losses.map((loss, i) => Math.abs(loss - expected[i]!)));
        assert.ok(
          worst < 1e-3,
          `${name} is ${worst} off ${first}: ${losses.join()} ${expected.join()}`,
        );
      }
    });
  });
});
