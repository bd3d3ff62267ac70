import assert from 'node:assert/strict';
import { summarize, tf } from 'inception-lab';
import { useTestBackend } from '../../support/backend.js';

describe('summarize', () => {
  before(useTestBackend);

  it("counts a learner's own sequential model", () => {
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ inputShape: [8, 6, 3], filters: 4, kernelSize: [3, 2], name: 'a/conv' }),
        tf.layers.batchNormalization({ name: 'a/norm' }),
        tf.layers.flatten({ name: 'b/flat' }),
        tf.layers.dense({ units: 10, name: 'b/dense' }),
      ],
    });
    const { parameters, totalParameters, multiplyAdds, blocks } = summarize(model);
    const convolution = 3 * 2 * 3 * 4;
    const dense = 6 * 5 * 4 * 10;
    assert.equal(parameters, convolution + 4 + 2 * 4 + dense + 10);
    assert.equal(totalParameters, parameters + 2 * 4);
    assert.equal(multiplyAdds, convolution * 6 * 5 + dense);
    assert.deepEqual(
      blocks.map(({ name, outputShape, layers }) => [name, outputShape, layers]),
      [
        ['a', [6, 5, 4], 2],
        ['b', [10], 2],
      ],
    );
  });

  it('counts what comes out of the layers, and groups them by type', () => {
    const layers = [
      tf.layers.conv2d({ filters: 4, kernelSize: 3 }),
      tf.layers.reLU(),
      tf.layers.reLU(),
    ];
    const input = tf.input({ shape: [8, 6, 3] });
    const outputs = layers.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, input);
    const { activations, activationBytes, types } = summarize(tf.model({ inputs: input, outputs }));
    assert.equal(activations, 3 * (6 * 4 * 4));
    assert.equal(activationBytes, 4 * activations);
    assert.deepEqual(
      types.map(({ type, layers, activations }) => [type, layers, activations]),
      [
        ['InputLayer', 1, 0],
        ['Conv2D', 1, 96],
        ['ReLU', 2, 192],
      ],
    );
  });

  it('counts a depthwise convolution by its own kernel only', () => {
    const layer = tf.layers.depthwiseConv2d({
      inputShape: [5, 5, 8],
      kernelSize: 3,
      useBias: false,
    });
    const { parameters, multiplyAdds } = summarize(tf.sequential({ layers: [layer] }));
    assert.equal(parameters, 3 * 3 * 8);
    assert.equal(multiplyAdds, 3 * 3 * 8 * 3 * 3);
  });

  it('counts both halves of a separable convolution', () => {
    const layer = tf.layers.separableConv2d({
      inputShape: [5, 5, 8],
      filters: 16,
      kernelSize: 3,
      useBias: false,
    });
    const { parameters, multiplyAdds } = summarize(tf.sequential({ layers: [layer] }));
    assert.equal(parameters, 3 * 3 * 8 + 8 * 16);
    assert.equal(multiplyAdds, (3 * 3 * 8 + 8 * 16) * 3 * 3);
  });

  it("counts a transposed convolution at its input's places", () => {
    const layer = tf.layers.conv2dTranspose({
      inputShape: [4, 4, 2],
      filters: 3,
      kernelSize: 2,
      strides: 2,
      useBias: false,
    });
    const { multiplyAdds } = summarize(tf.sequential({ layers: [layer] }));
    assert.equal(multiplyAdds, 4 * 4 * (2 * 2 * 2 * 3));
  });

  it("counts a shared layer's parameters once and its work at every use", () => {
    const shared = tf.layers.conv2d({ filters: 2, kernelSize: 1, useBias: false });
    const [left, right] = [tf.input({ shape: [4, 4, 2] }), tf.input({ shape: [6, 6, 2] })];
    const outputs = [left, right].map((input) => shared.apply(input) as tf.SymbolicTensor);
    const { parameters, multiplyAdds } = summarize(tf.model({ inputs: [left, right], outputs }));
    assert.equal(parameters, 4);
    assert.equal(multiplyAdds, 4 * (4 * 4 + 6 * 6));
  });

  it('counts only the uses that belong to the model', () => {
    const shared = tf.layers.dense({ units: 3, useBias: false });
    const input = tf.input({ shape: [5] });
    shared.apply(tf.input({ shape: [5] }));
    const model = tf.model({ inputs: input, outputs: shared.apply(input) as tf.SymbolicTensor });
    assert.equal(summarize(model).multiplyAdds, 15);
  });

  it('looks into a model that is used as a layer', () => {
    const inner = tf.sequential({
      layers: [tf.layers.dense({ inputShape: [4], units: 4, useBias: false })],
    });
    const input = tf.input({ shape: [4] });
    const twice = inner.apply(inner.apply(input)) as tf.SymbolicTensor;
    const { parameters, multiplyAdds } = summarize(tf.model({ inputs: input, outputs: twice }));
    assert.equal(parameters, 16);
    assert.equal(multiplyAdds, 32);
  });

  it('leaves frozen layers out of the trainable parameters', () => {
    const layer = tf.layers.dense({ inputShape: [4], units: 4, useBias: false, trainable: false });
    const { parameters, totalParameters } = summarize(tf.sequential({ layers: [layer] }));
    assert.deepEqual([parameters, totalParameters], [0, 16]);
  });

  it('says what to do when the input size is open', () => {
    const layer = tf.layers.conv2d({
      inputShape: [null, null, 3],
      filters: 1,
      kernelSize: 1,
      name: 'open',
    });
    assert.throws(
      () => summarize(tf.sequential({ layers: [layer] })),
      /layer "open".*\[null, null, null, 1\].*fixed input shape/,
    );
  });
});
