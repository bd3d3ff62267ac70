import assert from 'node:assert/strict';
import { RMSProp, tf } from 'inception-lab';
import { forEachBackend } from '../support/backends.js';
import { hashValues } from '../support/hash-values.js';

const size = 37;
const steps = 25;

/** TensorFlow's recurrence in float64, on gradients that depend on the weights: 3 w + noise. */
function reference(start: ArrayLike<number>, epsilon: number): number[] {
  const [learningRate, decay, momentum] = [0.045, 0.9, 0.8];
  const weights = Array.from(start);
  const meanSquares = weights.map(() => 1);
  const velocities = weights.map(() => 0);
  for (let step = 0; step < steps; step++) {
    const noise = hashValues(`noise ${step}`, size);
    for (let i = 0; i < size; i++) {
      const gradient = 3 * weights[i]! + noise[i]!;
      meanSquares[i] = decay * meanSquares[i]! + (1 - decay) * gradient ** 2;
      velocities[i] =
        momentum * velocities[i]! +
        (learningRate * gradient) / Math.sqrt(meanSquares[i]! + epsilon);
      weights[i]! -= velocities[i]!;
    }
  }
  return weights;
}

function step(optimizer: tf.Optimizer, weights: tf.Variable, number: number): void {
  const noise = tf.tensor1d(hashValues(`noise ${number}`, size));
  optimizer.minimize(() => tf.add(weights.square().mul(1.5), weights.mul(noise)).sum());
  noise.dispose();
}

describe('RMSProp', () => {
  forEachBackend(() => {
    for (const epsilon of [1, 1e-7]) {
      it(`follows TensorFlow's recurrence, ε = ${epsilon}`, async () => {
        const start = hashValues('weights', size);
        const weights = tf.variable(tf.tensor1d(start));
        const optimizer = new RMSProp({ momentum: 0.8, epsilon });
        for (let number = 0; number < steps; number++) step(optimizer, weights, number);
        const actual = await weights.data();
        for (const [i, expected] of reference(start, epsilon).entries()) {
          assert.ok(Math.abs(actual[i]! - expected) < 2e-5, `${i}: ${actual[i]} for ${expected}`);
        }
        tf.dispose(weights);
      });
    }

    it('keeps no tensor from step to step but its own two', () => {
      const weights = tf.variable(tf.ones([size]));
      const optimizer = new RMSProp();
      const before = tf.memory().numTensors;
      step(optimizer, weights, 0);
      step(optimizer, weights, 1);
      assert.equal(tf.memory().numTensors - before, 2);
      optimizer.dispose();
      tf.dispose(weights);
    });

    it('goes on where another stopped, with its weights', async () => {
      const run = async (isCut: boolean) => {
        const weights = tf.variable(tf.tensor1d(hashValues('weights', size)));
        let optimizer = new RMSProp();
        for (let number = 0; number < 4; number++) {
          if (isCut && number === 2) {
            const saved = await optimizer.getWeights();
            optimizer = new RMSProp();
            await optimizer.setWeights(saved);
          }
          step(optimizer, weights, number);
        }
        return Array.from(await weights.data());
      };
      assert.deepEqual(await run(true), await run(false));
    });
  });

  it('is an optimizer that model.compile takes', async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
    model.compile({ optimizer: new RMSProp({ learningRate: 0.1 }), loss: 'meanSquaredError' });
    const x = tf.tensor2d([1, 2, 3, 4, 5, 7], [3, 2]);
    const y = tf.tensor2d([5, 11, 19], [3, 1]);
    const first = (await model.trainOnBatch(x, y)) as number;
    let last = first;
    for (let i = 0; i < 50; i++) last = (await model.trainOnBatch(x, y)) as number;
    assert.ok(last < first / 10, `${first} → ${last}`);
  });
});
