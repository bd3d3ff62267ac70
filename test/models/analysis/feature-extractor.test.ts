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
