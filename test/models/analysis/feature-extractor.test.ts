import assert from 'node:assert/strict';
import { featureExtractor, inceptionV4, tf } from 'inception-lab';
import { useTestBackend } from '../../support/backend.js';

describe('featureExtractor', () => {
  before(useTestBackend);

  it('gives the outputs of the named layers, in the order of their names', () => {
    const model = inceptionV4({ inputShape: [75, 75, 3], width: 0.05 });
    const names = ['inceptionA1/concat', 'stem/conv1/relu'];
    const features = featureExtractor(model, names);
    const outputs = features.predict(tf.zeros([2, 75, 75, 3])) as tf.Tensor[];
    const expected = names.map((name) => [
      2,
      ...(model.getLayer(name).output as tf.SymbolicTensor).shape.slice(1),
    ]);
    assert.deepEqual(
      outputs.map(({ shape }) => shape),
      expected,
    );
  });

  it('gives the outputs of blocks, and of parts of them, as TF-slim’s end points', () => {
    const model = inceptionV4({ inputShape: [75, 75, 3], width: 0.05 });
    const outputs = { stem: 'stem/split3/concat', inceptionA1: 'inceptionA1/concat' };
    const part = { 'inceptionA1/branch3': 'inceptionA1/branch3/conv2/relu' };
    for (const [block, layer] of Object.entries({ ...outputs, ...part })) {
      const x = tf.randomUniform([1, 75, 75, 3], -1, 1, 'float32', 1);
      const [byBlock, byLayer] = featureExtractor(model, [block, layer]).predict(x) as tf.Tensor[];
      assert.deepEqual(byBlock!.dataSync(), byLayer!.dataSync());
    }
    const input = tf.input({ shape: [3] });
    const halves = ['left', 'right'].map(
      (name) => tf.layers.dense({ units: 2, name: `a/${name}` }).apply(input) as tf.SymbolicTensor,
    );
    const sum = tf.layers.add({ name: 'b/add' }).apply(halves) as tf.SymbolicTensor;
    assert.throws(
      () => featureExtractor(tf.model({ inputs: input, outputs: sum }), ['a']),
      /The block "a" has several outputs: name one of "a\/left", "a\/right"\.$/,
    );
  });

  it('finds layers and blocks of models within the model', () => {
    const body = inceptionV4({ inputShape: [75, 75, 3], width: 0.05, top: false });
    const input = tf.input({ shape: [75, 75, 3] });
    const half = tf.layers.rescaling({ scale: 0.5 });
    const applied = tf.model({
      inputs: input,
      outputs: body.apply(half.apply(input)) as tf.SymbolicTensor,
    });
    const first = tf.sequential({ layers: [body, tf.layers.flatten({ name: 'flat' })] });
    const deep = tf.sequential({ layers: [tf.sequential({ layers: [body], name: 'eyes' })] });
    const x = tf.randomUniform([1, 75, 75, 3], -1, 1, 'float32', 1);
    for (const name of ['stem', 'inceptionA1/branch2', 'stem/conv1']) {
      const expected = (of: tf.Tensor) =>
        (featureExtractor(body, [name]).predict(of) as tf.Tensor).dataSync();
      const seen = (model: tf.LayersModel, path: string) =>
        (featureExtractor(model, [path]).predict(x) as tf.Tensor).dataSync();
      assert.deepEqual(seen(applied, `inceptionV4/${name}`), expected(x.mul(0.5)));
      assert.deepEqual(seen(first, `inceptionV4/${name}`), expected(x));
      assert.deepEqual(seen(deep, `eyes/inceptionV4/${name}`), expected(x));
    }
    const [flat] = [featureExtractor(first, ['flat']).predict(x) as tf.Tensor];
    assert.equal(flat.rank, 2);
    // The models are as they were.
    assert.equal(body.getLayer('stem/conv1').inboundNodes.length, 1);
    assert.throws(
      () => featureExtractor(applied, ['inceptionV4/stem/conv9']),
      /no layer "inceptionV4\/stem\/conv9"\. Those that begin with "inceptionV4" are: inceptionV4\/stem\/conv1/,
    );
  });

  it('names layers that look like the one that is not there', () => {
    const model = inceptionV4({ inputShape: [75, 75, 3], width: 0.05 });
    assert.throws(
      () => featureExtractor(model, ['stem/conv9']),
      /no layer "stem\/conv9"\. Those that begin with "stem" are: stem\/conv1/,
    );
    assert.throws(() => featureExtractor(model, ['mixed']), /The first are: image, stem\/conv1/);
    assert.throws(() => featureExtractor(model, []), /at least one layer/);
  });
});
