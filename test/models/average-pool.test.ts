import assert from 'node:assert/strict';
import { inceptionV3, tf } from 'inception-lab';
import { useTestBackend } from '../support/backend.js';

/** What the first average pool of Inception-v3 makes of a feature map of ones. */
async function pooledOnes(variant: 'slim' | 'torchvision'): Promise<number[][]> {
  const network = inceptionV3({ variant, inputShape: [7, 7, 3], stem: 'small', width: 0.02 });
  const block = network.layers.filter(({ name }) => name.startsWith('inceptionA1/branch4/pool1'));
  const input = tf.input({ shape: [3, 3, 1] });
  // The same layers' settings on an input of our own: what they do has no weights.
  const output = block.reduce((x, layer) => {
    const config = layer.getConfig();
    const copy =
      layer.getClassName() === 'ZeroPadding2D'
        ? tf.layers.zeroPadding2d(config)
        : tf.layers.averagePooling2d(config);
    return copy.apply(x) as tf.SymbolicTensor;
  }, input);
  const pooled = tf
    .model({ inputs: input, outputs: output })
    .predict(tf.ones([1, 3, 3, 1])) as tf.Tensor4D;
  return await pooled.squeeze<tf.Tensor2D>([0, 3]).array();
}

const near = (actual: number[][], expected: number[][]) => {
  assert.deepEqual(
    actual.map((row) => row.map((value) => Number(value.toFixed(5)))),
    expected,
  );
};

describe("Inception-v3's average pools", () => {
  before(useTestBackend);

  it('do not count the padding in slim: a mean of ones is one', async () => {
    near(await pooledOnes('slim'), [
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ]);
  });

  it('count it in torchvision: 4 of 9 in the corner, 6 of 9 at the edge', async () => {
    const [corner, edge] = [Number((4 / 9).toFixed(5)), Number((6 / 9).toFixed(5))];
    near(await pooledOnes('torchvision'), [
      [corner, edge, corner],
      [edge, 1, edge],
      [corner, edge, corner],
    ]);
  });
});
