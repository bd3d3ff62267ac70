import assert from 'node:assert/strict';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { File as Hdf5File, ready } from 'h5wasm/node';
import { inceptionResNetV2, inceptionV3, inceptionV4, loadWeights, tf } from 'inception-lab';
import { buildBlank } from '../../../dist/models/parts/he-normal.js';
import { kerasLayout } from '../../../dist/models/weights/keras/keras.js';
import { useTestBackend } from '../../support/backend.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { valuesOf } from '../../support/values-of.js';
import { hashTensor } from '../../support/hash-weights.js';
import { writeKerasFile, type KerasFileOptions } from '../../support/keras-file.js';
import { kerasDifference, kerasGolden } from '../../support/keras-golden.js';

type Layers = Record<string, Record<string, readonly number[]>>;

const small = { inputShape: [75, 75, 3] as [number, number, number], width: 0.05, classes: 3 };

/** What Keras would save of a network of this size. */
function layersOf(model: tf.LayersModel): Layers {
  const layers: Layers = {};
  for (const { name, shape } of kerasLayout.locate(model)) {
    const [layer = '', weight = ''] = name.split('/');
    (layers[layer] ??= {})[weight] = shape;
  }
  return layers;
}

/** The same layers, as a process calls them that has built so many others before. */
function countedFrom(start: number, layers: Layers): Layers {
  const rename = (layer: string) => {
    const [, kind, count] = /^(conv2d|batch_normalization)_(\d+)$/.exec(layer) ?? [];
    if (kind === undefined) return layer;
    const counter = Number(count) - 1 + start;
    return counter === 0 ? kind : `${kind}_${counter}`;
  };
  return Object.fromEntries(Object.entries(layers).map(([name, layer]) => [rename(name), layer]));
}

describe("Keras's weights", () => {
  const folder = temporaryFolder();
  const path = join(folder, 'keras.h5');
  let model: tf.LayersModel;
  let layers: Layers;

  before(useTestBackend);
  beforeEach(() => {
    model = inceptionV3({ ...small, batchNormScale: false });
    layers = layersOf(model);
  });
  afterEach(() => {
    model.dispose();
  });

  /** Loading fails in these words, and the model stays as it was. */
  async function refuses(pattern: RegExp): Promise<void> {
    const before = valuesOf(model);
    await assert.rejects(loadWeights(model, path, { from: 'keras' }), pattern);
    assert.deepEqual(valuesOf(model), before);
  }

  it("give Inception-v3 Keras's own logits", async () => {
    const golden = kerasGolden().cases.find(
      ({ model, height }) => model === 'inception_v3' && height < 200,
    );
    const difference = await kerasDifference(golden!, folder);
    assert.ok(difference < 1e-3, `${difference} of the logits' spread`);
  });

  it("have the layers and shapes of Keras's own networks", () => {
    const { networks } = kerasGolden();
    const like = { inputShape: small.inputShape, batchNormScale: false };
    const v3 = buildBlank(() => inceptionV3(like));
    assert.deepEqual(countedFrom(0, layersOf(v3)), networks.inception_v3);
    v3.dispose();
    const resNet = buildBlank(() => inceptionResNetV2({ ...like, variant: 'slim' }));
    assert.deepEqual(countedFrom(0, layersOf(resNet)), networks.inception_resnet_v2);
    resNet.dispose();
  });

  it('are found whatever number the counting began with, and in both layouts of the file', async () => {
    const load = async (start: number, options: KerasFileOptions) => {
      const counted = countedFrom(start, layers);
      const names = Object.keys(counted);
      const canonical = new Map(names.map((name, i) => [name, Object.keys(layers)[i]!]));
      await writeKerasFile(path, counted, {
        ...options,
        values: (name, shape) => {
          const [layer = '', weight = ''] = name.split('/');
          return hashTensor(`${canonical.get(layer)}/${weight}`, shape, 0, 'last');
        },
      });
      await loadWeights(model, path, { from: 'keras' });
      return valuesOf(model);
    };
    const expected = await load(0, { version: 3 });
    assert.deepEqual(
      expected.get('stem/conv3/kernel'),
      Array.from(hashTensor('conv2d_3/kernel', layers.conv2d_3!.kernel!, 0, 'last')),
    );
    for (const [start, options] of [
      [1, { version: 2 }],
      [95, { version: 3, parts: 3 }],
    ] as const) {
      model.setWeights(model.getWeights().map((weight) => tf.zerosLike(weight)));
      assert.deepEqual(await load(start, options), expected);
    }
  });

  it('are all missed by name, in the order of the model, when they are not there', async () => {
    delete layers.predictions;
    await writeKerasFile(path, layers);
    await refuses(
      /do not fit the model "inceptionV3": "predictions\/kernel" is missing; "predictions\/bias" is missing\. Everything but the classifier fits/,
    );
    // As Keras's …_notop.h5: all the rest goes into a model that has a classifier.
    const { left, unused } = await loadWeights(model, path, { from: 'keras', classifier: 'leave' });
    assert.deepEqual([left, unused], [['head/logits/kernel', 'head/logits/bias'], []]);
  });

  it("are refused in a wrong shape or type, or in excess, under the file's own names", async () => {
    const counted = countedFrom(95, layers);
    const [rows, ...rest] = counted.conv2d_95!.kernel!;
    await writeKerasFile(path, { ...counted, conv2d_95: { kernel: [rows! + 1, ...rest] } });
    await refuses(/: "conv2d_95\/kernel" is \[4, 3, 3, 2\], not \[3, 3, 3, 2\]\. /);

    await writeKerasFile(path, { ...counted, extra: { bias: [2] } });
    await refuses(/: "extra\/bias" is in the file only\. /);

    await writeKerasFile(path, counted, {
      values: (name, shape) => {
        const zeros = new Float32Array(shape.reduce((a, b) => a * b, 1));
        return name === 'predictions/bias' ? new Float64Array(zeros) : zeros;
      },
    });
    await refuses(/: "predictions\/bias" is "<d", not F32\. /);
  });

  it('are not sought in a file that is none of HDF5, is cut off or is missing', async () => {
    await writeFile(path, 'no HDF5');
    await refuses(
      /^Error: Cannot read ".*keras\.h5" as a Keras file: HDF5 says "Not an HDF5 file"\. Give a whole \.h5, \.weights\.h5 or \.keras; [^\n]*$/,
    );
    await writeKerasFile(path, layers);
    await truncate(path, (await readFile(path)).length - 1000);
    await refuses(/: HDF5 says "File has been truncated"\. /);
    await writeFile(path, '');
    await assert.rejects(loadWeights(model, folder, { from: 'keras' }), /: it is not a file\. /);
    await assert.rejects(loadWeights(model, `${path}5`, { from: 'keras' }), /: ENOENT: no such/);
  });

  it("are not sought in HDF5 files that are not Keras's", async () => {
    await ready;
    const file = new Hdf5File(path, 'w');
    file.create_group('measurements');
    file.close();
    await refuses(/: it has no layers and no list of layer_names, as Keras writes them\. /);
  });

  it('do not fit other variants, which are named with the options that do', () => {
    const refused = (other: tf.LayersModel, pattern: RegExp) => {
      assert.throws(() => kerasLayout.locate(other), pattern);
      other.dispose();
    };
    const options = "build .*with variant: 'slim', batchNormScale: false\\.$";
    const no = (weight: string) => new RegExp(`no weight like "${weight}".*${options}`);
    refused(inceptionV3(small), no('stem/conv1/batchNorm/gamma'));
    refused(
      inceptionV3({ ...small, inputShape: [139, 139, 3], batchNormScale: false, auxiliary: true }),
      no('auxiliary/conv1/kernel'),
    );
    refused(
      inceptionResNetV2({ ...small, batchNormScale: false }),
      no('stem/split1/branch2/conv1/kernel'),
    );
    refused(
      inceptionV3({ ...small, batchNormScale: false, variant: 'torchvision' }),
      new RegExp(`do not count the padding.*${options}`),
    );
    refused(inceptionV4(small), /not known for the model "inceptionV4", only for: inceptionV3/);
  });

  it('leave no tensors behind', async () => {
    await writeKerasFile(path, layers);
    const before = tf.memory().numTensors;
    await loadWeights(model, path, { from: 'keras' });
    assert.equal(tf.memory().numTensors, before);
  });
});
