import assert from 'node:assert/strict';
import { tf } from 'inception-lab';
import { useTestBackend } from '../support/backend.js';

const size = 1000;

/** Hands its input on, and looks at the gradient that comes back. */
function watch(x: tf.Tensor, see: (dy: tf.Tensor) => void): tf.Tensor {
  return tf.customGrad((input) => ({
    value: (input as tf.Tensor).clone(),
    gradFunc: (dy: tf.Tensor) => {
      see(dy);
      return dy;
    },
  }))(x);
}

/** Twenty operations, each of which saves its output. */
function longChain(x: tf.Tensor): tf.Tensor {
  let y = x;
  for (let i = 0; i < 20; i++) y = y.sigmoid();
  return y;
}

describe('The way back', () => {
  before(useTestBackend);

  it('has freed activations and gradients of what it has passed', () => {
    const x = tf.ones([size]);
    const before = tf.memory().numBytes;
    let atTheEnd = 0;
    const gradient = tf.grad((input: tf.Tensor) =>
      longChain(watch(input, () => (atTheEnd = tf.memory().numBytes))),
    )(x);
    const tensors = (atTheEnd - before) / (4 * size);
    assert.ok(tensors >= 1 && tensors < 6, `${tensors} tensors of 40 are still there`);
    tf.dispose([x, gradient]);
  });

  it('begins with the output of each relu, and not with its input too', () => {
    const x = tf.ones([size]);
    const before = tf.memory().numDataBuffers;
    let atTheStart = 0;
    const gradient = tf.grad((input: tf.Tensor) => {
      let y = input;
      for (let i = 0; i < 10; i++) y = y.square().relu();
      return watch(y, () => (atTheStart = tf.memory().numDataBuffers));
    })(x);
    const activations = atTheStart - before;
    assert.ok(activations >= 10 && activations < 15, `${activations} of 20 are there`);
    tf.dispose([x, gradient]);
  });

  it('leaves a gradient that the user brought along', async () => {
    const dy = tf.tensor1d([1, 2]);
    const gradient = tf.grad((x: tf.Tensor) => x.mul(3).mul(2))(tf.tensor1d([1, 1]), dy);
    assert.deepEqual([...(await gradient.data())], [6, 12]);
    assert.deepEqual([...(await dy.data())], [1, 2]);
  });

  it('leaves a gradient that the user keeps', async () => {
    let kept: tf.Tensor | undefined;
    const f = (x: tf.Tensor) => watch(x.square(), (dy) => (kept = tf.keep(dy))).mul(5);
    tf.grad(f)(tf.scalar(1));
    assert.deepEqual([...(await kept!.data())], [5]);
  });

  it('leaves tensors that a gradient hands out twice, or that belong to the user', async () => {
    const mine = tf.scalar(7);
    const product = tf.customGrad((a, b, c) => ({
      value: tf.add(a as tf.Tensor, b as tf.Tensor).add(c as tf.Tensor),
      gradFunc: (dy: tf.Tensor) => [dy, dy, mine],
    }));
    const f = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => product(a.mul(2), b.mul(3), c.mul(4));
    for (let i = 0; i < 2; i++) {
      const gradients = tf.grads(f)([tf.scalar(1), tf.scalar(1), tf.scalar(1)]);
      const values = await Promise.all(gradients.map((gradient) => gradient.data()));
      assert.deepEqual(
        values.map(([value]) => value),
        [2, 3, 28],
      );
    }
  });

  it('adds up what comes from several branches', async () => {
    const f = (x: tf.Tensor) => {
      const y = x.mul(2);
      return y.add(y.square()).add(y.mul(5)).sum();
    };
    const gradient = tf.grad(f)(tf.tensor1d([1, -3]));
    assert.deepEqual([...(await gradient.data())], [20, -12]);
  });

  it('gives derivatives of derivatives', async () => {
    const cube = (x: tf.Tensor) => x.relu().mul(x).mul(x).sum();
    const second = tf.grad((x: tf.Tensor) => tf.grad(cube)(x).sum());
    const derivative = second(tf.tensor1d([2, -1]));
    assert.deepEqual([...(await derivative.data())], [12, 0]);
  });

  it('says as before which gradient is missing', () => {
    const strange = tf.customGrad((x) => ({
      value: (x as tf.Tensor).clone(),
      gradFunc: () => [],
    }));
    assert.throws(() => tf.grad((x: tf.Tensor) => strange(x))(tf.scalar(1)), /gradFunc/);
  });
});
