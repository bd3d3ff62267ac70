import assert from 'node:assert/strict';
import {
  googLeNet,
  inceptionResNetV1,
  inceptionResNetV2,
  inceptionV3,
  inceptionV4,
  optimizeForInference,
  tf,
  type NetworkOptions,
} from 'inception-lab';
import { ScaledAdd } from '../../dist/models/parts/residual.js';
import { useTestBackend } from '../support/backend.js';
import { hashValues } from '../support/hash-values.js';
import { unsettle } from '../support/unsettle.js';

function outputs(model: tf.LayersModel, image: tf.Tensor): number[][] {
  const result = model.predict(image);
  return [result].flat().map((tensor) => Array.from(tensor.dataSync()));
}

function assertSame(model: tf.LayersModel): tf.LayersModel {
  unsettle(model);
  const optimized = optimizeForInference(model);
  const shape = model.inputs[0]!.shape.map((size) => size ?? 2);
  const image = tf.tensor(hashValues('image', tf.util.sizeFromShape(shape)), shape);
  const [expected, actual] = [outputs(model, image), outputs(optimized, image)];
  assert.equal(actual.length, expected.length);
  for (const [i, values] of expected.entries()) {
    const size = Math.max(1, ...values.map(Math.abs));
    for (const [at, value] of values.entries()) {
      assert.ok(Math.abs(actual[i]![at]! - value) < 1e-4 * size, `${actual[i]![at]} for ${value}`);
    }
  }
  return optimized;
}

const kinds = (model: tf.LayersModel) => model.layers.map((layer) => layer.getClassName());

const small: NetworkOptions = {
  stem: 'small',
  inputShape: [32, 32, 3],
  width: 0.1,
  classes: 5,
  activation: 'linear',
  seed: 1,
};

describe('optimizeForInference', () => {
  before(useTestBackend);

  const networks = { inceptionV4, inceptionResNetV1, inceptionResNetV2, inceptionV3, googLeNet };
  for (const [name, build] of Object.entries(networks)) {
    for (const batchNormScale of [true, false]) {
      it(`leaves ${name}'s outputs as they are, gamma: ${batchNormScale}`, () => {
        const optimized = assertSame(build({ ...small, batchNormScale }));
        assert.deepEqual(
          kinds(optimized).filter((kind) => /BatchNorm|Dropout/.test(kind)),
          [],
        );
      });
    }
  }

  it('keeps all outputs of a network with an auxiliary classifier', () => {
    assertSame(inceptionV4({ ...small, auxiliary: true }));
  });

  it('folds nothing into a convolution that others read too', () => {
    const x = tf.input({ shape: [5, 5, 2] });
    const convolved = tf.layers.conv2d({ filters: 3, kernelSize: 3 }).apply(x);
    const normalized = tf.layers.batchNormalization().apply(convolved);
    const sum = tf.layers.add().apply([convolved, normalized] as tf.SymbolicTensor[]);
    const optimized = assertSame(tf.model({ inputs: x, outputs: sum as tf.SymbolicTensor }));
    assert.ok(kinds(optimized).includes('BatchNormalization'));
  });

  it('folds no normalization over another axis, though there are as many filters', () => {
    const x = tf.input({ shape: [4, 4, 2] });
    const convolved = tf.layers.conv2d({ filters: 4, kernelSize: 1 }).apply(x);
    const rows = tf.layers.batchNormalization({ axis: 1 }).apply(convolved);
    const optimized = assertSame(tf.model({ inputs: x, outputs: rows as tf.SymbolicTensor }));
    assert.ok(kinds(optimized).includes('BatchNormalization'));
  });

  it('puts the scale of a residual into the convolution before it, and leaves a plain sum', () => {
    const model = inceptionResNetV2({ ...small, residualScale: 0.3 });
    const sums = kinds(model).filter((kind) => kind === 'ScaledAdd').length;
    const optimized = kinds(assertSame(model));
    assert.ok(sums > 0);
    assert.equal(optimized.filter((kind) => kind === 'Add').length, sums);
    assert.ok(!optimized.includes('ScaledAdd'));
  });

  it('leaves the scale where others read the change, or a ReLU comes before the sum', () => {
    const x = tf.input({ shape: [4, 4, 3] });
    const convolve = () => tf.layers.conv2d({ filters: 3, kernelSize: 1 }).apply(x);
    const change = convolve() as tf.SymbolicTensor;
    const positive = tf.layers.reLU().apply(convolve()) as tf.SymbolicTensor;
    const outputs = [
      new ScaledAdd({ scale: 0.5 }).apply([x, change]) as tf.SymbolicTensor,
      change,
      new ScaledAdd({ scale: -0.5 }).apply([x, positive]) as tf.SymbolicTensor,
    ];
    const optimized = assertSame(tf.model({ inputs: x, outputs }));
    assert.equal(kinds(optimized).filter((kind) => kind === 'ScaledAdd').length, 2);
  });

  it('gives a model that saves and loads', async () => {
    const optimized = optimizeForInference(inceptionResNetV2(small));
    let artifacts: tf.io.ModelArtifacts = {};
    await optimized.save(
      tf.io.withSaveHandler((saved) => {
        artifacts = saved;
        const modelArtifactsInfo = { dateSaved: new Date(), modelTopologyType: 'JSON' as const };
        return Promise.resolve({ modelArtifactsInfo });
      }),
    );
    const loaded = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
    const image = tf.ones([1, 32, 32, 3]);
    assert.deepEqual(outputs(loaded, image), outputs(optimized, image));
  });

  it('leaves a layer that is used twice shared, and right', () => {
    const x = tf.input({ shape: [5, 5, 3] });
    const convolution = tf.layers.conv2d({ filters: 3, kernelSize: 3, padding: 'same' });
    const normalization = tf.layers.batchNormalization();
    const once = normalization.apply(convolution.apply(x)) as tf.SymbolicTensor;
    const twice = normalization.apply(convolution.apply(once)) as tf.SymbolicTensor;
    const optimized = assertSame(tf.model({ inputs: x, outputs: twice }));
    assert.equal(kinds(optimized).filter((kind) => kind === 'Conv2D').length, 1);
  });

  it('works on a sequential model, with an activation that is no ReLU', () => {
    const layers = [
      tf.layers.conv2d({ inputShape: [6, 6, 2], filters: 4, kernelSize: 3, useBias: false }),
      tf.layers.batchNormalization(),
      tf.layers.activation({ activation: 'tanh' }),
      tf.layers.reLU({ maxValue: 0.2 }),
      tf.layers.dropout({ rate: 0.5 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 2 }),
    ];
    assert.deepEqual(kinds(assertSame(tf.sequential({ layers }))).slice(1), [
      'Conv2D',
      'Activation',
      'ReLU',
      'Flatten',
      'Dense',
    ]);
  });

  it('gives a model of its own, which lives on without the first', () => {
    const model = inceptionV4({ ...small, width: 0.02 });
    const optimized = optimizeForInference(model);
    model.dispose();
    assert.equal(outputs(optimized, tf.ones([1, 32, 32, 3]))[0]!.length, 5);
  });
});
