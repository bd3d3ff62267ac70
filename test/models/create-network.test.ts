import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  createNetwork,
  featureExtractor,
  googLeNet,
  inceptionResNetV1,
  inceptionResNetV2,
  inceptionV3,
  inceptionV4,
  listNetworks,
  loadWeights,
  normalizationOf,
  predict,
  saveWeights,
  setNormalization,
  tf,
  type CreateNetworkOptions,
  type NetworkName,
} from 'inception-lab';
import { buildBlank } from '../../dist/models/parts/he-normal.js';
import type { Layout } from '../../dist/models/weights/layout.js';
import { facenetLayout } from '../../dist/models/weights/pytorch/facenet.js';
import { torchvisionLayout } from '../../dist/models/weights/pytorch/torchvision.js';
import { timmLayout } from '../../dist/models/weights/timm/timm.js';
import { writeSafetensors } from '../../dist/models/weights/write-safetensors.js';
import { useTestBackend } from '../support/backend.js';
import { goldenCases, type GoldenLogits } from '../support/golden.js';
import { hashImage, hashTensor, hashWeights } from '../support/hash-weights.js';
import { writeKerasFile } from '../support/keras-file.js';
import { kerasGolden } from '../support/keras-golden.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const small = { inputShape: [75, 75, 3] as [number, number, number], width: 0.05 };

function outputOf(model: tf.LayersModel): Float32Array {
  const x = tf.tensor4d(hashImage(75 * 75 * 3, 1), [1, 75, 75, 3]);
  return [model.predict(x)].flat()[0]!.dataSync<'float32'>();
}

describe('createNetwork', function () {
  const folder = temporaryFolder();
  const path = join(folder, 'model.safetensors');
  const told: string[] = [];
  const create = (name: NetworkName, options: CreateNetworkOptions) =>
    createNetwork(name, { ...small, weights: path, tell: (words) => told.push(words), ...options });

  before(useTestBackend);
  beforeEach(() => {
    told.length = 0;
  });

  /** Files of others, by the networks of ours that have such weights. */
  const published: Record<string, readonly [NetworkName, Layout, () => tf.LayersModel, RegExp]> = {
    "timm's Inception-v4": [
      'inception-v4',
      timmLayout,
      () => inceptionV4({ ...small, variant: 'slim' }),
      /timm's weights of inception-v4, variant slim, 1000 classes; pixels from −1 to 1\.$/,
    ],
    "timm's Inception-ResNet-v2": [
      'inception-resnet-v2',
      timmLayout,
      () => inceptionResNetV2({ ...small, variant: 'slim' }),
      /timm's weights of inception-resnet-v2, variant slim/,
    ],
    "timm's and torchvision's Inception-v3": [
      'inception-v3',
      timmLayout,
      () => inceptionV3({ ...small, variant: 'torchvision' }),
      /timm's weights of inception-v3, variant torchvision/,
    ],
    "torchvision's GoogLeNet": [
      'googlenet',
      torchvisionLayout,
      () => googLeNet({ ...small, variant: 'torchvision' }),
      /torchvision's weights of googlenet, variant torchvision, 1000 classes; pixels from −1/,
    ],
    "facenet-pytorch's Inception-ResNet-v1": [
      'inception-resnet-v1',
      facenetLayout,
      () => inceptionResNetV1({ ...small, variant: 'facenet' }),
      /facenet-pytorch's weights of inception-resnet-v1, variant facenet, 512 classes; pixels less 0\.5, 0\.5, 0\.5, divided by 0\.502, 0\.502, 0\.502\.$/,
    ],
  };
  for (const [title, [name, layout, build, sentence]] of Object.entries(published)) {
    it(`recognizes ${title}`, async () => {
      const expected = build();
      const shapes = new Map(layout.locate(expected).map((one) => [one.name, one.shape]));
      await writeSafetensors(path, hashWeights(shapes));
      for (const { name: tensor, shape, variable, convert } of layout.locate(expected)) {
        variable.write(tf.tensor(convert(hashTensor(tensor, shape)), variable.shape as number[]));
      }
      const model = await create(name, {});
      assert.deepEqual(outputOf(model), outputOf(expected));
      assert.match(told.join(), sentence);
    });
  }

  it('recognizes its own files', async () => {
    const builders: Record<string, readonly [NetworkName, () => tf.LayersModel]> = {
      'Inception-v4': ['inception-v4', () => inceptionV4(small)],
      'Inception-v4, slim': [
        'inception-v4',
        () => inceptionV4({ ...small, variant: 'slim', classes: 7 }),
      ],
      'Inception-v3': ['inception-v3', () => inceptionV3({ ...small, batchNormScale: false })],
      'Inception-ResNet-v1': ['inception-resnet-v1', () => inceptionResNetV1(small)],
      'Inception-ResNet-v2': ['inception-resnet-v2', () => inceptionResNetV2(small)],
      'Inception-ResNet-v2, slim': [
        'inception-resnet-v2',
        () => inceptionResNetV2({ ...small, variant: 'slim' }),
      ],
      GoogLeNet: ['googlenet', () => googLeNet({ ...small, classes: 3 })],
    };
    for (const [title, [name, build]] of Object.entries(builders)) {
      const mine = build();
      await saveWeights(mine, path);
      assert.deepEqual(outputOf(await create(name, {})), outputOf(mine), title);
      mine.dispose();
    }
  });

  it('fetches a file once, as loadWeights does', async () => {
    const mine = inceptionV4(small);
    const bytes = await saveWeights(mine);
    const asked: string[] = [];
    const server = createServer(({ url = '' }, answer) => {
      asked.push(url);
      answer.end(bytes);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const url = (name: string) => `http://127.0.0.1:${port}/${name}`;
    try {
      const made = await create('inception-v4', { weights: url('created') });
      assert.deepEqual(outputOf(made), outputOf(mine));
      await loadWeights(made, url('loaded'));
      assert.deepEqual(asked, ['/created', '/loaded']);
    } finally {
      server.close();
    }
  });

  it('gives a new classifier for other classes, and none without a top', async () => {
    const thousand = inceptionV4({ ...small, variant: 'slim' });
    const shapes = new Map(timmLayout.locate(thousand).map((one) => [one.name, one.shape]));
    await writeSafetensors(path, hashWeights(shapes));
    const all = await create('inception-v4', {});
    const ten = await create('inception-v4', { classes: 10 });
    const none = await create('inception-v4', { top: false });
    assert.equal(outputOf(ten).length, 10);
    const features = (model: tf.LayersModel) => outputOf(featureExtractor(model, ['inceptionC3']));
    assert.deepEqual(features(ten), features(all));
    assert.deepEqual(outputOf(none), features(all));
    assert.match(told.at(-1)!, /1000 classes, without its classifier/);
  });

  it('gives new classifiers random weights', async () => {
    const large = { ...small, inputShape: [139, 139, 3] as [number, number, number] };
    await saveWeights(inceptionV4({ ...large, auxiliary: true }), path);
    for (const auxiliary of [true, false]) {
      const model = await create('inception-v4', { ...large, classes: 10, auxiliary });
      const kernels = model.weights.filter(({ originalName }) => originalName.endsWith('/kernel'));
      for (const kernel of kernels) {
        assert.ok(kernel.read().abs().max().dataSync()[0]! > 0, kernel.originalName);
      }
    }
  });

  it("gives timm's own logits through a body whose head was replaced", async () => {
    const golden = goldenCases().find(
      ({ model, height }) => model === 'inception_v4' && height < 200,
    )!;
    const { seed, height, width } = golden;
    const shape: [number, number, number] = [height, width, 3];
    const whole = buildBlank(() => inceptionV4({ variant: 'slim', inputShape: shape }));
    const shapes = new Map(timmLayout.locate(whole).map((one) => [one.name, one.shape]));
    whole.dispose();
    await writeSafetensors(path, hashWeights(shapes, seed));
    const kernel = tf.tensor2d(hashTensor('last_linear.weight', [1000, 1536], seed), [1000, 1536]);
    const bias = hashTensor('last_linear.bias', [1000], seed);
    await holdThroughNewHead('inception-v4', golden, kernel.transpose(), bias);
  });

  it("gives Keras's own logits through a body whose head was replaced", async () => {
    const golden = kerasGolden().cases.find(
      ({ model, height }) => model === 'inception_v3' && height < 200,
    )!;
    const values = (name: string, shape: readonly number[]) =>
      hashTensor(name, shape, golden.seed, 'last');
    await writeKerasFile(path, kerasGolden().networks.inception_v3, { values, version: 'places' });
    const kernel = tf.tensor2d(values('predictions/kernel', [2048, 1000]), [2048, 1000]);
    const bias = values('predictions/bias', [1000]);
    await holdThroughNewHead('inception-v3', golden, kernel, bias);
  });

  /** Ten classes in place of the file's: its own classifier is computed beside the network. */
  async function holdThroughNewHead(
    name: NetworkName,
    { seed, height, width, logits }: GoldenLogits,
    kernel: tf.Tensor2D,
    bias: Float32Array,
  ): Promise<void> {
    const inputShape: [number, number, number] = [height, width, 3];
    const tell = () => undefined;
    const model = await createNetwork(name, { weights: path, classes: 10, inputShape, tell });
    const image = tf.tensor4d(hashImage(height * width * 3, seed), [1, ...inputShape]);
    const features = featureExtractor(model, ['head/pool']).predict(image) as tf.Tensor2D;
    const ours = tf.matMul(features, kernel).add(bias).dataSync();
    const spread = Math.max(...logits) - Math.min(...logits);
    const difference = Math.max(...logits.map((logit, i) => Math.abs(logit - ours[i]!)));
    assert.ok(difference / spread < 1e-3, `${difference / spread}`);
  }

  it('keeps how pictures come to a network, in its file and in what is predicted', async () => {
    const model = inceptionV4({ ...small, classes: 5 });
    const image = {
      width: 75,
      height: 75,
      data: Uint8Array.from({ length: 75 * 75 * 3 }, (_, i) => (i * 37) % 256),
    };
    const byHand = (mean: number[], deviation: number[]) => {
      const pixels = Float32Array.from(
        image.data,
        (byte, i) => (byte / 255 - mean[i % 3]!) / deviation[i % 3]!,
      );
      return (
        model.predict(tf.tensor4d(pixels, [1, 75, 75, 3])) as tf.Tensor
      ).dataSync<'float32'>();
    };
    const seen = async (of: tf.LayersModel) => {
      const all = await predict(of, image, { top: 5 });
      return all.sort((a, b) => a.index - b.index).map(({ probability }) => probability);
    };
    const close = (ours: number[], expected: Float32Array) => {
      for (const [i, value] of ours.entries())
        assert.ok(Math.abs(value - expected[i]!) < 1e-5, `${ours.join()} ${expected.join()}`);
    };
    const imagenet = [
      [0.485, 0.456, 0.406],
      [0.229, 0.224, 0.225],
    ] as const;
    close(await seen(model), byHand([0.5, 0.5, 0.5], [0.5, 0.5, 0.5]));
    setNormalization(model, 'imagenet');
    close(await seen(model), byHand([...imagenet[0]], [...imagenet[1]]));
    await saveWeights(model, path);
    const again = await create('inception-v4', {});
    assert.deepEqual(normalizationOf(again), { mean: imagenet[0], deviation: imagenet[1] });
    assert.deepEqual(await seen(again), await seen(model));
    const around = tf.sequential({ layers: [again] });
    assert.deepEqual(normalizationOf(around), normalizationOf(again));
    const other = await create('inception-v4', { normalization: 'facenet' });
    assert.equal(normalizationOf(other).deviation[0], 128 / 255);
    assert.throws(() => {
      setNormalization(model, { mean: [0, 0, 0], deviation: [1, 0, 1] });
    }, /deviations greater than 0/);
    assert.throws(() => {
      setNormalization(model, 'torch' as 'facenet');
    }, /normalization "torch" is not allowed\. Give one of inception, imagenet, facenet/);
  });

  it("takes mean and deviation from timm's configuration beside the weights", async () => {
    const model = inceptionV3({ ...small, variant: 'torchvision' });
    const shapes = new Map(timmLayout.locate(model).map((one) => [one.name, one.shape]));
    await writeSafetensors(path, hashWeights(shapes));
    const config = {
      architecture: 'inception_v3',
      pretrained_cfg: {
        tag: 'gluon_in1k',
        mean: [0.485, 0.456, 0.406],
        std: [0.229, 0.224, 0.225],
      },
    };
    await writeFile(join(folder, 'config.json'), JSON.stringify(config));
    const created = await create('inception-v3', {});
    assert.deepEqual(normalizationOf(created).deviation, [0.229, 0.224, 0.225]);
    assert.match(
      told.join(),
      /pixels less 0\.485, 0\.456, 0\.406, divided by 0\.229, 0\.224, 0\.225\.$/,
    );
  });

  it('says what is wrong', async () => {
    assert.deepEqual(listNetworks(), [
      'inception-v4',
      'inception-resnet-v1',
      'inception-resnet-v2',
      'inception-v3',
      'googlenet',
    ]);
    await assert.rejects(
      createNetwork('resnet-50' as NetworkName),
      /no network "resnet-50"\. Choose one of: inception-v4/,
    );
    await saveWeights(inceptionV4({ ...small, classes: 2 }), path);
    await assert.rejects(
      create('googlenet', {}),
      /are inception-lab's of "inception-v4", not of "googlenet"\. Call createNetwork\('inception-v4', …\)/,
    );
    const before = tf.memory().numTensors;
    await assert.rejects(
      create('inception-v4', { width: 0.1 }),
      /do not fit the model "inceptionV4"/,
    );
    assert.equal(tf.memory().numTensors, before);
    await saveWeights(
      tf.sequential({ layers: [tf.layers.dense({ inputShape: [1], units: 1, name: 'mine' })] }),
      path,
    );
    await assert.rejects(
      create('inception-v4', {}),
      /come from; the first tensors are: mine\/kernel, mine\/bias\. Build/,
    );
  });
});
