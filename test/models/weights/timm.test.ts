import assert from 'node:assert/strict';
import { join } from 'node:path';
import { inceptionV4, loadWeights, tf } from 'inception-lab';
import { timmName } from '../../../dist/models/weights/timm/inception-v4.js';
import { writeSafetensors } from '../../../dist/models/weights/write-safetensors.js';
import { useTestBackend } from '../../support/backend.js';
import { temporaryFolder } from '../../support/folder.js';
import { hashImage, hashTensor, hashWeights } from '../../support/hash-weights.js';
import { setTimmWeights, timmInceptionV4 } from '../../support/timm-inception-v4.js';

/** The smallest with more than one place, 2 × 2, in the last feature map. */
const size = 107;
const classes = 10;

describe("timm's weights", function () {
  const folder = temporaryFolder();
  const path = join(folder, 'timm.safetensors');

  before(useTestBackend);

  it('of Inception-v4 are 747, and each is the weight of one of our layers', () => {
    const { model: timm, shapes } = timmInceptionV4({ size, classes: 1000, kernels: 'timm' });
    timm.dispose();
    const model = inceptionV4({ inputShape: [size, size, 3] });
    const suffix: Record<string, string> = {
      kernel: 'weight',
      bias: 'bias',
      gamma: 'weight',
      beta: 'bias',
      moving_mean: 'running_mean',
      moving_variance: 'running_var',
    };
    const names = model.weights.map(({ originalName }) => {
      const [, layer = '', weight = ''] = /(.+)\/(\w+)$/.exec(originalName) ?? [];
      return `${timmName(layer)}.${suffix[weight]}`;
    });
    model.dispose();
    assert.equal(names.length, 747);
    assert.deepEqual([...names].sort(), [...shapes.keys()].sort());
  });

  it("has the names and shapes that timm's own files are known to have", () => {
    const { model: timm, shapes } = timmInceptionV4({ size, classes: 1000, kernels: 'timm' });
    timm.dispose();
    assert.deepEqual(shapes.get('features.0.conv.weight'), [32, 3, 3, 3]);
    assert.deepEqual(shapes.get('features.4.branch1.1.conv.weight'), [64, 64, 1, 7]);
    assert.deepEqual(shapes.get('features.19.branch2_3a.bn.running_var'), [256]);
    assert.deepEqual(shapes.get('last_linear.weight'), [1000, 1536]);
    const parameters = [...shapes]
      .filter(([name]) => !name.includes('running'))
      .reduce((sum, [, shape]) => sum + shape.reduce((a, b) => a * b, 1), 0);
    assert.equal(parameters, 42_679_816);
  });

  it('say what no layer of timm is', () => {
    for (const layer of [
      'stem/conv4',
      'inceptionA5/branch1/conv1',
      'constructor',
      'stem/toString',
    ]) {
      assert.throws(() => timmName(layer), new RegExp(`no layer like "${layer}"`));
    }
  });

  it("give our network timm's logits, though the branches stand in another order", async () => {
    const timm = timmInceptionV4({ size, classes, kernels: 'paper' });
    await writeSafetensors(path, hashWeights(timm.shapes));
    setTimmWeights(timm, (name, shape) => hashTensor(name, shape));
    const ours = inceptionV4({ inputShape: [size, size, 3], classes });
    await loadWeights(ours, path, { from: 'timm' });

    const image = tf.tensor4d(hashImage(size * size * 3), [1, size, size, 3]);
    const logits = tf.model({ inputs: ours.inputs, outputs: ours.getLayer('head/logits').output });
    const expected = await (timm.model.predict(image) as tf.Tensor).data();
    const actual = await (logits.predict(image) as tf.Tensor).data();
    const spread = Math.max(...expected) - Math.min(...expected);
    const error = Math.max(...expected.map((value, i) => Math.abs(value - actual[i]!)));
    timm.model.dispose();
    ours.dispose();
    assert.ok(spread > 0.1, `a spread of ${spread} tells nothing`);
    assert.ok(error < 1e-4 * spread, `${error} of ${spread}`);
  });

  it('do not fit while the long kernels have the other order: 42 kernels differ', async () => {
    const timm = timmInceptionV4({ size, classes, kernels: 'timm' });
    timm.model.dispose();
    await writeSafetensors(path, hashWeights(timm.shapes));
    const ours = inceptionV4({ inputShape: [size, size, 3], classes });
    // Two in the stem, four in each of seven B, four in each of three C.
    await assert.rejects(loadWeights(ours, path, { from: 'timm' }), ({ message }: Error) => {
      assert.match(
        message,
        /"features\.4\.branch1\.1\.conv\.weight" is \[64, 64, 1, 7\], not \[64, 64, 7, 1\]/,
      );
      assert.match(message, /… and 37 more/);
      return true;
    });
    ours.dispose();
  });

  it('may come with counters of batches, and with nothing else', async () => {
    const timm = timmInceptionV4({ size, classes, kernels: 'paper' });
    timm.model.dispose();
    const ours = inceptionV4({ inputShape: [size, size, 3], classes });
    const extra = (name: string) => ({
      name,
      shape: [],
      read: () => Promise.resolve(Float32Array.of(7)),
    });
    const tensors = hashWeights(timm.shapes);
    await writeSafetensors(path, [...tensors, extra('features.0.bn.num_batches_tracked')]);
    await loadWeights(ours, path, { from: 'timm' });
    await writeSafetensors(path, [...tensors, extra('features.0.bn.running_median')]);
    await assert.rejects(
      loadWeights(ours, path, { from: 'timm' }),
      /: "features\.0\.bn\.running_median" is in the file only\. /,
    );
    ours.dispose();
  });
});
