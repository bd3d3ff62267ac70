import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createNetwork, inceptionResNetV2, inceptionV3, loadWeights, type tf } from 'inception-lab';
import { kerasLayout } from '../../../dist/models/weights/keras/keras.js';
import { useTestBackend } from '../../support/backend.js';
import { hashTensor } from '../../support/hash-weights.js';
import {
  writeArchive,
  writeKerasFile,
  type KerasFileOptions,
  type KerasLayers,
} from '../../support/keras-file.js';
import { kerasGolden } from '../../support/keras-golden.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { valuesOf } from '../../support/values-of.js';

const small = {
  ...{ inputShape: [75, 75, 3] as [number, number, number], width: 0.05, classes: 3 },
  ...{ variant: 'slim' as const, batchNormScale: false },
};

/** Keras's layers in the order of its own `model.layers`, with the shapes of a network of ours. */
function layersLike(model: tf.LayersModel, network: 'inception_v3' | 'inception_resnet_v2') {
  const shapes = new Map(kerasLayout.locate(model).map(({ name, shape }) => [name, shape]));
  return Object.fromEntries(
    Object.entries(kerasGolden().networks[network]).map(([layer, weights]) => {
      const [, kind, count = '0'] = /^(conv2d|batch_normalization)(?:_(\d+))?$/.exec(layer) ?? [];
      const ours = kind === undefined ? layer : `${kind}_${Number(count) + 1}`;
      const names = Object.keys(weights);
      return [
        layer,
        Object.fromEntries(names.map((name) => [name, shapes.get(`${ours}/${name}`)!])),
      ];
    }),
  ) satisfies KerasLayers;
}

const values: KerasFileOptions['values'] = (name, shape) => hashTensor(name, shape, 0, 'last');

describe("Keras 3's .weights.h5 and .keras", () => {
  const folder = temporaryFolder();
  const file = join(folder, 'model.weights.h5');
  const archive = join(folder, 'model.keras');
  const leftBehind = () => readdirSync(folder).filter((name) => name.startsWith('inception-lab-'));

  // Where temporary files go, so that no other process's are seen.
  const { TMPDIR } = process.env;
  before(useTestBackend);
  before(() => {
    process.env.TMPDIR = folder;
  });
  after(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  });

  for (const [name, build] of [
    ['inception_v3', () => inceptionV3(small)],
    ['inception_resnet_v2', () => inceptionResNetV2(small)],
  ] as const) {
    it(`give ${name} the numbers that its .h5 gives, with names of layers and without`, async () => {
      const model = build();
      const layers = layersLike(model, name);
      const load = async (version: KerasFileOptions['version']) => {
        await writeKerasFile(file, layers, { values, version: version! });
        const { unused } = await loadWeights(model, file, { from: 'keras' });
        assert.deepEqual(unused, []);
        return valuesOf(model);
      };
      const expected = await load(3);
      for (const version of ['places', 'names'] as const) {
        for (const weight of model.weights) weight.write(weight.read().mul(0));
        assert.deepEqual(await load(version), expected, version);
      }
      model.dispose();
    });
  }

  describe('as an archive', () => {
    let model: tf.LayersModel;
    let layers: ReturnType<typeof layersLike>;
    let whole: Buffer;

    before(async () => {
      model = inceptionV3(small);
      layers = layersLike(model, 'inception_v3');
      await writeKerasFile(file, layers, { values, version: 'places' });
      await writeFile(join(folder, 'config.json'), '{}');
      await writeArchive(archive, {
        'config.json': join(folder, 'config.json'),
        'model.weights.h5': file,
      });
      whole = await readFile(archive);
    });
    beforeEach(() => writeFile(archive, whole));

    async function refuses(pattern: RegExp): Promise<void> {
      const before = valuesOf(model);
      await assert.rejects(loadWeights(model, archive, { from: 'keras' }), pattern);
      assert.deepEqual(valuesOf(model), before);
      assert.deepEqual(leftBehind(), []);
    }

    it('load from the disk and from memory, packed or not, and leave nothing on the disk', async () => {
      await loadWeights(model, archive, { from: 'keras' });
      const expected = valuesOf(model);
      assert.deepEqual(
        expected.get('head/logits/bias'),
        Array.from(hashTensor('predictions/bias', [3], 0, 'last')),
      );
      await loadWeights(model, whole, { from: 'keras' });
      assert.deepEqual(valuesOf(model), expected);
      await loadWeights(model, await readFile(file), { from: 'keras' });
      assert.deepEqual(valuesOf(model), expected);
      await writeArchive(archive, { 'model.weights.h5': file }, { compress: true });
      await loadWeights(model, archive, { from: 'keras' });
      assert.deepEqual(valuesOf(model), expected);
      assert.deepEqual(leftBehind(), []);
    });

    it('leave the classifier, and are refused with it left out', async () => {
      const body = { ...layers };
      delete body.predictions;
      await writeKerasFile(join(folder, 'body.h5'), body, { values, version: 'places' });
      await writeArchive(archive, { 'model.weights.h5': join(folder, 'body.h5') });
      await refuses(
        /"dense#0\/kernel" is missing; "dense#0\/bias" is missing\. Everything but the class/,
      );
      const { left } = await loadWeights(model, archive, { from: 'keras', classifier: 'leave' });
      assert.deepEqual(left, ['head/logits/kernel', 'head/logits/bias']);
    });

    it('are refused without weights, as PyTorch’s .pth is', async () => {
      await writeArchive(archive, { 'archive/data.pkl': file });
      await refuses(/Cannot read ".*\.keras" as a Keras file: as a zip archive, it has no model/);
      await assert.rejects(
        createNetwork('inception-v3', { weights: archive }),
        /has no model\.wei/,
      );
    });

    it('are refused when they are cut off or damaged', async () => {
      await writeFile(archive, whole.subarray(0, whole.length - 100));
      await refuses(/as a Keras file: /);
      const changed = Buffer.from(whole);
      changed[whole.length >> 1]! ^= 1;
      await writeFile(archive, changed);
      await refuses(/: its model\.weights\.h5 is damaged\. /);
    });

    it('are refused when they would fill the disk', async () => {
      await writeArchive(archive, { 'model.weights.h5': file }, { compress: true });
      const bomb = await readFile(archive);
      const header = bomb.lastIndexOf('PK\x01\x02');
      bomb.writeUInt32LE(4_200_000_000, header + 24);
      await writeFile(archive, bomb);
      await refuses(/: its model\.weights\.h5 has 4,200 MB, and at most 4,000 MB are read\. /);
    });

    it('write nowhere else, whatever their files are called', async () => {
      const named = Buffer.from(
        whole.toString('latin1').replaceAll('config.json', '../../x.txt'),
        'latin1',
      );
      await writeFile(archive, named);
      await refuses(/: invalid relative path: \.\.\/\.\.\/x\.txt\. /);
    });
  });

  it('tell createNetwork what they are', async () => {
    await writeKerasFile(file, kerasGolden().networks.inception_v3, { version: 'places' });
    const model = await createNetwork('inception-v3', { weights: file, classes: 2 });
    assert.deepEqual(model.outputs[0]!.shape, [null, 2]);
    model.dispose();
  });
});
