import assert from 'node:assert/strict';
import { join } from 'node:path';
import { inceptionV4, loadWeights, saveWeights, tf } from 'inception-lab';
import { timmLayout } from '../../../dist/models/weights/timm/timm.js';
import { writeSafetensors } from '../../../dist/models/weights/write-safetensors.js';
import { useTestBackend } from '../../support/backend.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { hashWeights } from '../../support/hash-weights.js';

/** A narrow network with this many classes, which answers in logits. */
function network(classes: number): tf.LayersModel {
  return inceptionV4({
    variant: 'slim',
    inputShape: [75, 75, 3],
    width: 0.05,
    activation: 'linear',
    classes,
  });
}

async function logits(model: tf.LayersModel): Promise<number[]> {
  const image = tf.randomUniform([1, 75, 75, 3], -1, 1, 'float32', 4);
  return Array.from(await (model.predict(image) as tf.Tensor).data());
}

describe("TF-slim's background class", function () {
  const folder = temporaryFolder();
  const path = join(folder, 'with-background.safetensors');
  before(useTestBackend);

  it('is cut from a file of ours: the other classes answer as before', async () => {
    const [slim, ours] = [network(5), network(4)];
    await saveWeights(slim, path);
    await loadWeights(ours, path, { background: 'cut' });
    assert.deepEqual(await logits(ours), (await logits(slim)).slice(1));
  });

  it("is cut from a file in timm's layout", async () => {
    const [slim, ours] = [network(5), network(4)];
    const shapes = new Map(timmLayout.locate(slim).map(({ name, shape }) => [name, shape]));
    await writeSafetensors(path, hashWeights(shapes));
    await loadWeights(slim, path, { from: 'timm' });
    await loadWeights(ours, path, { from: 'timm', background: 'cut' });
    assert.deepEqual(await logits(ours), (await logits(slim)).slice(1));
  });

  it('is kept otherwise, and a file without it loads all the same', async () => {
    const [slim, ours] = [network(5), network(4)];
    await saveWeights(slim, path);
    await assert.rejects(
      loadWeights(ours, path),
      /"head\/logits\/kernel" is \[78, 5\], not \[78, 4\]/,
    );
    await saveWeights(ours, path);
    await loadWeights(network(4), path, { background: 'cut' });
  });

  it('is cut or kept, and nothing else', async () => {
    await assert.rejects(
      loadWeights(network(4), path, { background: 'drop' as 'cut' }),
      /no background "drop"\. Choose one of: keep, cut/,
    );
  });
});
