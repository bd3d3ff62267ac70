import assert from 'node:assert/strict';
import { googLeNet, tf } from 'inception-lab';
import { LocalResponseNormalization } from '../../dist/models/parts/local-response-normalization.js';
import { saveAndLoad } from '../support/save-and-load.js';
import { useTestBackend } from '../support/backend.js';

describe('Local response normalization', () => {
  before(useTestBackend);

  it('divides by (1 + α/5 · Σ x² over five channels)^β', async () => {
    const channels = [10, -20, 30, 400, 5, 60, 7];
    const input = tf.input({ shape: [1, 1, 7] });
    const output = new LocalResponseNormalization({}).apply(input) as tf.SymbolicTensor;
    const model = tf.model({ inputs: input, outputs: output });
    const actual = await (model.predict(tf.tensor4d(channels, [1, 1, 1, 7])) as tf.Tensor).data();
    for (const [i, x] of channels.entries()) {
      const neighbours = channels.slice(Math.max(0, i - 2), i + 3);
      const squares = neighbours.reduce((sum, neighbour) => sum + neighbour ** 2, 0);
      const expected = x / (1 + (1e-4 / 5) * squares) ** 0.75;
      assert.ok(Math.abs(actual[i]! - expected) < 1e-4 * Math.abs(x), `${actual[i]!}, ${expected}`);
    }
  });

  it('is known to TensorFlow.js, which can load a saved GoogLeNet', async () => {
    const model = googLeNet({ inputShape: [32, 32, 3], width: 0.05, classes: 3 });
    const image = tf.randomUniform([1, 32, 32, 3], -1, 1, 'float32', 3);
    const loaded = await saveAndLoad(model);
    const [before, after] = [model, loaded].map((network) =>
      (network.predict(image) as tf.Tensor).dataSync(),
    );
    assert.deepEqual(after, before);
  });
});
