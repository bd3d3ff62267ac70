import assert from 'node:assert/strict';
import { join } from 'node:path';
import {
  googLeNet,
  inceptionResNetV2,
  inceptionV3,
  inceptionV4,
  loadWeights,
  saveWeights,
  type tf,
  type NetworkOptions,
} from 'inception-lab';
import { buildBlank } from '../../../dist/models/parts/he-normal.js';
import { openSafetensors } from '../../../dist/models/weights/safetensors.js';
import { timmLayout } from '../../../dist/models/weights/timm/timm.js';
import { writeSafetensors } from '../../../dist/models/weights/write-safetensors.js';
import { useTestBackend } from '../../support/backend.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { goldenCases, goldenDifference } from '../../support/golden.js';
import { hashWeights } from '../../support/hash-weights.js';
import { unsettle } from '../../support/unsettle.js';

type Shapes = Map<string, readonly number[]>;

/** What a file of timm's has for a model. */
function timmShapes(model: tf.LayersModel): Shapes {
  return new Map(timmLayout.locate(model).map(({ name, shape }) => [name, shape]));
}

const small = { inputShape: [75, 75, 3] as [number, number, number] };

describe("timm's weights", function () {
  const folder = temporaryFolder();
  before(useTestBackend);

  it("give Inception-v4 timm's own logits", async () => {
    const golden = goldenCases().find(
      ({ model, height }) => model === 'inception_v4' && height < 200,
    );
    const difference = await goldenDifference(golden!, folder);
    assert.ok(difference < 1e-3, `${difference} of the logits' spread`);
  });

  it("have the names and shapes that timm's own files are known to have", () => {
    const v4 = buildBlank(() => inceptionV4({ ...small, variant: 'slim' }));
    const shapes = timmShapes(v4);
    v4.dispose();
    assert.deepEqual(shapes.get('features.0.conv.weight'), [32, 3, 3, 3]);
    assert.deepEqual(shapes.get('features.4.branch1.1.conv.weight'), [64, 64, 1, 7]);
    assert.deepEqual(shapes.get('features.19.branch2_3a.bn.running_var'), [256]);
    assert.deepEqual(shapes.get('last_linear.weight'), [1000, 1536]);
    assert.equal(shapes.size, 149 * 5 + 2);

    const resNet = buildBlank(() => inceptionResNetV2({ ...small, variant: 'slim' }));
    const names = timmShapes(resNet);
    resNet.dispose();
    assert.deepEqual(names.get('repeat_1.19.conv2d.weight'), [1088, 384, 1, 1]);
    assert.deepEqual(names.get('block8.branch1.1.conv.weight'), [224, 192, 1, 3]);
    assert.deepEqual(names.get('classif.bias'), [1000]);

    const v3 = buildBlank(() =>
      inceptionV3({ inputShape: [299, 299, 3], variant: 'torchvision', auxiliary: true }),
    );
    const ancestors = timmShapes(v3);
    v3.dispose();
    assert.deepEqual(ancestors.get('AuxLogits.conv1.conv.weight'), [768, 128, 5, 5]);
    assert.deepEqual(ancestors.get('Mixed_7c.branch3x3dbl_3b.bn.weight'), [384]);
  });

  it("do not fit the paper's variant, whose branches stand in another order", () => {
    const paper = inceptionResNetV2({ ...small, width: 0.05 });
    assert.throws(
      () => timmLayout.locate(paper),
      /no weight like "stem\/split1\/branch2\/conv1\/kernel".*variant: 'slim'/,
    );
  });

  for (const [build, options] of [
    [inceptionV4, { variant: 'slim' }],
    [inceptionResNetV2, { variant: 'slim' }],
    [inceptionV3, { variant: 'torchvision' }],
  ] as [typeof inceptionV4, { variant: 'slim' }][]) {
    it(`go into ${build.name} for other classes, or for none, without the classifier`, async () => {
      const path = join(folder, 'thousand.safetensors');
      const shape = { ...small, ...options, width: 0.05 };
      const thousand = build(shape);
      await writeSafetensors(path, hashWeights(timmShapes(thousand)));
      await loadWeights(thousand, path, { from: 'timm' });
      const ten = build({ ...shape, classes: 10 });
      const { left, unused } = await loadWeights(ten, path, { from: 'timm', classifier: 'leave' });
      assert.deepEqual(left, ['head/logits/kernel', 'head/logits/bias']);
      assert.equal(unused.length, 2);
      const none = build({ ...shape, top: false });
      const body = await loadWeights(none, path, { from: 'timm', classifier: 'leave' });
      assert.deepEqual([body.left, body.unused], [[], unused]);
      const expected = new Map(thousand.weights.map((one) => [one.originalName, one.read()]));
      for (const model of [ten, none]) {
        for (const weight of model.weights) {
          const name = weight.originalName;
          if (left.includes(name)) continue;
          assert.deepEqual(weight.read().dataSync(), expected.get(name)!.dataSync());
        }
        model.dispose();
      }
      thousand.dispose();
    });
  }

  it('may come with counters of batches, and with nothing else', async () => {
    const path = join(folder, 'more.safetensors');
    const model = inceptionV4({ ...small, variant: 'slim', width: 0.05 });
    const extra = (name: string) => ({
      name,
      shape: [],
      read: () => Promise.resolve(Float32Array.of(7)),
    });
    const tensors = hashWeights(timmShapes(model));
    await writeSafetensors(path, [...tensors, extra('features.0.bn.num_batches_tracked')]);
    await loadWeights(model, path, { from: 'timm' });
    await writeSafetensors(path, [...tensors, extra('features.0.bn.running_median')]);
    await assert.rejects(
      loadWeights(model, path, { from: 'timm' }),
      /: "features\.0\.bn\.running_median" is in the file only\. /,
    );
    model.dispose();
  });
});

/** Networks that timm has, thinner. */
const thin: Record<string, (options?: NetworkOptions) => tf.LayersModel> = {
  inceptionV4: (options) => inceptionV4({ ...small, width: 0.05, variant: 'slim', ...options }),
  inceptionResNetV2: (options) =>
    inceptionResNetV2({ ...small, width: 0.05, variant: 'slim', ...options }),
  inceptionV3: (options) =>
    inceptionV3({
      ...{ inputShape: [139, 139, 3], width: 0.05, variant: 'torchvision' },
      ...{ auxiliary: true, ...options },
    }),
};

function values(model: tf.LayersModel): number[][] {
  return model.weights.map((weight) => Array.from(weight.read().dataSync()));
}

// That timm takes such files as they are is seen in test/full/timm.test.ts.
describe('saveWeights for timm', () => {
  const folder = temporaryFolder();
  before(useTestBackend);

  for (const [name, build] of Object.entries(thin)) {
    it(`writes ${name}'s weights, which come back bit for bit`, async () => {
      const path = join(folder, `${name}.safetensors`);
      const [saved, loaded] = [build({ seed: 1 }), build({ seed: 2 })];
      unsettle(saved);
      await saveWeights(saved, path, { to: 'timm' });
      assert.notDeepEqual(values(loaded), values(saved));
      await loadWeights(loaded, path, { from: 'timm' });
      assert.deepEqual(values(loaded), values(saved));
    });
  }

  it("writes timm's names, and kernels with the outputs first", async () => {
    const model = thin.inceptionV4!();
    const bytes = await saveWeights(model, undefined, { to: 'timm' });
    const file = await openSafetensors(bytes);
    const name = 'features.4.branch1.1.conv.weight';
    const [, inputs = NaN, ...window] = file.tensors.get(name)!.shape;
    assert.deepEqual(window, [1, 7]);
    const stored = await file.read(name);
    const kernel = model.getLayer('stem/split2/branch2/conv2').getWeights()[0]!.arraySync();
    const [column, input, output] = [4, 1, 2];
    assert.equal(
      stored[(output * inputs + input) * 7 + column],
      (kernel as number[][][][])[0]![column]![input]![output],
    );
  });

  it('gives normalizations without a scale the scale 1, which timm has', async () => {
    const model = thin.inceptionV4!({ batchNormScale: false });
    const file = await openSafetensors(await saveWeights(model, undefined, { to: 'timm' }));
    assert.deepEqual(new Set(await file.read('features.0.bn.weight')), new Set([1]));
    assert.equal(file.tensors.size, 149 * 5 + 2);
  });

  for (const [what, build, message] of [
    [
      'a network that timm does not have',
      () => googLeNet({ ...small, width: 0.05 }),
      /^Error: timm's names are not known for the model "googLeNet", only for: inceptionV3, /,
    ],
    [
      "the paper's variant",
      () => inceptionResNetV2({ ...small, width: 0.05 }),
      /^Error: timm's network has no weight like "stem\/split1\/branch2\/conv1\/kernel".*variant: 'slim'/,
    ],
    [
      'a network with fewer blocks',
      () => inceptionV4({ ...small, width: 0.05, variant: 'slim', blocks: [4, 6, 3] }),
      /^Error: timm's network has a layer that is missing here, "inceptionB7\/.*": build the model with /,
    ],
    [
      "Inception-v3 with TF-slim's pools",
      () => inceptionV3({ ...small, width: 0.05 }),
      /^Error: timm's network has a layer that is missing here, ".*\/padding": .*variant: 'torchvision'/,
    ],
    [
      'another stem',
      () => inceptionV4({ ...small, width: 0.05, variant: 'slim', stem: 'small' }),
      /^Error: timm's network has different settings for the layer "stem\/conv1": /,
    ],
    [
      'other residual scales',
      () => inceptionResNetV2({ ...small, width: 0.05, variant: 'slim', residualScale: 0.3 }),
      /^Error: timm's network has different settings for the layer "inceptionResNetA1\/add": /,
    ],
  ] as const) {
    it(`refuses ${what} with one sentence`, async () => {
      await assert.rejects(saveWeights(build(), join(folder, 'none'), { to: 'timm' }), message);
    });
  }

  it('names those for whom weights can be saved', async () => {
    await assert.rejects(
      saveWeights(thin.inceptionV4!(), join(folder, 'none'), { to: 'keras' as 'timm' }),
      /^Error: Weights cannot be saved for "keras"\. Choose one of: inception-lab, timm\.$/,
    );
  });
});
