import assert from 'node:assert/strict';
import { join } from 'node:path';
import { inceptionResNetV2, inceptionV3, inceptionV4, loadWeights, type tf } from 'inception-lab';
import { timmLayout } from '../../../dist/models/weights/timm/timm.js';
import { writeSafetensors } from '../../../dist/models/weights/write-safetensors.js';
import { useTestBackend } from '../../support/backend.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { goldenCases, goldenDifference } from '../../support/golden.js';
import { hashWeights } from '../../support/hash-weights.js';

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
    const v4 = inceptionV4({ ...small, variant: 'slim' });
    const shapes = timmShapes(v4);
    v4.dispose();
    assert.deepEqual(shapes.get('features.0.conv.weight'), [32, 3, 3, 3]);
    assert.deepEqual(shapes.get('features.4.branch1.1.conv.weight'), [64, 64, 1, 7]);
    assert.deepEqual(shapes.get('features.19.branch2_3a.bn.running_var'), [256]);
    assert.deepEqual(shapes.get('last_linear.weight'), [1000, 1536]);
    assert.equal(shapes.size, 149 * 5 + 2);

    const resNet = inceptionResNetV2({ ...small, variant: 'slim' });
    const names = timmShapes(resNet);
    resNet.dispose();
    assert.deepEqual(names.get('repeat_1.19.conv2d.weight'), [1088, 384, 1, 1]);
    assert.deepEqual(names.get('block8.branch1.1.conv.weight'), [224, 192, 1, 3]);
    assert.deepEqual(names.get('classif.bias'), [1000]);

    const v3 = inceptionV3({ inputShape: [299, 299, 3], variant: 'torchvision', auxiliary: true });
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
      assert.deepEqual(body, { left: [], unused });
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
