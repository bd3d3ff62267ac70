import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  exportOnnx,
  googLeNet,
  inceptionResNetV1,
  inceptionResNetV2,
  inceptionV3,
  inceptionV4,
  optimizeForInference,
  ScaledAdd,
  tf,
  type NetworkOptions,
} from 'inception-lab';
import { useTestBackend } from '../support/backend.js';
import { hashImage } from '../support/hash-weights.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { unsettle } from '../support/unsettle.js';
import { needModules } from './support/python.js';
import { succeed } from './support/run-command.js';

interface Output {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

const shared: NetworkOptions = { width: 0.25, classes: 7, activation: 'linear', seed: 1 };
/** Odd, even, and not square, so that paddings differ by side. */
const large: NetworkOptions = { ...shared, inputShape: [107, 120, 3] };
const small: NetworkOptions = { ...shared, stem: 'small', inputShape: [33, 40, 3] };
const auxiliary: NetworkOptions = { ...shared, inputShape: [139, 150, 3], auxiliary: true };
const few = { blocks: [1, 1, 1] } as const;

const models: Record<string, () => tf.LayersModel> = {
  'Inception-v4': () => inceptionV4(large),
  "Inception-v4, TF-slim's, with its auxiliary classifier": () =>
    inceptionV4({ ...auxiliary, variant: 'slim' }),
  'Inception-v4, small stem, softmax': () =>
    inceptionV4({ ...small, ...few, activation: 'softmax' }),
  'Inception-v4, medium stem, sigmoid, no scale': () =>
    inceptionV4({
      ...{ ...small, ...few, stem: 'medium', activation: 'sigmoid', batchNormScale: false },
    }),
  'Inception-v4 without a classifier': () => inceptionV4({ ...small, ...few, top: false }),
  'Inception-ResNet-v1': () => inceptionResNetV1(large),
  "Inception-ResNet-v1, facenet's": () => inceptionResNetV1({ ...large, variant: 'facenet' }),
  'Inception-ResNet-v2': () => inceptionResNetV2({ ...small, residualScale: 0.3 }),
  "Inception-ResNet-v2, TF-slim's": () => inceptionResNetV2({ ...large, variant: 'slim' }),
  'Inception-v3 with its auxiliary classifier': () => inceptionV3(auxiliary),
  "Inception-v3, torchvision's": () => inceptionV3({ ...large, variant: 'torchvision' }),
  'GoogLeNet with its auxiliary classifiers': () => googLeNet(auxiliary),
  "GoogLeNet, torchvision's": () => googLeNet({ ...large, variant: 'torchvision' }),
  'a network that was optimized for inference': () => {
    const network = inceptionResNetV2({ ...small, ...few });
    unsettle(network);
    return optimizeForInference(network);
  },
  'a network within another model': () => {
    const body = inceptionV4({ ...small, ...few, top: false });
    const layers = [body, tf.layers.globalMaxPooling2d({}), tf.layers.dense({ units: 3 })];
    return tf.sequential({ layers });
  },
  'a picture of any size': () =>
    tf.sequential({
      layers: [
        tf.layers.conv2d({ ...strided, inputShape: [null, null, 3], activation: 'relu6' }),
        tf.layers.maxPooling2d({ poolSize: 2, strides: 2, padding: 'same' }),
        tf.layers.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
      ],
    }),
  'all other layers and activations': otherLayers,
};

const strided = { filters: 4, kernelSize: 3, strides: 2, padding: 'same' } as const;

/** Each with an output of its own. */
function otherLayers(): tf.LayersModel {
  const x = tf.input({ shape: [7, 10, 3] });
  const apply = (layer: tf.layers.Layer, input: tf.SymbolicTensor | tf.SymbolicTensor[] = x) =>
    layer.apply(input) as tf.SymbolicTensor;
  const y = apply(
    tf.layers.conv2d({ filters: 3, kernelSize: 3, dilationRate: 2, padding: 'same' }),
  );
  const activations = [
    ...['relu', 'relu6', 'sigmoid', 'tanh', 'elu', 'selu', 'softplus', 'softsign'],
    ...['hardSigmoid', 'softmax', 'linear'],
  ] as Parameters<typeof tf.layers.activation>[0]['activation'][];
  const outputs = [
    ...activations.map((activation) => apply(tf.layers.activation({ activation }))),
    ...['add', 'average', 'maximum', 'minimum'].flatMap((merge) => {
      const layer = tf.layers[merge as 'add'];
      return [apply(layer(), [x, y]), apply(layer(), [x, y, x])];
    }),
    ...[1, 2, 3, -1].map((axis) => apply(tf.layers.concatenate({ axis }), [x, y])),
    apply(new ScaledAdd({ scale: -0.5 }), [x, y]),
    apply(tf.layers.softmax({ axis: -1 })),
    apply(tf.layers.reLU({ maxValue: 0.3 })),
    apply(
      tf.layers.zeroPadding2d({
        padding: [
          [1, 2],
          [3, 0],
        ],
      }),
    ),
    apply(tf.layers.flatten()),
    apply(tf.layers.dropout({ rate: 0.5 })),
  ];
  return tf.model({ inputs: x, outputs });
}

describe('ONNX Runtime computes what our networks do', () => {
  const folder = temporaryFolder();
  const expected = new Map<string, tf.Tensor[]>();
  let answers: Record<string, Output[]>;

  before(async function () {
    const python = await needModules(this, 'onnx', ['numpy', 'onnxruntime']);
    await useTestBackend();
    for (const [i, build] of Object.values(models).entries()) {
      const model = build();
      if (!Object.keys(models)[i]!.includes('optimized')) unsettle(model);
      const shape = model.inputs[0]!.shape.map((size, axis) => size ?? [2, 37, 54][axis]!);
      const image = hashImage(tf.util.sizeFromShape(shape));
      const path = join(folder, String(i));
      await exportOnnx(model, `${path}.onnx`);
      writeFileSync(`${path}.input`, image);
      writeFileSync(`${path}.json`, JSON.stringify(shape));
      expected.set(String(i), [model.predict(tf.tensor(image, shape))].flat());
      model.dispose();
    }
    answers = JSON.parse(
      await succeed(python, ['test/full/run_onnx.py', folder]),
    ) as typeof answers;
  });

  for (const [i, name] of Object.keys(models).entries()) {
    it(name, () => {
      const [ours, theirs] = [expected.get(String(i))!, answers[i]!];
      assert.equal(theirs.length, ours.length);
      for (const [at, { name, shape, values }] of theirs.entries()) {
        assert.deepEqual(shape, ours[at]!.shape, name);
        const difference = relativeDifference(ours[at]!.dataSync(), values);
        assert.ok(difference < 1e-5, `${name}: ${difference} of the spread`);
      }
    });
  }
});

/** The largest difference, as a part of the spread of what is expected. */
function relativeDifference(expected: ArrayLike<number>, actual: readonly number[]): number {
  let [least, most, largest] = [Infinity, -Infinity, 0];
  for (const [i, value] of actual.entries()) {
    least = Math.min(least, expected[i]!);
    most = Math.max(most, expected[i]!);
    // Of no number, too.
    largest = Math.max(largest, Math.abs(value - expected[i]!));
  }
  return largest / (most - least);
}
