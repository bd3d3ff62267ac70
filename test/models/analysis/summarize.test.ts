import assert from 'node:assert/strict';
import { inceptionV4, summarize, tf } from 'inception-lab';
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

  it('counts what frozen layers have, and apart from that what training changes', () => {
    const network = inceptionV4({ inputShape: [75, 75, 3], width: 0.05 });
    const before = summarize(network);
    assert.equal(before.trainableParameters, before.parameters);
    for (const layer of network.layers) layer.trainable = layer.name.startsWith('head/');
    const after = summarize(network);
    assert.equal(after.parameters, before.parameters);
    assert.equal(after.totalParameters, before.totalParameters);
    // 1536 · 0.05 features, rounded as the blocks round them.
    const features = (network.getLayer('head/pool').output as tf.SymbolicTensor).shape[1]!;
    assert.equal(after.trainableParameters, features * 1000 + 1000);
  });

  describe('of a model around one of our networks', () => {
    const network = () => inceptionV4({ inputShape: [75, 75, 3], width: 0.05, top: false });
    const pool = () => tf.layers.globalAveragePooling2d({ name: 'pool' });
    const dense = () => tf.layers.dense({ name: 'mine', units: 2 });
    const around: Record<string, (body: tf.LayersModel) => tf.LayersModel> = {
      'that begins with it': (body) => tf.sequential({ layers: [body, pool(), dense()] }),
      'that applies it': (body) => {
        const input = tf.input({ shape: [75, 75, 3] });
        const outputs = [body, pool(), dense()].reduce(
          (x, layer) => layer.apply(x) as tf.SymbolicTensor,
          input,
        );
        return tf.model({ inputs: input, outputs });
      },
      'that has it two models deep': (body) =>
        tf.sequential({
          layers: [tf.sequential({ layers: [body, pool()], name: 'eyes' }), dense()],
        }),
    };
    for (const [what, build] of Object.entries(around)) {
      it(`${what}, counts all of it`, () => {
        const body = network();
        const alone = summarize(body);
        const whole = summarize(build(body));
        const features = alone.layers.at(-1)!.outputShape[2]!;
        assert.equal(whole.multiplyAdds, alone.multiplyAdds + features * 2);
        assert.equal(whole.parameters, alone.parameters + features * 2 + 2);
        assert.equal(whole.activations, alone.activations + features + 2);
        const names = whole.blocks.map(({ name }) => name);
        for (const { name } of alone.blocks) {
          assert.ok(
            names.some((other) => other.endsWith(`inceptionV4/${name}`)),
            name,
          );
        }
      });
    }
  });

  describe('of a network that takes any size', () => {
    const open = inceptionV4({ inputShape: [null, null, 3], width: 0.05 });
    it('counts for the size that is asked for', () => {
      const fixed = inceptionV4({ inputShape: [107, 75, 3], width: 0.05 });
      const { multiplyAdds, activations } = summarize(open, { inputShape: [107, 75, 3] });
      assert.equal(multiplyAdds, summarize(fixed).multiplyAdds);
      assert.equal(activations, summarize(fixed).activations);
    });

    it('says that a size is too small, or does not fit', () => {
      assert.throws(
        () => summarize(open, { inputShape: [74, 75, 3] }),
        /An input of \[74, 75, 3\] is too small for the model "inceptionV4": nothing would be left/,
      );
      assert.throws(
        () => summarize(open, { inputShape: [75, 75, 1] }),
        /cannot have the inputShape \[75, 75, 1\]: its own is \[any, any, 3\]/,
      );
    });
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
      /layer "open".*\[null, null, null, 1\].*Give it: \{ inputShape: \[height/,
    );
  });
});
