import assert from 'node:assert/strict';
import { convolutionUnit, tf } from 'inception-lab';
import { useTestBackend } from '../support/backend.js';

const epsilon = 1e-3;

describe('A convolution unit', () => {
  before(useTestBackend);

  it('is relu(γ · (conv(x) − μ) / √(σ² + ε) + β), without a bias', async () => {
    const input = tf.input({ shape: [3, 3, 1] });
    const output = convolutionUnit(input, {
      name: 'unit',
      filters: 2,
      kernelSize: 3,
      padding: 'valid',
    });
    const model = tf.model({ inputs: input, outputs: output });
    const [gamma, beta, mean, variance] = [
      [2, -1],
      [0.5, 3],
      [10, -4],
      [4, 0.25],
    ] as const;
    // Filter 0 sums the picture, 0 + 1 + … + 8 = 36; filter 1 takes its centre, 4.
    const kernel = Array.from({ length: 9 }, (_, i) => [1, i === 4 ? 1 : 0]).flat();
    model.setWeights([
      tf.tensor4d(kernel, [3, 3, 1, 2]),
      ...[gamma, beta, mean, variance].map((numbers) => tf.tensor1d([...numbers])),
    ]);

    const picture = tf.tensor4d([0, 1, 2, 3, 4, 5, 6, 7, 8], [1, 3, 3, 1]);
    const [first = NaN, second] = await (model.predict(picture) as tf.Tensor).data();

    const expected = (2 * (36 - 10)) / Math.sqrt(4 + epsilon) + 0.5;
    assert.ok(Math.abs(first - expected) < 1e-4, `${first}, not ${expected}`);
    assert.equal(second, 0, 'the second filter gives −8/√0.251 + 3 < 0, which ReLU removes');
  });

  it('names its layers so that they can be found', () => {
    const input = tf.input({ shape: [3, 3, 1] });
    const output = convolutionUnit(input, { name: 'stem/conv1', filters: 1, kernelSize: 1 });
    const names = tf.model({ inputs: input, outputs: output }).layers.map(({ name }) => name);
    assert.deepEqual(names.slice(1), ['stem/conv1', 'stem/conv1/batchNorm', 'stem/conv1/relu']);
  });

  it("starts with He's variance, 2 / (inputs to a filter)", async () => {
    const input = tf.input({ shape: [1, 1, 400] });
    const output = convolutionUnit(input, { name: 'wide', filters: 400, kernelSize: 1, seed: 3 });
    const [kernel] = tf.model({ inputs: input, outputs: output }).getWeights();
    const [variance = NaN] = await tf.moments(kernel!).variance.data();
    assert.ok(Math.abs(variance / (2 / 400) - 1) < 0.05, `${variance}`);
  });
});
