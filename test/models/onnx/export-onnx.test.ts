import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  exportOnnx,
  inceptionResNetV2,
  inceptionV4,
  tf,
  type InceptionResNetV2Options,
  type InceptionV4Options,
} from 'inception-lab';
import { onnxChunks } from '../../../dist/models/onnx/onnx-chunks.js';
import { OnnxGraph } from '../../../dist/models/onnx/onnx-graph.js';
import { useTestBackend } from '../../support/backend.js';
import { readOnnx, type OnnxFile, type OnnxNode } from '../../support/read-onnx.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const small: InceptionV4Options & InceptionResNetV2Options = {
  ...{ stem: 'small', inputShape: [32, 32, 3], width: 0.05, classes: 3 },
  ...{ blocks: [1, 1, 1], activation: 'linear', seed: 1 },
};

function nodeOf({ nodes }: OnnxFile, name: string): OnnxNode {
  const node = nodes.find((node) => node.name === name);
  assert.ok(node, `no node ${name} among ${nodes.map((node) => node.name).join(', ')}`);
  return node;
}

async function exported(...layers: tf.layers.Layer[]): Promise<OnnxFile> {
  return readOnnx(await exportOnnx(tf.sequential({ layers })));
}

// That the files compute the same is seen in test/full/onnx.test.ts, by ONNX Runtime.
describe('exportOnnx', () => {
  const folder = temporaryFolder();
  before(useTestBackend);

  it("writes a file of ONNX 1.12's, whose names are the layers'", async () => {
    const file = readOnnx(await exportOnnx(inceptionResNetV2(small)));
    assert.deepEqual([file.irVersion, file.operatorSet], [8, 17]);
    assert.deepEqual([file.inputs, file.outputs], [['image'], ['head/logits']]);
    const { operator, inputs } = nodeOf(file, 'inceptionResNetA1/branch2/conv1/batchNorm');
    assert.equal(operator, 'BatchNormalization');
    assert.deepEqual(inputs, [
      'inceptionResNetA1/branch2/conv1',
      ...['gamma', 'beta', 'moving_mean', 'moving_variance'].map(
        (name) => `inceptionResNetA1/branch2/conv1/batchNorm/${name}`,
      ),
    ]);
  });

  it('writes nodes after those that they read, each name once, and no dropout', async () => {
    const { inputs, nodes, tensors } = readOnnx(await exportOnnx(inceptionV4(small)));
    const known = new Set([...inputs, ...tensors.keys()]);
    for (const { name, inputs, outputs } of nodes) {
      assert.deepEqual(
        inputs.filter((input) => !known.has(input)),
        [],
        name,
      );
      for (const output of outputs) assert.ok(!known.has(output), output);
      outputs.forEach((output) => known.add(output));
    }
    assert.deepEqual(
      nodes.filter(({ operator }) => operator === 'Dropout'),
      [],
    );
  });

  it('turns a kernel over to outputs, inputs, height and width', async () => {
    const convolution = tf.layers.conv2d({
      ...{ name: 'conv', inputShape: [4, 4, 2], filters: 3, kernelSize: [1, 2] },
      useBias: false,
    });
    const model = tf.sequential({ layers: [convolution] });
    model.setWeights([tf.range(0, 12).reshape([1, 2, 2, 3])]);
    const { tensors } = readOnnx(await exportOnnx(model));
    assert.deepEqual(tensors.get('conv/kernel'), {
      shape: [3, 2, 1, 2],
      values: [0, 6, 3, 9, 1, 7, 4, 10, 2, 8, 5, 11],
    });
  });

  // TensorFlow's documentation, tf.nn "Notes on padding": total (⌈n / s⌉ − 1) · s + k − n.
  for (const [size, strides, kernel, pads] of [
    [6, 2, 3, [0, 0, 1, 1]],
    [7, 2, 3, [1, 1, 1, 1]],
    [6, 1, 4, [1, 1, 2, 2]],
    [6, 3, 2, [0, 0, 0, 0]],
  ] as const) {
    it(`pads ${size} pixels for a window of ${kernel} and stride ${strides} as TensorFlow does`, async () => {
      const file = await exported(
        tf.layers.maxPooling2d({
          ...{ name: 'pool', inputShape: [size, size, 1], poolSize: kernel },
          ...{ strides, padding: 'same' },
        }),
      );
      assert.deepEqual(nodeOf(file, 'pool').attributes.pads, pads);
    });
  }

  it('leaves the padding of an open size to the runtime', async () => {
    const file = await exported(
      tf.layers.conv2d({
        ...{ name: 'conv', inputShape: [null, null, 1], filters: 1 },
        ...{ kernelSize: 3, strides: 2, padding: 'same' },
      }),
    );
    assert.equal(nodeOf(file, 'conv').attributes.auto_pad, 'SAME_UPPER');
  });

  it('walks into a model within a model, under its name', async () => {
    const body = inceptionV4({ ...small, top: false });
    const x = tf.input({ shape: [32, 32, 3], name: 'picture' });
    const features = body.apply(x) as tf.SymbolicTensor;
    const file = readOnnx(await exportOnnx(tf.model({ inputs: x, outputs: features })));
    assert.equal(nodeOf(file, 'inceptionV4/stem/conv1').operator, 'Conv');
    assert.ok(file.tensors.has('inceptionV4/stem/conv1/kernel'));
    assert.deepEqual(file.outputs, ['inceptionV4/inceptionC1/concat/channelsLast']);
  });

  it('stores the weights of a layer that is used twice once', async () => {
    const x = tf.input({ shape: [5] });
    const shared = tf.layers.dense({ units: 5, name: 'shared' });
    const outputs = shared.apply(shared.apply(x)) as tf.SymbolicTensor;
    const { nodes, tensors } = readOnnx(await exportOnnx(tf.model({ inputs: x, outputs })));
    assert.deepEqual(
      nodes.map(({ name }) => name),
      ['shared', 'shared_2'],
    );
    assert.deepEqual([...tensors.keys()], ['shared/kernel', 'shared/bias']);
  });

  it('names all outputs differently, even of a model that gives a tensor twice', async () => {
    const x = tf.input({ shape: [5], name: 'x' });
    const y = tf.layers.reLU({ name: 'y' }).apply(x) as tf.SymbolicTensor;
    const file = readOnnx(await exportOnnx(tf.model({ inputs: x, outputs: [y, y, x] })));
    assert.deepEqual(file.outputs, ['y', 'y/output', 'x/output']);
  });

  it('writes the same to a file, and over an old one', async () => {
    const model = inceptionV4(small);
    const path = join(folder, 'deep', 'network.onnx');
    await exportOnnx(inceptionV4({ ...small, classes: 9 }), path);
    await exportOnnx(model, path);
    assert.deepEqual(new Uint8Array(readFileSync(path)), await exportOnnx(model));
    assert.deepEqual(readdirSync(join(folder, 'deep')), ['network.onnx']);
  });

  it('names a layer that it does not know, and leaves the old file', async () => {
    const path = join(folder, 'old.onnx');
    writeFileSync(path, 'old');
    const layers = [tf.layers.permute({ name: 'turn', inputShape: [2, 3], dims: [2, 1] })];
    await assert.rejects(
      exportOnnx(tf.sequential({ layers }), path),
      /^Error: exportOnnx cannot write the layer "turn": it does not know Permute, only Conv2D, .*\.$/,
    );
    assert.equal(readFileSync(path, 'utf8'), 'old');
  });

  for (const [what, layer, message] of [
    [
      'channels that come first',
      () =>
        tf.layers.maxPooling2d({ name: 'l', inputShape: [4, 4, 4], dataFormat: 'channelsFirst' }),
      /The MaxPooling2D layer "l" has channelsFirst data, which exportOnnx cannot write\./,
    ],
    [
      'a normalization over rows',
      () => tf.layers.batchNormalization({ name: 'l', inputShape: [4, 4, 4], axis: 1 }),
      /The BatchNormalization layer "l" is over axis 1, /,
    ],
    [
      'a dense layer on a map',
      () => tf.layers.dense({ name: 'l', inputShape: [4, 4, 4], units: 2 }),
      /The Dense layer "l" has an input with 4 axes, /,
    ],
    [
      'an activation that it does not know',
      () => tf.layers.activation({ name: 'l', inputShape: [4], activation: 'gelu' }),
      /The Activation layer "l" has the activation "gelu", /,
    ],
  ] as const) {
    it(`refuses ${what} with one sentence`, async () => {
      await assert.rejects(exported(layer()), message);
    });
  }

  it('says why a file cannot be written', async () => {
    const path = join(folder, 'file', 'network.onnx');
    writeFileSync(join(folder, 'file'), '');
    await assert.rejects(
      exportOnnx(inceptionV4(small), path),
      /^Error: Cannot write ".*network\.onnx": /,
    );
  });

  it('refuses what is larger than a file of the format can be, before it reads a number', async () => {
    const graph = new OnnxGraph('large');
    const read = () => Promise.reject(new Error('it was read'));
    graph.tensors.push({ name: 'half', type: 'float32', shape: [2 ** 29], read });
    const first = onnxChunks(graph).next();
    await assert.rejects(
      first,
      /^Error: it would have 21474\d+ bytes, but an ONNX file can have at most 2147483647$/,
    );
  });
});
